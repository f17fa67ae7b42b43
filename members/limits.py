"""Limits of reading about many people, and of what is noted of refusals. Pure.

Source: docs/rules/accounts.md § 7 and § 9; the values are `members/data/limits.toml`.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import ClassVar

from members.tables import BadTable, Table

MOST = 1_000_000  # a number beyond it is a slip of the hand


class BadLimits(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many people may be read about before it is asked, told or refused."""

    asked_again_above: int  # people in one workbook
    people_a_day: int  # in all workbooks of one account
    people_opened: int  # in `opened_within`, by one account
    opened_within: timedelta
    attempts_noted: int  # that were refused in `noted_within`, of one account
    noted_within: timedelta


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
    people_opened, opened_minutes = root.part("opening", _opening)
    attempts_noted, noted_minutes = root.part("refused", _refused)
    root.finish()
    return Limits(
        asked_again_above=asked_again_above,
        people_a_day=people_a_day,
        people_opened=people_opened,
        opened_within=timedelta(minutes=opened_minutes),
        attempts_noted=attempts_noted,
        noted_within=timedelta(minutes=noted_minutes),
    )


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadLimits

    def count(self, name: str) -> int:
        value = self.take(name)
        if type(value) is not int or not 1 <= value <= MOST:
            self.refuse(name, f"is not a whole number from 1 to {MOST}")
        return value


def _export(row: _Table) -> tuple[int, int]:
    row.certainty()
    return row.count("asked_again_above"), row.count("people_a_day")


def _opening(row: _Table) -> tuple[int, int]:
    row.certainty()
    return row.count("people"), row.count("minutes")


def _refused(row: _Table) -> tuple[int, int]:
    row.certainty()
    return row.count("attempts"), row.count("minutes")
