"""Tables of a data file: each value is checked, each refusal says where. Pure.

A `Table` remembers which keys were read; `part` and `rows` refuse what is left
over, so that a misspelt key is never silently ignored. Each kind of file has a
subclass with its refusal and the values that only it holds.
"""

import tomllib
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NoReturn, Protocol, Self, TypeVar

from members.names import UnfitText, clean_text

# How sure a value is: read in a published source, read second hand, general knowledge,
# unknown (docs/rules/classification.md § 1.2).
CERTAINTIES = ("S", "S2", "R", "U")

T = TypeVar("T")


class HasCode(Protocol):
    """An entry of a list that is found by its code."""

    @property
    def code(self) -> str:
        """What it is found by."""


Coded = TypeVar("Coded", bound=HasCode)


class BadTable(Exception):
    """A file says something that cannot be, or fails to say something."""

    def __init__(self, file: str, key: str, why: str) -> None:
        super().__init__(file, key, why)
        self.file = file
        self.key = key
        self.why = why

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.why}"


@dataclass(frozen=True, slots=True)
class Label:
    """One text in both languages."""

    vi: str
    en: str

    def text(self, language: str) -> str:
        """Return the English text for "en" and its variants, else the Vietnamese."""
        return self.en if language.startswith("en") else self.vi


class Table:
    """One table with its place in the file."""

    refusal: ClassVar[type[BadTable]] = BadTable

    def __init__(self, values: object, *, file: str, key: str = "") -> None:
        if not isinstance(values, dict):
            raise self.refusal(file, key, "is not a table")
        self._values = values
        self._unread = dict.fromkeys(values)
        self._file = file
        self._key = key

    @classmethod
    def of_file(cls, text: str, *, file: str) -> Self:
        """Return the table that is a whole file.

        Raises: the refusal where the text is not TOML.
        """
        try:
            return cls(tomllib.loads(text), file=file)
        except tomllib.TOMLDecodeError as fault:
            raise cls.refusal(file, "file", f"is not TOML: {fault}") from fault

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def take(self, name: str) -> object:
        """Return the raw value, which then counts as read.

        Raises: the refusal where there is none.
        """
        if name not in self._values:
            self.refuse(name, "is missing")
        self._unread.pop(name, None)
        return self._values[name]

    def refuse(self, name: str, why: str) -> NoReturn:
        """Raise the refusal for the key `name` of this table."""
        raise self.refusal(self._file, self._key_of(name), why)

    def finish(self) -> None:
        """Refuse the first key that nobody read."""
        for name in self._unread:
            self.refuse(name, "is no known key")

    def below(self, name: str, values: object) -> Self:
        """Return these values, which stand under `name`, as a table of their own."""
        return type(self)(values, file=self._file, key=self._key_of(name))

    def place(self, name: str, at: int, value: object) -> str:
        """Return how refusals call a value of a list, counted from 0."""
        return f"{name}[{at}]"

    def part(self, name: str, read: Callable[[Self], T]) -> T:
        """Return what `read` makes of the table under `name`, all of which it reads."""
        return self._read(name, self.take(name), read)

    def rows(self, name: str, read: Callable[[Self], T]) -> tuple[T, ...]:
        """Return what `read` makes of each table in a list; no key means no rows."""
        return tuple(self._read(place, row, read) for place, row in self._list(name))

    def by_code(self, name: str, read: Callable[[Self], Coded]) -> dict[str, Coded]:
        """Return the rows of a list that has to be there, by their codes."""
        self.take(name)  # refuses a list left out, which `rows` takes for an empty one
        entries = self.rows(name, read)
        found = {each.code: each for each in entries}
        if len(found) != len(entries):
            self.refuse(name, "names a code twice")
        return found

    def certainty(self) -> str:
        """Return how sure the values of this table are."""
        return self.one_of("certainty", CERTAINTIES)

    def maybe(self, name: str, read: Callable[[Self, str], T]) -> T | None:
        """Return what `read` makes of the key, None where it is absent."""
        return read(self, name) if name in self else None

    def text(self, name: str) -> str:
        """Return a text that says something, in the form in which it is kept."""
        return self._checked(name, self.take(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; no key means none."""
        return tuple(self._checked(place, found) for place, found in self._list(name))

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        """Return one of these texts."""
        found = self.text(name)
        if found not in allowed:
            self.refuse_choice(name, found, allowed)
        return found

    def refuse_choice(
        self, name: str, found: str, allowed: Collection[str]
    ) -> NoReturn:
        """Raise the refusal for a text that is none of those allowed."""
        listed = ", ".join(allowed)
        self.refuse(name, f'"{found}" is none of {listed}')

    def flag(self, name: str) -> bool:
        """Return true or false."""
        found = self.take(name)
        if not isinstance(found, bool):
            self.refuse(name, "is neither true nor false")
        return found

    def day(self, name: str) -> date:
        """Return a date without a time of day."""
        found = self.take(name)
        # Not `isinstance`: to Python a day with a time of day is a day, too.
        if type(found) is not date:
            self.refuse(name, "is not a date")
        return found

    def label(self, name: str) -> Label:
        """Return a text in both languages."""
        return self.part(name, lambda own: Label(vi=own.text("vi"), en=own.text("en")))

    def labels(self, name: str) -> dict[str, Label]:
        """Return the texts of a table of labels, by their keys."""
        return self.part(name, lambda own: {key: own.label(key) for key in own._values})

    def _read(self, name: str, values: object, read: Callable[[Self], T]) -> T:
        inner = self.below(name, values)
        made = read(inner)
        inner.finish()
        return made

    def _list(self, name: str) -> list[tuple[str, object]]:
        found = self.take(name) if name in self else []
        if not isinstance(found, list):
            self.refuse(name, "is not a list")
        return [(self.place(name, at, value), value) for at, value in enumerate(found)]

    def _checked(self, name: str, found: object) -> str:
        if not isinstance(found, str) or found.isspace():
            self.refuse(name, "is not a text")
        if not found:
            self.refuse(name, "is empty")
        try:
            clean = clean_text(found)
        except UnfitText as unfit:
            self.refuse(name, f"holds {unfit.name}")
        if not unicodedata.is_normalized("NFC", found):
            self.refuse(name, "is not in Unicode form NFC")
        if found != clean:
            self.refuse(name, "has blanks too many")
        return found

    def _key_of(self, name: str) -> str:
        return f"{self._key}.{name}" if self._key else name
