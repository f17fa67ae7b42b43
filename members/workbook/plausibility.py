"""What cannot be about the days of people, and what is possible and yet looks odd. Pure.

Dates may be known in part; only what is certain is noted.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from members.dates import is_before
from members.names import confusable_key
from members.periods import periods
from members.workbook.findings import Matter
from members.workbook.layout import PersonField
from members.workbook.tables import Table


class PeopleColumns(Protocol):
    """What is known of people, as equally long columns."""

    full_name: list[str]
    born_on: list[str]
    admitted_on: list[str]
    official_on: list[str]


def impossible_days(people: PeopleColumns) -> Iterator[tuple[int, PersonField, Matter]]:
    """Give each day that is certainly before one that it has to follow: row, column, matter.

    Source: docs/rules/rolls.md § 1.
    """
    columns = (people.born_on, people.admitted_on, people.official_on)
    for at, (born_on, admitted_on, official_on) in enumerate(
        zip(*columns, strict=True)
    ):
        if is_before(admitted_on, born_on):
            yield at, PersonField.ADMITTED_ON, Matter.ADMITTED_BEFORE_BIRTH
        if is_before(official_on, admitted_on):
            yield at, PersonField.OFFICIAL_ON, Matter.OFFICIAL_BEFORE_ADMISSION


def note_odd_people(table: Table, people: PeopleColumns) -> None:
    """Note who was admitted too young, and who stands in the list under two codes."""
    _note_too_young(table, people)
    _note_twins(table, people.full_name, people.born_on)


def is_too_young(born_on: str, admitted_on: str) -> bool:
    """Tell whether somebody was certainly admitted under age, and not before birth.

    The age is `age_of_admission` of members/data/periods.toml, in years.
    """
    if not born_on or is_before(admitted_on, born_on):
        return False
    return is_before(admitted_on, _years_later(born_on))


def _note_too_young(table: Table, people: PeopleColumns) -> None:
    dates = zip(people.born_on, people.admitted_on, strict=True)
    for at, (born_on, admitted_on) in enumerate(dates):
        if is_too_young(born_on, admitted_on):
            table.note(
                at,
                PersonField.ADMITTED_ON,
                Matter.ADMITTED_TOO_YOUNG,
                age=periods().age_of_admission.length,
            )


def _note_twins(table: Table, full_names: Sequence[str], births: Sequence[str]) -> None:
    """Note a name that looks like one above, with the same full date of birth."""
    first_of: dict[tuple[str, str], int] = {}
    for at, (name, born_on) in enumerate(zip(full_names, births, strict=True)):
        if len(born_on) < len("1960-05-17"):
            continue
        first = first_of.setdefault((confusable_key(name), born_on), at)
        if first != at:
            table.note(at, PersonField.NAME, Matter.TWIN, row=table.rows[first])


def _years_later(born_on: str) -> str:
    return f"{int(born_on[:4]) + periods().age_of_admission.length}{born_on[4:]}"
