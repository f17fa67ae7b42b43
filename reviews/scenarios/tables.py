"""Reading a table of a scenario: each value is checked, each refusal says where. Pure.

A `Table` remembers which keys were read, so that a misspelt key is never silently
ignored.
"""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import NoReturn, TypeVar

from campaigns.rulesets import Label

T = TypeVar("T")


class BadScenario(Exception):
    """A scenario says something that cannot be, or fails to say something."""

    def __init__(self, file: str, key: str, why: str) -> None:
        super().__init__(file, key, why)
        self.file = file
        self.key = key
        self.why = why

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.why}"


class Table:
    """One table with its place in the file."""

    def __init__(self, values: object, *, file: str, key: str = "") -> None:
        if not isinstance(values, dict):
            raise BadScenario(file, key, "is not a table")
        self._values: Mapping[str, object] = values
        self._unread = dict.fromkeys(values)
        self._file = file
        self._key = key

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def take(self, name: str) -> object:
        """Return the raw value, which then counts as read."""
        if name not in self._values:
            self.refuse(name, "is missing")
        self._unread.pop(name, None)
        return self._values[name]

    def refuse(self, name: str, why: str) -> NoReturn:
        """Raise BadScenario for the key `name` of this table."""
        raise BadScenario(self._file, self._below(name), why)

    def finish(self) -> None:
        """Refuse the first key that nobody read."""
        for name in self._unread:
            self.refuse(name, "is no known key")

    def text(self, name: str) -> str:
        """Return a text in composed form without blanks at its ends."""
        return self._fit_text(name, self.take(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of different texts, () where the key is left out."""
        if name not in self:
            return ()
        values = self.take(name)
        if not isinstance(values, list):
            self.refuse(name, "is not a list")
        found = tuple(
            self._fit_text(f"{name}.{at}", value) for at, value in enumerate(values)
        )
        for at, text in enumerate(found):
            if text in found[:at]:
                self.refuse(f"{name}.{at}", f"{text} stands there twice")
        return found

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        """Return a text that is one of these."""
        text = self.text(name)
        if text not in allowed:
            self.refuse(name, f"{text!r} is none of {', '.join(allowed)}")
        return text

    def number(self, name: str, *, least: int = 0, most: int = 10_000_000) -> int:
        """Return a whole number between two others."""
        value = self.take(name)
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(name, "is not a whole number")
        if not least <= value <= most:
            self.refuse(name, f"is not between {least} and {most}")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.take(name)
        if not isinstance(value, bool):
            self.refuse(name, "is neither true nor false")
        return value

    def day(self, name: str) -> date:
        """Return a date without a time."""
        value = self.take(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(name, "is not a date")
        return value

    def label(self, name: str) -> Label:
        """Return a text in both languages."""
        return self.part(name, _label)

    def counts(self, name: str, allowed: Collection[str]) -> Mapping[str, int]:
        """Return whole numbers by code, {} where the key is left out."""
        if name not in self:
            return {}
        values = self.take(name)
        below = Table(values, file=self._file, key=self._below(name))
        counts = {code: below.number(code) for code in allowed if code in below}
        below.finish()
        return counts

    def part(self, name: str, read: Callable[["Table"], T]) -> T:
        """Return what `read` makes of the table under `name`."""
        return self._read(name, self.take(name), read)

    def rows(self, name: str, read: Callable[["Table"], T]) -> tuple[T, ...]:
        """Return what `read` makes of each table of a list, () where left out."""
        if name not in self:
            return ()
        values = self.take(name)
        if not isinstance(values, list):
            self.refuse(name, "is not a list")
        return tuple(
            self._read(f"{name}.{at}", value, read) for at, value in enumerate(values)
        )

    def _read(self, name: str, values: object, read: Callable[["Table"], T]) -> T:
        below = Table(values, file=self._file, key=self._below(name))
        made = read(below)
        below.finish()
        return made

    def _fit_text(self, name: str, value: object) -> str:
        if not isinstance(value, str):
            self.refuse(name, "is not a text")
        if not value:
            self.refuse(name, "is empty")
        if value != unicodedata.normalize("NFC", value) or value != value.strip():
            self.refuse(name, "is not composed (NFC) or has blanks at its ends")
        return value

    def _below(self, name: str) -> str:
        return f"{self._key}.{name}" if self._key else name


def _label(table: Table) -> Label:
    return Label(vi=table.text("vi"), en=table.text("en"))
