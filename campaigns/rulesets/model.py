"""A rule set as values: what one regulation says, and how sure we are of it. Pure.

Source: `docs/rules/classification.md`. Everything here is immutable and hashable.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from campaigns.contents import Status
from campaigns.rulesets.procedure import Criteria, Procedure
from campaigns.rulesets.terms import Sourced, Stated, Term
from members.vocabulary import Label

# docs/rules/classification.md § 2.2
MEMBER_LEVELS = ("EXCELLENT", "GOOD", "SATISFACTORY", "NOT_COMPLETED")
LEVELS = ("CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG", *MEMBER_LEVELS, "WEAK")
GROUPS = ("CLEAN_STRONG_ALL",)
GOOD_OR_BETTER = "GOOD_OR_BETTER"
REASONS = (
    "DEGRADATION",
    "UNDER_HALF_OF_TARGETS",
    "STATE_RATING",
    "DISCIPLINED",
    "OTHER",
    "UNSTATED",
)
STATUSES = tuple(Status)
SECTIONS = (
    "organisations",
    "members",
    "reasons",
    "statuses",
    "ceilings",
    "criteria",
    "procedure",
)
BASES = ("GOOD_ONLY", "GOOD_OR_BETTER", "ASSESSED")
CEILING_UNITS = {
    "members": ("GRASSROOTS", "CELL", "SIMILAR_GROUP"),
    "cells": ("GRASSROOTS", "SIMILAR_GROUP"),
    "grassroots": ("SUPERIOR", "SIMILAR_GROUP"),
}
ROUNDINGS = ("FLOOR", "HALF_UP", "CEILING")


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Term):
    """A quality level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRule(Term):
    """How a person of one status is treated; only ASSESSED people get a level."""

    is_reviewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Stated):
    """Levels that publications print as one sum."""

    code: str
    label: Label
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """A percent of a part within a whole, beside those of all assessed.

    Both are the code of a level or group, or GOOD_OR_BETTER.
    """

    part: str
    whole: str

    @property
    def code(self) -> str:
        """The key of the pair in the roll-up's JSON."""
        return f"{self.part}/{self.whole}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelScheme(Stated):
    """The levels that organisations, or members, can be given, best first."""

    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    good_or_better: tuple[str, ...]
    within: tuple[Within, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the levels, best first."""
        return tuple(level.code for level in self.levels)

    def levels_in(self, code: str) -> tuple[str, ...]:
        """Return the level codes that a level, a group or GOOD_OR_BETTER stands for.

        Raises: KeyError for any other code.
        """
        if code == GOOD_OR_BETTER:
            return self.good_or_better
        sums = {group.code: group.levels for group in self.groups}
        return (code,) if code in self.codes else sums[code]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling(Stated):
    """How many of one subject may get the best level (`docs/rules/ceilings.md`)."""

    subject: str
    level: str
    percent_rule: Sourced[Decimal]
    special_rule: Sourced[Decimal] | None
    base_rule: Sourced[str]
    unit_rule: Sourced[str]
    rounding_rule: Sourced[str]

    @property
    def percent(self) -> Decimal:
        """The usual percent."""
        return self.percent_rule.value

    @property
    def percent_special(self) -> Decimal | None:
        """The percent in special cases; None where the regulation knows none."""
        return self.special_rule.value if self.special_rule else None

    @property
    def base(self) -> str:
        """What the percent is taken of: one of BASES."""
        return self.base_rule.value

    @property
    def base_certainty(self) -> str:
        """How sure the base is."""
        return self.base_rule.certainty

    @property
    def bases(self) -> tuple[str, ...]:
        """The bases to report on: the one that was read, else all in question.

        Source: `docs/rules/ceilings.md` § 2.
        """
        if self.base_certainty == "S":
            return (self.base,)
        in_question = {self.base, "GOOD_ONLY", "GOOD_OR_BETTER"}
        return tuple(base for base in BASES if base in in_question)

    @property
    def unit(self) -> str:
        """Within what the percent is taken: one of CEILING_UNITS of the subject."""
        return self.unit_rule.value

    @property
    def unit_certainty(self) -> str:
        """How sure the unit is."""
        return self.unit_rule.certainty

    @property
    def rounding(self) -> str:
        """How a count with a fraction becomes whole: one of ROUNDINGS."""
        return self.rounding_rule.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Stated):
    """What a reader of the figures should know; `about` is one of SECTIONS."""

    about: str
    text: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet(Stated):
    """One regulation with its guidance; `ceilings` are in the order of SUBJECTS.

    `wording` is what it calls the act of rating. `valid_until` is the last day on
    which it holds, None while it does.
    """

    code: str
    label: Label
    citation: Label
    wording: Label
    valid_from: date
    valid_until: date | None
    organisations: LevelScheme
    members: LevelScheme
    reasons: tuple[Term, ...]
    statuses: tuple[StatusRule, ...]
    ceilings: tuple[Ceiling, ...]
    criteria: Criteria
    procedure: Procedure
    notes: tuple[Note, ...]

    def scheme(self, subject: str) -> LevelScheme:
        """Return the levels of one of SUBJECTS."""
        return self.members if subject == "members" else self.organisations

    def applies_in(self, year: int) -> bool:
        """Return whether the rule set holds on the last day of the year.

        Source: `docs/rules/classification.md` § 1.3.
        """
        last_day = date(year, 12, 31)
        ended = self.valid_until is not None and self.valid_until < last_day
        return self.valid_from <= last_day and not ended
