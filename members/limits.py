"""Limits of reading about many people, as data. Pure.

Source: docs/rules/accounts.md § 7; the values are `members/data/limits.toml`.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import ClassVar

from members.tables import BadTable, Table


class BadLimits(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many people may be read about before it is asked, told or refused."""

    asked_again_above: int  # people in one workbook
    people_a_day: int  # in all workbooks of one account
    people_opened: int  # in `opened_within`, by one account
    opened_within: timedelta


@cache
def limits() -> Limits:
    """Return the limits that this version ships."""
    path = resources.files("members") / "data" / "limits.toml"
    return read_limits(path.read_text(encoding="utf-8"))


def read_limits(text: str) -> Limits:
    """Return the limits that a TOML text says.

    Raises: BadLimits naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="limits.toml")
    asked_again_above, people_a_day = root.part("export", _export)
    people_opened, minutes = root.part("opening", _opening)
    root.finish()
    return Limits(
        asked_again_above=asked_again_above,
        people_a_day=people_a_day,
        people_opened=people_opened,
        opened_within=timedelta(minutes=minutes),
    )


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadLimits

    def count(self, name: str) -> int:
        value = self.take(name)
        if type(value) is not int or value < 1:
            self.refuse(name, "is not a whole number above 0")
        return value


def _export(row: _Table) -> tuple[int, int]:
    row.certainty()
    return row.count("asked_again_above"), row.count("people_a_day")


def _opening(row: _Table) -> tuple[int, int]:
    row.certainty()
    return row.count("people"), row.count("minutes")
