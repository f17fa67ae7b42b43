"""Which level the known facts leave, with every paragraph that forbids or forces. Pure.

Only the collective rates; this lays numbers beside what the rule set asks for.
Source: docs/rules/classification.md § 6.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from campaigns.rulesets import RuleSet
from campaigns.rulesets.procedure import Criteria, Threshold
from campaigns.rulesets.terms import Stated
from members.dates import months_after

HEAD_NOT_ABOVE_UNIT = "HEAD_NOT_ABOVE_UNIT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of somebody or of a body; None where nobody recorded it.

    `kind` is one of `rulesets.terms.KINDS`; the degrees are the lowest among the
    criteria on results and among the others, by code; percents are of the tasks of
    the year; `triggers` those a competent body has concluded; `headed_level` the
    level of the unit that the person heads.
    """

    kind: str
    points: Decimal | None = None
    result_degree: str | None = None
    other_degree: str | None = None
    done_percent: Decimal | None = None
    exceeded_percent: Decimal | None = None
    late_percent: Decimal | None = None
    triggers: frozenset[str] = frozenset()
    special_cases: frozenset[str] = frozenset()
    headed_level: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One paragraph that leaves no better level than `best`.

    `about` is the name of the fact; `rule` the entry of the rule set with its source.
    """

    about: str
    best: str
    rule: Stated


@dataclass(frozen=True, slots=True)
class Left:
    """The best level that nothing known forbids; why none better; what is not known.

    `reason` is the code under which a forced lowest level is counted.
    """

    best: str
    findings: tuple[Finding, ...]
    unknown: tuple[str, ...] = field(default=())  # names of facts
    reason: str | None = None

    def allows(self, level: str, scheme: tuple[str, ...]) -> bool:
        """Tell whether nothing known forbids this level of the scheme."""
        return scheme.index(level) >= scheme.index(self.best)


def levels_left(rule_set: RuleSet, facts: Facts) -> Left:
    """Return which levels of the rule set the facts leave.

    Shape: findings worst first, in the order of the rule set within a level.
    Source: docs/rules/classification.md § 6.
    """
    is_person = facts.kind in ("MEMBER", "CADRE")
    scheme = (rule_set.members if is_person else rule_set.organisations).codes
    findings = sorted(
        _findings(rule_set, facts, scheme),
        key=lambda finding: scheme.index(finding.best),
        reverse=True,
    )
    return Left(
        best=findings[0].best if findings else scheme[0],
        findings=tuple(findings),
        unknown=tuple(_unknown(rule_set.criteria, facts)),
        reason=_reason(rule_set.criteria, facts),
    )


def is_full(since: date, months: int, on: date) -> bool:
    """Tell whether that many months since a day are full on another.

    Source: docs/rules/classification.md § 6.8.
    """
    return on >= months_after(since, months)


def _findings(
    rule_set: RuleSet, facts: Facts, scheme: tuple[str, ...]
) -> Iterator[Finding]:
    yield from _missed_thresholds(rule_set.criteria, facts, scheme)
    for trigger in rule_set.criteria.triggers:
        if trigger.code in facts.triggers and facts.kind in trigger.applies_to:
            yield Finding("triggers", scheme[-1], trigger)
    for case in rule_set.procedure.special_cases:
        if case.code in facts.special_cases and case.level_at_most in scheme:
            yield Finding("special_cases", case.level_at_most, case)
    if facts.headed_level in scheme:
        for rule in rule_set.procedure.order:
            if rule.code == HEAD_NOT_ABOVE_UNIT:
                yield Finding("headed_level", facts.headed_level, rule)


def _missed_thresholds(
    criteria: Criteria, facts: Facts, scheme: tuple[str, ...]
) -> Iterator[Finding]:
    """A threshold that is missed leaves the next level; the last one has none to miss."""
    for threshold in criteria.thresholds:
        if facts.kind not in threshold.applies_to or threshold.level == scheme[-1]:
            continue
        below = scheme[scheme.index(threshold.level) + 1]
        for about, is_missed in _tests(criteria, threshold, facts).items():
            if is_missed:
                yield Finding(about, below, threshold)


def _unknown(criteria: Criteria, facts: Facts) -> list[str]:
    asked = {
        about
        for threshold in criteria.thresholds
        if facts.kind in threshold.applies_to
        for about, is_missed in _tests(criteria, threshold, facts).items()
        if is_missed is None
    }
    return sorted(asked)


def _tests(
    criteria: Criteria, threshold: Threshold, facts: Facts
) -> dict[str, bool | None]:
    """Whether each fact misses what the threshold asks; None: it is not known."""
    at_least = {
        "points": (facts.points, threshold.points_from),
        "done_percent": (facts.done_percent, threshold.done_percent),
        "exceeded_percent": (facts.exceeded_percent, threshold.exceeded_percent),
    }
    worst_first = [degree.code for degree in reversed(criteria.degrees)].index
    degrees = {
        "result_degree": (facts.result_degree, threshold.result_degree),
        "other_degree": (facts.other_degree, threshold.other_degree),
    }
    tests: dict[str, bool | None] = {
        about: None if fact is None else fact < asked
        for about, (fact, asked) in at_least.items()
        if asked is not None
    }
    tests |= {
        about: None if fact is None else worst_first(fact) < worst_first(asked)
        for about, (fact, asked) in degrees.items()
        if asked is not None
    }
    late, most = facts.late_percent, threshold.late_percent_at_most
    if most is not None:
        tests["late_percent"] = None if late is None else late > most
    return tests


def _reason(criteria: Criteria, facts: Facts) -> str | None:
    reasons = (
        trigger.reason
        for trigger in criteria.triggers
        if trigger.code in facts.triggers and facts.kind in trigger.applies_to
    )
    return next((reason for reason in reasons if reason), None)
