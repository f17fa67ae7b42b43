"""What is possible and yet looks odd about people: noted, never refused. Pure.

Dates may be known in part; only what is certain is noted. They are sortable texts,
so that comparing as far as both go compares what is known of both.
"""

from collections.abc import Sequence
from typing import Protocol

from members.workbook.findings import Matter
from members.workbook.layout import PersonField
from members.workbook.tables import Table

AGE_OF_ADMISSION = 18


class PeopleColumns(Protocol):
    """What is known of people, as equally long columns."""

    full_name: list[str]
    born_on: list[str]
    admitted_on: list[str]
    official_on: list[str]


def note_odd_people(table: Table, people: PeopleColumns) -> None:
    """Note odd dates, and people who stand in the list twice under two codes."""
    _note_admissions(table, people)
    _note_official(table, people)
    _note_twins(table, people.full_name, people.born_on)


def is_before(one: str, other: str) -> bool:
    """Tell whether a date is certainly before another; "" is no date."""
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def _note_admissions(table: Table, people: PeopleColumns) -> None:
    dates = zip(people.born_on, people.admitted_on, strict=True)
    for at, (born_on, admitted_on) in enumerate(dates):
        if is_before(admitted_on, born_on):
            table.note(at, PersonField.ADMITTED_ON, Matter.ADMITTED_BEFORE_BIRTH)
        elif born_on and is_before(admitted_on, _years_later(born_on)):
            table.note(
                at,
                PersonField.ADMITTED_ON,
                Matter.ADMITTED_TOO_YOUNG,
                age=AGE_OF_ADMISSION,
            )


def _note_official(table: Table, people: PeopleColumns) -> None:
    dates = zip(people.admitted_on, people.official_on, strict=True)
    for at, (admitted_on, official_on) in enumerate(dates):
        if is_before(official_on, admitted_on):
            table.note(at, PersonField.OFFICIAL_ON, Matter.OFFICIAL_BEFORE_ADMISSION)


def _note_twins(table: Table, full_names: Sequence[str], births: Sequence[str]) -> None:
    """Note a name and a full date of birth that stand there already."""
    first_of: dict[tuple[str, str], int] = {}
    for at, (name, born_on) in enumerate(zip(full_names, births, strict=True)):
        if len(born_on) < len("1960-05-17"):
            continue
        first = first_of.setdefault((name.casefold(), born_on), at)
        if first != at:
            table.note(at, PersonField.NAME, Matter.TWIN, row=table.rows[first])


def _years_later(born_on: str) -> str:
    return f"{int(born_on[:4]) + AGE_OF_ADMISSION}{born_on[4:]}"
