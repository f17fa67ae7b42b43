"""The kinds of party bodies and the sectors, as data that is valid in time. Pure.

The lists are `members/data/vocabulary.toml`: what the next reorganisation adds or
ends is an entry there, never code.

Source: docs/rules/vocabulary.md.
"""

from functools import cache
from importlib import resources

from members.tables import Label
from members.vocabulary.reading import read_vocabulary
from members.vocabulary.terms import (
    BadVocabulary,
    Committee,
    Sector,
    Term,
    TermNotValid,
    UnitKind,
    UnknownTerm,
    Vocabulary,
)

__all__ = [
    "BadVocabulary",
    "Committee",
    "Label",
    "Sector",
    "Term",
    "TermNotValid",
    "UnitKind",
    "UnknownTerm",
    "Vocabulary",
    "read_vocabulary",
    "tier_of",
    "vocabulary",
]


@cache
def vocabulary() -> Vocabulary:
    """Return the lists that this version ships."""
    path = resources.files("members") / "data" / "vocabulary.toml"
    return read_vocabulary(path.read_text(encoding="utf-8"))


def tier_of(kind: str) -> str:
    """Return where the committee of a unit of this kind stands in the policy.

    Shape: CELL, GRASSROOTS or UPPER.
    Raises: UnknownTerm for a code that no kind has.
    """
    if kind not in vocabulary().kinds:
        raise UnknownTerm(kind)
    return vocabulary().kinds[kind].tier
