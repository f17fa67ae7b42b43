"""What people write for a level, a status or a reason, and the code that they mean.

Pure. Source: `docs/rules/classification.md` § 2.5.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from campaigns.rulesets.model import LevelScheme, RuleSet
from campaigns.rulesets.terms import Term
from members.vocabulary.terms import spelling


@cache
def codes_by_spelling(terms: tuple[Term, ...]) -> Mapping[str, str]:
    """Return the code for each text that means one, as `spelling` simplifies it."""
    return {spelling(text): term.code for term in terms for text in term.spellings}


def level_for(text: str, scheme: LevelScheme) -> str | None:
    """Return the code of the level that the text means in this scheme, else None."""
    return codes_by_spelling(scheme.levels).get(spelling(text))


def status_for(text: str, rule_set: RuleSet) -> str | None:
    """Return the code of the status that the text means, else None."""
    return codes_by_spelling(rule_set.statuses).get(spelling(text))


def reason_for(text: str, rule_set: RuleSet) -> str | None:
    """Return the code of the reason that the text means, else None."""
    return codes_by_spelling(rule_set.reasons).get(spelling(text))


def first_clash(terms: Sequence[Term]) -> tuple[int, str] | None:
    """Return place and spelling of the first term that is written like another."""
    taken: dict[str, str] = {}
    for at, term in enumerate(terms):
        for text in term.spellings:
            if taken.setdefault(spelling(text), term.code) != term.code:
                return at, text
    return None
