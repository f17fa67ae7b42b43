"""The periods that rules about the roll speak of, as data. Pure.

Source: docs/rules/rolls.md; the values are `members/data/periods.toml`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import ClassVar

from members import dates
from members.tables import BadTable, Table

UNITS = ("years", "months", "working days")


class BadPeriods(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, with where it stands written and how sure we are."""

    length: int
    unit: str  # of UNITS
    source: str
    certainty: str

    def after(self, day: date) -> date:
        """Return the day on which the period that begins on `day` is over."""
        if self.unit == "years":
            return dates.months_after(day, 12 * self.length)
        if self.unit == "months":
            return dates.months_after(day, self.length)
        return dates.working_days_after(day, self.length)


@dataclass(frozen=True, slots=True)
class Periods:
    """All of them."""

    age_of_admission: Period
    probation: Period
    comment_of_the_cell_left: Period
    transfer: Period
    answer_to_a_request: Period


@cache
def periods() -> Periods:
    """Return the periods that this version ships."""
    path = resources.files("members") / "data" / "periods.toml"
    return read_periods(path.read_text(encoding="utf-8"))


def read_periods(text: str) -> Periods:
    """Return the periods that a TOML text says.

    Raises: BadPeriods naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="periods.toml")
    found = Periods(
        age_of_admission=root.part("age_of_admission", _period),
        probation=root.part("probation", _period),
        comment_of_the_cell_left=root.part("comment_of_the_cell_left", _period),
        transfer=root.part("transfer", _period),
        answer_to_a_request=root.part("answer_to_a_request", _period),
    )
    root.finish()
    return found


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadPeriods


def _period(row: Table) -> Period:
    length = row.take("length")
    if type(length) is not int or length < 1:
        row.refuse("length", "is not a whole number above 0")
    return Period(
        length=length,
        unit=row.one_of("unit", UNITS),
        source=row.text("source"),
        certainty=row.certainty(),
    )
