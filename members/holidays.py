"""Working days: Monday to Friday, but for public holidays, which are data. Pure.

Source: docs/rules/reminders.md § 3; the values are `members/data/holidays.toml`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import ClassVar

from members.tables import BadTable, Label, Table

DAY = timedelta(days=1)
SATURDAY = 5


class BadHolidays(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off, with where it stands written and how sure we are."""

    name: Label
    source: str
    certainty: str
    # Of each year from one on, or once from a day to another.
    every: tuple[int, int] | None = None
    from_year: int = 0
    from_on: date = date.max
    until_on: date = date.min

    def days_of(self, year: int) -> Iterator[date]:
        """Yield its days in a year."""
        if self.every:
            if year >= self.from_year:
                yield date(year, *self.every)
            return
        for number in range((self.until_on - self.from_on).days + 1):
            if (day := self.from_on + number * DAY).year == year:
                yield day


@dataclass(frozen=True, eq=False)
class Holidays:
    """All days off; the weekend apart."""

    all: tuple[Holiday, ...]

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return day.weekday() < SATURDAY and day not in _days_off(self, day.year)

    def at_or_before(self, day: date) -> date:
        """Return the day, or the last working day before it."""
        while not self.is_working_day(day):
            day -= DAY
        return day

    def at_or_after(self, day: date) -> date:
        """Return the day, or the first working day after it."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def before(self, day: date, count: int) -> date:
        """Return the working day that lies so many working days before a day."""
        for _ in range(count):
            day = self.at_or_before(day - DAY)
        return day


@cache
def _days_off(holidays: Holidays, year: int) -> frozenset[date]:
    """Return the days off of a year, those in place of weekends among them.

    Days of December may be made up in January, so the year before is worked out too.
    """
    off = {day for at in (year - 1, year) for day in _of(holidays.all, at)}
    made_up = set[date]()
    for day in sorted(off):
        if day.weekday() >= SATURDAY:
            instead = day + DAY
            while instead.weekday() >= SATURDAY or instead in off | made_up:
                instead += DAY
            made_up.add(instead)
    return frozenset(day for day in off | made_up if day.year == year)


def _of(holidays: Iterable[Holiday], year: int) -> Iterator[date]:
    for holiday in holidays:
        yield from holiday.days_of(year)


@cache
def holidays(path: str = "") -> Holidays:
    """Return the holidays of a site's own file, else those that this version ships.

    Raises: BadHolidays naming the first key that is missing, wrong or too much.
    """
    if path:
        return read_holidays(Path(path).read_text(encoding="utf-8"), file=path)
    shipped = resources.files("members") / "data" / "holidays.toml"
    return read_holidays(shipped.read_text(encoding="utf-8"))


def read_holidays(text: str, *, file: str = "holidays.toml") -> Holidays:
    """Return the holidays that a TOML text says.

    Raises: BadHolidays, as `holidays`.
    """
    root = _Table.of_file(text, file=file)
    found = root.rows("yearly", _yearly) + root.rows("dated", _dated)
    root.finish()
    return Holidays(found)


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadHolidays

    def number(self, name: str) -> int:
        value = self.take(name)
        if type(value) is not int:
            self.refuse(name, "is not a whole number")
        return value


def _yearly(row: _Table) -> Holiday:
    month, day = row.number("month"), row.number("day")
    try:
        date(2023, month, day)  # a year without 29 February, which comes not each year
    except (ValueError, OverflowError):
        row.refuse("day", "is no day of every year")
    return Holiday(
        name=row.label("name"),
        source=row.text("source"),
        certainty=row.certainty(),
        every=(month, day),
        from_year=row.maybe("from_year", _Table.number) or 0,
    )


def _dated(row: _Table) -> Holiday:
    from_on, until_on = row.day("from_on"), row.day("until_on")
    if until_on < from_on:
        row.refuse("until_on", "is before from_on")
    return Holiday(
        name=row.label("name"),
        source=row.text("source"),
        certainty=row.certainty(),
        from_on=from_on,
        until_on=until_on,
    )
