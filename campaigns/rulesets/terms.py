"""What every entry of a rule set is made of: codes with labels, origins. Pure."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from members.vocabulary import Label

T = TypeVar("T")

SUBJECTS = ("members", "cells", "grassroots")
KINDS = ("MEMBER", "CADRE", "ORGANISATION", "COLLECTIVE")  # of what is rated


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from, how sure we are, and whether an overlay may set it."""

    source: Label
    certainty: str
    overlay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What every entry of a rule set has: an origin."""

    origin: Origin

    @property
    def source(self) -> Label:
        """The document that says so."""
        return self.origin.source

    @property
    def certainty(self) -> str:
        """One of `members.tables.CERTAINTIES`."""
        return self.origin.certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced(Stated, Generic[T]):
    """A single value with an origin of its own."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Stated):
    """A code with its label; `short` is what narrow columns print.

    `aliases` are further spellings that an import takes for it.
    """

    code: str
    label: Label
    short: Label
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that means this term."""
        both = (self.label.vi, self.label.en, self.short.vi, self.short.en)
        return (self.code, *both, *self.aliases)
