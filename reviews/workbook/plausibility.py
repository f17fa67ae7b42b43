"""What is possible and yet looks odd about people: noted, never refused. Pure.

Dates may be known in part; only what is certain is noted. They are sortable texts,
so that comparing as far as both go compares what is known of both.
"""

from campaigns.contents import PeopleTable
from reviews.workbook.findings import Matter
from reviews.workbook.layout import Field
from reviews.workbook.tables import Table

AGE_OF_ADMISSION = 18


def note_odd_people(table: Table, people: PeopleTable, *, year: int) -> None:
    """Note odd dates, and people who stand in the list twice under two codes."""
    _note_admissions(table, people, year=year)
    _note_official(table, people)
    _note_twins(table, people)


def _note_admissions(table: Table, people: PeopleTable, *, year: int) -> None:
    last_day = f"{year}-12-31"
    dates = zip(people.born_on, people.admitted_on, strict=True)
    for at, (born_on, admitted_on) in enumerate(dates):
        if not admitted_on:
            continue
        if _is_before(last_day, admitted_on):
            table.note(at, Field.ADMITTED_ON, Matter.ADMITTED_AFTER_YEAR, year=year)
        if _is_before(admitted_on, born_on):
            table.note(at, Field.ADMITTED_ON, Matter.ADMITTED_BEFORE_BIRTH)
        elif born_on and _is_before(admitted_on, _years_later(born_on)):
            table.note(
                at, Field.ADMITTED_ON, Matter.ADMITTED_TOO_YOUNG, age=AGE_OF_ADMISSION
            )


def _note_official(table: Table, people: PeopleTable) -> None:
    dates = zip(people.admitted_on, people.official_on, strict=True)
    for at, (admitted_on, official_on) in enumerate(dates):
        if _is_before(official_on, admitted_on):
            table.note(at, Field.OFFICIAL_ON, Matter.OFFICIAL_BEFORE_ADMISSION)


def _note_twins(table: Table, people: PeopleTable) -> None:
    """Note a name and a full date of birth that stand there already."""
    first_of: dict[tuple[str, str], int] = {}
    people_born = zip(people.full_name, people.born_on, strict=True)
    for at, (name, born_on) in enumerate(people_born):
        if len(born_on) < len("1960-05-17"):
            continue
        first = first_of.setdefault((name.casefold(), born_on), at)
        if first != at:
            table.note(at, Field.NAME, Matter.TWIN, row=table.rows[first])


def _is_before(one: str, other: str) -> bool:
    """Tell whether a date is certainly before another; "" is no date."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _years_later(born_on: str) -> str:
    return f"{int(born_on[:4]) + AGE_OF_ADMISSION}{born_on[4:]}"
