"""Regulations as validated data. Pure: standard library only.

Source: `docs/rules/classification.md` and `docs/rules/ceilings.md`.
"""

from campaigns.rulesets.loading import (
    Resolved,
    UnknownRuleSet,
    available,
    canonical,
    from_resolved,
    in_force_at_the_end_of,
    labelled,
    load,
    load_file,
    resolve,
    sha256,
)
from campaigns.rulesets.matching import (
    codes_by_spelling,
    level_for,
    reason_for,
    status_for,
)
from campaigns.rulesets.model import (
    Ceiling,
    Group,
    Level,
    LevelScheme,
    Note,
    RuleSet,
    StatusRule,
    Within,
)
from campaigns.rulesets.tables import BadRuleSet
from campaigns.rulesets.terms import Origin, Sourced, Term
from members.vocabulary import Label

__all__ = [
    "BadRuleSet",
    "Ceiling",
    "Group",
    "Label",
    "Level",
    "LevelScheme",
    "Note",
    "Origin",
    "Resolved",
    "RuleSet",
    "Sourced",
    "StatusRule",
    "Term",
    "UnknownRuleSet",
    "Within",
    "available",
    "canonical",
    "codes_by_spelling",
    "from_resolved",
    "in_force_at_the_end_of",
    "labelled",
    "level_for",
    "load",
    "load_file",
    "reason_for",
    "resolve",
    "sha256",
    "status_for",
]
