"""How many may get the best level, and how many did. Pure.

Source: `docs/rules/ceilings.md`. A breach is shown, never refused: who is competent
may decide otherwise, with a reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from campaigns.rulesets.model import Ceiling, LevelScheme, RuleSet

_ROUNDINGS = {
    "FLOOR": ROUND_FLOOR,
    "HALF_UP": ROUND_HALF_UP,
    "CEILING": ROUND_CEILING,
}


@dataclass(frozen=True, slots=True)
class CeilingCounts:
    """What was decided within one unit for which a ceiling is counted.

    Which one that is, `counted_within` says.
    """

    unit: str  # code
    unit_name: str
    subject: str  # "members", "cells", "grassroots"
    levels: Mapping[str, int]  # by code; a missing code is 0


@dataclass(frozen=True, slots=True)
class CeilingRow:
    """One unit on one base; `assumed` where it stands for a group nobody has listed."""

    unit: str  # code
    unit_name: str
    subject: str  # "members", "cells", "grassroots"
    base: str  # "GOOD_ONLY", "GOOD_OR_BETTER", "ASSESSED"
    base_count: int
    percent: Decimal
    allowed: int
    actual: int
    exceeded: bool
    assumed: bool


def counted_within(ceiling: Ceiling) -> Literal["CELL", "GRASSROOTS", "SUPERIOR"]:
    """Return the kind of a ceiling's units: as the subject has it, group or not.

    The cell where members are placed, the grassroots unit at or above a cell, or the
    unit directly above a grassroots unit.
    Source: `docs/rules/ceilings.md` § 4.2 and § 4.3.
    """
    if ceiling.subject == "grassroots":
        return "SUPERIOR"
    if ceiling.subject == "members" and ceiling.unit == "CELL":
        return "CELL"
    return "GRASSROOTS"


def allowed(ceiling: Ceiling, base_count: int) -> int:
    """Return how many may get the level: the percent of the base, rounded.

    Source: `docs/rules/ceilings.md` § 3.
    """
    exact = ceiling.percent * base_count / 100
    return int(exact.to_integral_value(_ROUNDINGS[ceiling.rounding]))


def codes_in_base(base: str, scheme: LevelScheme) -> tuple[str, ...]:
    """Return the levels of which the percent is taken.

    Source: `docs/rules/ceilings.md` § 2.
    """
    return {
        "GOOD_ONLY": ("GOOD",),
        "GOOD_OR_BETTER": scheme.good_or_better,
        "ASSESSED": scheme.codes,
    }[base]


def check(rule_set: RuleSet, counts: Iterable[CeilingCounts]) -> tuple[CeilingRow, ...]:
    """Return every ceiling of the rule set beside what was decided.

    Shape: a row for each unit, subject and base in question, by unit code, then in
        the order of SUBJECTS and BASES; none where the rule set has no ceiling.
    Source: `docs/rules/ceilings.md` § 4.
    """
    counts = tuple(counts)
    rows = [
        row
        for ceiling in rule_set.ceilings
        for base in ceiling.bases
        for row in _rows(rule_set, ceiling, base, counts)
    ]
    # Ceilings and bases are in order already, and sorting keeps that within a unit.
    # Text in Python sorts as its UTF-8 bytes do.
    return tuple(sorted(rows, key=lambda row: row.unit))


def _rows(
    rule_set: RuleSet, ceiling: Ceiling, base: str, counts: Iterable[CeilingCounts]
) -> Iterator[CeilingRow]:
    codes = codes_in_base(base, rule_set.scheme(ceiling.subject))
    for one in counts:
        if one.subject != ceiling.subject:
            continue
        base_count = sum(one.levels.get(code, 0) for code in codes)
        may_be = allowed(ceiling, base_count)
        actual = one.levels.get(ceiling.level, 0)
        yield CeilingRow(
            unit=one.unit,
            unit_name=one.unit_name,
            subject=one.subject,
            base=base,
            base_count=base_count,
            percent=ceiling.percent,
            allowed=may_be,
            actual=actual,
            exceeded=actual > may_be,
            assumed=ceiling.unit == "SIMILAR_GROUP",
        )
