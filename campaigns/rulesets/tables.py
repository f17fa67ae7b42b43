"""Reading a table of a rule set: what only rule sets hold. Pure."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Self, TypeVar

from campaigns.rulesets.terms import Origin, Sourced
from members import tables
from members.vocabulary import Label

T = TypeVar("T")

MOST = 10_000  # a number beyond it is a slip of the hand


class BadRuleSet(tables.BadTable):
    """A rule set says something that cannot be, or fails to say something."""


class Table(tables.Table):
    """One table of a rule set, which knows the sources that the file names."""

    refusal = BadRuleSet
    sources: Mapping[str, Label] = MappingProxyType({})

    def below(self, name: str, values: object) -> Self:
        """Return these values, which stand under `name`, as a table of their own."""
        inner = super().below(name, values)
        inner.sources = self.sources
        return inner

    def sourced(self, name: str, read: Callable[[Self, str], T]) -> Sourced[T]:
        """Return a value that stands in a table of its own, with its own origin."""
        return self.part(
            name, lambda own: Sourced(value=read(own, "value"), origin=own.origin())
        )

    def origin(self) -> Origin:
        """Return where the plain values of this table come from."""
        return Origin(
            source=self.sources[self.one_of("source", self.sources)],
            certainty=self.certainty(),
            overlay="overlay" in self and self.flag("overlay"),
        )

    def some_of(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Return a list of one or more of these codes, each once."""
        found = self.texts(name)
        if not found:
            self.refuse(name, "is empty" if name in self else "is missing")
        for at, code in enumerate(found):
            if code not in allowed:
                self.refuse_choice(f"{name}[{at}]", code, allowed)
            if code in found[:at]:
                self.refuse(f"{name}[{at}]", f'"{code}" stands there twice')
        return found

    def whole(self, name: str) -> int:
        """Return a whole number from 1 to MOST: of days, months, years, rounds."""
        found = self.take(name)
        if type(found) is not int or not 1 <= found <= MOST:
            self.refuse(name, f"is not a whole number from 1 to {MOST}")
        return found

    def number(self, name: str) -> Decimal:
        """Return a number of 0 or more; in JSON one with a fraction is a text."""
        found = self.take(name)
        if isinstance(found, bool) or not isinstance(found, int | str):
            self.refuse(name, "is not a number")
        if not re.fullmatch(r"\d+(\.\d+)?", str(found)):
            self.refuse(name, "is not a number of 0 or more")
        return Decimal(found)

    def percent(self, name: str) -> Decimal:
        """Return a number from 0 to 100."""
        found = self.number(name)
        if found > 100:
            self.refuse(name, "is more than 100 percent")
        return found

    def share(self, name: str) -> Fraction:
        """Return a fraction such as "2/3", more than 0 and at most 1."""
        found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", self.text(name))
        if found is None or int(found[1]) > int(found[2]):
            self.refuse(name, 'is not a fraction of a whole, such as "2/3"')
        return Fraction(int(found[1]), int(found[2]))

    def day(self, name: str) -> date:
        """Return a date, which in JSON is a text."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            self.refuse(name, "is not a date")

    def unique(self, name: str, codes: Iterable[str], *, key: str = "code") -> None:
        """Refuse the first row of which the code was there before."""
        seen: set[str] = set()
        for at, code in enumerate(codes):
            if code in seen:
                self.refuse(f"{name}[{at}].{key}", f'"{code}" stands there twice')
            seen.add(code)


def one_of(allowed: Collection[str]) -> Callable[[Table, str], str]:
    """Return a reader of one of these codes, for `maybe` and `sourced`."""
    return partial(Table.one_of, allowed=allowed)
