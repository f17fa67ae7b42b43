"""Reading a table of a rule set: each value is checked, each refusal says where. Pure.

A `Table` remembers which keys were read; `part` and `rows` refuse what is left
over, so that a misspelt key is never silently ignored.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NoReturn, TypeVar

from campaigns.rulesets.terms import CERTAINTIES, Origin, Sourced
from members.names import UnfitText, clean_text
from members.vocabulary import Label

T = TypeVar("T")


class BadRuleSet(Exception):
    """A rule set says something that cannot be, or fails to say something."""

    def __init__(self, file: str, key: str, why: str) -> None:
        super().__init__(file, key, why)
        self.file = file
        self.key = key
        self.why = why

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.why}"


class Table:
    """One table with its place in the file."""

    def __init__(
        self, values: object, *, file: str, key: str, sources: Mapping[str, Label]
    ) -> None:
        if not isinstance(values, dict):
            raise BadRuleSet(file, key, "is not a table")
        self._values = values
        self._unread = dict.fromkeys(values)
        self._file = file
        self._key = key
        self.sources = sources

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def take(self, name: str) -> object:
        """Return the raw value, which then counts as read.

        Raises: BadRuleSet where there is none.
        """
        if name not in self._values:
            self.refuse(name, "is missing")
        self._unread.pop(name, None)
        return self._values[name]

    def refuse(self, name: str, why: str) -> NoReturn:
        """Raise BadRuleSet for the key `name` of this table."""
        raise BadRuleSet(self._file, self._below(name), why)

    def below(self, name: str, values: object) -> "Table":
        """Return these values, which stand under `name`, as a table of their own."""
        return Table(
            values, file=self._file, key=self._below(name), sources=self.sources
        )

    def finish(self) -> None:
        """Refuse the first key that nobody read."""
        for name in self._unread:
            self.refuse(name, "is no known key")

    def _below(self, name: str) -> str:
        return f"{self._key}.{name}" if self._key else name


Reader = Callable[[Table, str], T]


def part(table: Table, name: str, build: Callable[[Table], T]) -> T:
    """Return what `build` makes of the table under `name`, which it must read whole."""
    inner = table.below(name, table.take(name))
    built = build(inner)
    inner.finish()
    return built


def rows(table: Table, name: str, build: Callable[[Table], T]) -> tuple[T, ...]:
    """Return what `build` makes of each table in a list; no key means no rows."""
    if name not in table:
        return ()
    found = []
    for at, values in enumerate(_list(table, name)):
        row = table.below(f"{name}[{at}]", values)
        found.append(build(row))
        row.finish()
    return tuple(found)


def maybe(table: Table, name: str, read: Reader[T]) -> T | None:
    """Return what `read` makes of the key, None where it is absent."""
    return read(table, name) if name in table else None


def sourced(table: Table, name: str, read: Reader[T]) -> Sourced[T]:
    """Return a value that stands in a table of its own, with its own origin."""
    return part(
        table, name, lambda own: Sourced(value=read(own, "value"), origin=origin(own))
    )


def origin(table: Table) -> Origin:
    """Return where the plain values of this table come from."""
    source = one_of(table.sources)(table, "source")
    return Origin(
        source=table.sources[source],
        certainty=one_of(CERTAINTIES)(table, "certainty"),
        overlay="overlay" in table and flag(table, "overlay"),
    )


def text(table: Table, name: str) -> str:
    """Return a text that says something."""
    return _checked(table, name, table.take(name))


def texts(table: Table, name: str) -> tuple[str, ...]:
    """Return a list of texts; no key means none."""
    if name not in table:
        return ()
    return tuple(
        _checked(table, f"{name}[{at}]", found)
        for at, found in enumerate(_list(table, name))
    )


def label(table: Table, name: str) -> Label:
    """Return a text in both languages."""
    return part(table, name, lambda own: Label(vi=text(own, "vi"), en=text(own, "en")))


def one_of(allowed: Collection[str]) -> Reader[str]:
    """Return a reader of one of these codes."""

    def read(table: Table, name: str) -> str:
        found = text(table, name)
        if found not in allowed:
            table.refuse(name, f'"{found}" is none of {", ".join(allowed)}')
        return found

    return read


def some_of(allowed: Collection[str]) -> Reader[tuple[str, ...]]:
    """Return a reader of a list of one or more of these codes, each once."""

    def read(table: Table, name: str) -> tuple[str, ...]:
        found = texts(table, name)
        if not found:
            table.refuse(name, "is empty" if name in table else "is missing")
        for at, code in enumerate(found):
            if code not in allowed:
                table.refuse(
                    f"{name}[{at}]", f'"{code}" is none of {", ".join(allowed)}'
                )
            if code in found[:at]:
                table.refuse(f"{name}[{at}]", f'"{code}" stands there twice')
        return found

    return read


def flag(table: Table, name: str) -> bool:
    """Return true or false."""
    found = table.take(name)
    if not isinstance(found, bool):
        table.refuse(name, "is neither true nor false")
    return found


def whole(table: Table, name: str) -> int:
    """Return a whole number of 1 or more."""
    found = table.take(name)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        table.refuse(name, "is not a whole number of 1 or more")
    return found


def number(table: Table, name: str) -> Decimal:
    """Return a number of 0 or more; in JSON one with a fraction is a text."""
    found = table.take(name)
    if isinstance(found, bool) or not isinstance(found, int | str):
        table.refuse(name, "is not a number")
    if not re.fullmatch(r"\d+(\.\d+)?", str(found)):
        table.refuse(name, "is not a number of 0 or more")
    return Decimal(found)


def percent(table: Table, name: str) -> Decimal:
    """Return a number from 0 to 100."""
    found = number(table, name)
    if found > 100:
        table.refuse(name, "is more than 100 percent")
    return found


def share(table: Table, name: str) -> Fraction:
    """Return a fraction such as "2/3", more than 0 and at most 1."""
    found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", text(table, name))
    if found is None or int(found[1]) > int(found[2]):
        table.refuse(name, 'is not a fraction of a whole, such as "2/3"')
    return Fraction(int(found[1]), int(found[2]))


def day(table: Table, name: str) -> date:
    """Return a date."""
    try:
        return date.fromisoformat(text(table, name))
    except ValueError:
        table.refuse(name, "is not a date")


def unique(table: Table, name: str, codes: Iterable[str], *, key: str = "code") -> None:
    """Refuse the first row of which the code was there before."""
    seen: set[str] = set()
    for at, code in enumerate(codes):
        if code in seen:
            table.refuse(f"{name}[{at}].{key}", f'"{code}" stands there twice')
        seen.add(code)


def _checked(table: Table, name: str, found: object) -> str:
    if not isinstance(found, str) or not found.strip():
        table.refuse(name, "is not a text")
    try:
        clean = clean_text(found)
    except UnfitText as unfit:
        table.refuse(name, f"holds {unfit.name}")
    if not unicodedata.is_normalized("NFC", found):
        table.refuse(name, "is not in Unicode form NFC")
    if found != clean:
        table.refuse(name, "has blanks too many")
    return found


def _list(table: Table, name: str) -> list[object]:
    found = table.take(name)
    if not isinstance(found, list):
        table.refuse(name, "is not a list")
    return found
