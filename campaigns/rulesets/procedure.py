"""How a rule set weighs, who decides, in which order: typed data. Pure.

Source: `docs/rules/classification.md` § 4 and § 5. The figures need none of it but
`Authority`; the later steps of a campaign do.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from campaigns.rulesets.terms import Sourced, Stated, Term
from members.vocabulary import Label

SCALES = ("NONE", "DEGREES", "POINTS")
STEPS = ("PROPOSES", "VERIFIES", "DECIDES")
DECIDING_UNITS = ("CELL", "GRASSROOTS", "SUPERIOR")
REQUESTED_FROM = ("DECIDER", "SUPERIOR")  # of the unit that decided
VOTERS = ("FULL_MEMBERS", "FULL_MEMBERS_PRESENT")
UNRATED_YEARS = ("BREAKS", "SKIPPED")  # what a year without a level does to a row
MAJORITIES = ("HALF_OF_CONVOKED", "HALF_OF_PRESENT", "HALF_OF_VALID", "CUMULATIVE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion(Stated):
    """A branch or leaf of the tree of criteria; `points` is the most it can give.

    `is_result` marks those on results of the assigned task, which the best levels
    weigh more. `parent` is the code of the branch above, None at the top.
    """

    code: str
    label: Label
    parent: str | None
    applies_to: tuple[str, ...]
    is_result: bool
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Stated):
    """What a level asks for at least; None where the regulation asks nothing of it.

    Percents are of the tasks or targets of the year. `conditions` says in words
    what no number holds.
    """

    level: str
    applies_to: tuple[str, ...]
    points_from: Decimal | None
    result_degree: str | None
    other_degree: str | None
    done_percent: Decimal | None
    exceeded_percent: Decimal | None
    late_percent_at_most: Decimal | None
    conditions: Label | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Stated):
    """What makes the lowest level, once a competent body has concluded it.

    `reason` is the code under which people are counted for it.
    """

    code: str
    label: Label
    applies_to: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria(Stated):
    """What is weighed, on which scale, and what each level asks for."""

    scale: str
    points: Decimal | None
    degrees: tuple[Term, ...]
    tree: tuple[Criterion, ...]
    thresholds: tuple[Threshold, ...]
    triggers: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialCase(Stated):
    """Somebody, or a body, who is not treated as the others.

    `months` is the length from which, or below which, the case holds; `is_reviewed`
    is None where the regulation speaks of the rating only.
    """

    code: str
    label: Label
    applies_to: tuple[str, ...]
    is_reviewed: bool | None
    is_rated: bool
    level_at_most: str | None
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Stated):
    """Who proposes, verifies or decides the level of a subject, and at which unit."""

    subject: str
    step: str
    unit: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRule(Stated):
    """What comes before what; a breach is warned of, never refused."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """Who votes, and how a proposed level follows from the counts."""

    is_secret: Sourced[bool]
    voters: Sourced[str]
    may_vote_on_self: Sourced[bool]
    quorum: Sourced[Fraction]
    majority: Sourced[str]
    rounds: Sourced[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Streaks:
    """After how many years running the best or the lowest level has consequences."""

    best_years: Sourced[int]
    lowest_years: Sourced[int]
    unrated_year: Sourced[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Stated):
    """A prescribed form by its printed code."""

    code: str
    label: Label
    applies_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """The steps around the rating."""

    special_cases: tuple[SpecialCase, ...]
    authorities: tuple[Authority, ...]
    order: tuple[OrderRule, ...]
    ballot: Ballot
    kept_years: Sourced[int]
    # Within which days, and where, one asks for a level to be looked at again. None:
    # stored before these were known.
    request_days: Sourced[int] | None
    request_to: Sourced[str] | None
    streaks: Streaks | None  # None: likewise
    forms: tuple[Form, ...]

    def deciding_unit(self, subject: str) -> str:
        """Return at which unit the level of one of SUBJECTS is decided.

        Shape: a code of DECIDING_UNITS: the own cell, the grassroots unit at or
            above, or the unit directly superior.
        Source: `docs/rules/classification.md` § 5.1.
        """
        found = (
            authority.unit
            for authority in self.authorities
            if (authority.subject, authority.step) == (subject, "DECIDES")
        )
        return next(found)
