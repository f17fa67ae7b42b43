"""Terms that are valid in time, and how a text finds its term. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from members.names import fold
from members.tables import Label

# Marks about which people put blanks or not: "100 %", "≥ 50%", "chính trị - xã hội".
_LOOSE_MARKS = re.compile(r" ?([-%≥<]) ?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of a list: a code that never changes and the words for it.

    Shape: valid from the first to the last day, both included; None is open.
        `advice` says what to write instead on a day when the term is not valid.
    """

    code: str
    label: Label
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    advice: Label | None
    source: Label
    certainty: str

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the term may be used for a campaign of that day."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return every text that means this term."""
        return (self.code, self.label.vi, self.label.en, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """How a unit's committee is called in documents, which stay Vietnamese.

    `unit` begins the unit's name, and `name` the committee's in its place; `body` is
    on whose behalf a document is signed.
    """

    unit: str
    name: str
    symbol: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitKind(Term):
    """A kind of party body; `tier` is where its committee stands in the policy."""

    short: Label
    tier: str
    committees: tuple[Committee, ...]  # one at least
    holds_members: bool
    is_cell: bool
    is_grassroots: bool

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return every text that means this kind."""
        short = (self.short.vi, self.short.en)
        return (self.code, self.label.vi, self.label.en, *short, *self.aliases)

    def committee_of(self, unit: str) -> Committee:
        """Return the committee of a unit of this name, which `name` has in full."""
        for each in self.committees:
            start, rest = unit[: len(each.unit)], unit[len(each.unit) :]
            if fold(start) == fold(each.unit) and rest[:1] in ("", " "):
                return replace(each, name=each.name + rest)
        return replace(self.committees[-1], name=unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector(Term):
    """A column of the statistics table; `column` is "" where the table lacks it."""

    column: str


AnyTerm = TypeVar("AnyTerm", bound=Term)


class UnknownTerm(ValueError):
    """No term of the list is written like this."""

    def __init__(self, text: str) -> None:
        super().__init__(f"unknown term: {text!r}")
        self.text = text


class TermNotValid(ValueError):
    """The term exists, but not on this day; `advice` says what to write instead."""

    def __init__(self, term: Term, on: date) -> None:
        super().__init__(f"{term.code} is not valid on {on}")
        self.term = term
        self.on = on

    @property
    def advice(self) -> Label | None:
        """What to write instead, where the list knows."""
        return self.term.advice


class BadVocabulary(ValueError):
    """The file lacks or misspells something: which key, and why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key} {why}")
        self.key = key
        self.why = why


@dataclass(frozen=True)
class Vocabulary:
    """Both lists by code, in the order in which they are shown."""

    kinds: Mapping[str, UnitKind]
    sectors: Mapping[str, Sector]

    @cached_property
    def cells(self) -> frozenset[str]:
        """Return the codes of the kinds that hold members: cells, whatever their name."""
        return frozenset(
            kind.code for kind in self.kinds.values() if kind.holds_members
        )

    def kinds_on(self, day: date) -> tuple[UnitKind, ...]:
        """Return the kinds of party bodies that are valid on a day."""
        return tuple(kind for kind in self.kinds.values() if kind.is_valid_on(day))

    def sectors_on(self, day: date) -> tuple[Sector, ...]:
        """Return the sectors that are valid on a day."""
        return tuple(each for each in self.sectors.values() if each.is_valid_on(day))

    def kind_for(self, text: str, *, on: date) -> UnitKind:
        """Return the kind that a text means: a code, label or alias, freely written.

        Raises: UnknownTerm; TermNotValid for a kind that is not valid that day.
        """
        return _find(self._kinds_by_spelling, text, on=on)

    def sector_for(self, text: str, *, on: date) -> Sector:
        """Return the sector that a text means: a code, label or alias, freely written.

        Raises: UnknownTerm; TermNotValid for a sector that is not valid that day.
        """
        return _find(self._sectors_by_spelling, text, on=on)

    @cached_property
    def _kinds_by_spelling(self) -> dict[str, UnitKind]:
        return _by_spelling(self.kinds.values())

    @cached_property
    def _sectors_by_spelling(self) -> dict[str, Sector]:
        return _by_spelling(self.sectors.values())


def _find(by_spelling: Mapping[str, AnyTerm], text: str, *, on: date) -> AnyTerm:
    term = by_spelling.get(spelling(text))
    if term is None:
        raise UnknownTerm(text)
    if not term.is_valid_on(on):
        raise TermNotValid(term, on)
    return term


def _by_spelling(terms: Iterable[AnyTerm]) -> dict[str, AnyTerm]:
    return {spelling(text): term for term in terms for text in term.spellings}


def spelling(text: str) -> str:
    """Return what all ways to write a term share: folded, "100 %" as "100%"."""
    return _LOOSE_MARKS.sub(r"\1", fold(text).replace("–", "-"))
