"""How many may get the best level, and how many did. Pure.

Source: `docs/rules/ceilings.md`. A breach is shown, never refused: who is competent
may decide otherwise, with a reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from campaigns.rulesets.model import (
    BASES,
    GOOD_OR_BETTER,
    Ceiling,
    LevelScheme,
    RuleSet,
)
from campaigns.rulesets.terms import SUBJECTS

_ROUNDINGS = {
    "FLOOR": ROUND_FLOOR,
    "HALF_UP": ROUND_HALF_UP,
    "CEILING": ROUND_CEILING,
}


@dataclass(frozen=True, slots=True)
class CeilingCounts:
    """What was decided within one unit for which a ceiling is counted.

    For members a grassroots unit (a cell where the rule set says CELL), for cells
    the grassroots unit above them, for grassroots units the unit directly above.
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


def allowed(ceiling: Ceiling, base_count: int, *, special: bool = False) -> int:
    """Return how many may get the level: the percent of the base, rounded.

    Raises: ValueError for a special case where the ceiling has no special percent.
    Source: `docs/rules/ceilings.md` § 3.
    """
    percent = ceiling.percent_special if special else ceiling.percent
    if percent is None:
        raise ValueError(f"the ceiling for {ceiling.subject} has no special percent")
    exact = percent * base_count / 100
    return int(exact.to_integral_value(_ROUNDINGS[ceiling.rounding]))


def count_in_base(base: str, levels: Mapping[str, int], scheme: LevelScheme) -> int:
    """Return of how many the percent is taken.

    Source: `docs/rules/ceilings.md` § 2.
    """
    counted = {
        "GOOD_ONLY": ("GOOD",),
        "GOOD_OR_BETTER": scheme.levels_in(GOOD_OR_BETTER),
        "ASSESSED": scheme.codes,
    }[base]
    return sum(levels.get(code, 0) for code in counted)


def check(rule_set: RuleSet, counts: Iterable[CeilingCounts]) -> tuple[CeilingRow, ...]:
    """Return every ceiling of the rule set beside what was decided.

    Shape: a row for each unit, subject and base in question, by unit code, then in
        the order of SUBJECTS and BASES; none where the rule set has no ceiling.
    Source: `docs/rules/ceilings.md` § 4.
    """
    ceilings = {ceiling.subject: ceiling for ceiling in rule_set.ceilings}
    rows = [
        row
        for one in counts
        if one.subject in ceilings
        for row in _rows(ceilings[one.subject], rule_set.scheme(one.subject), one)
    ]
    # Text in Python sorts by code point, which is the byte order of UTF-8.
    rows.sort(
        key=lambda row: (
            row.unit,
            SUBJECTS.index(row.subject),
            BASES.index(row.base),
        )
    )
    return tuple(rows)


def _rows(
    ceiling: Ceiling, scheme: LevelScheme, counts: CeilingCounts
) -> Iterator[CeilingRow]:
    actual = counts.levels.get(ceiling.level, 0)
    for base in ceiling.bases:
        of = count_in_base(base, counts.levels, scheme)
        may_be = allowed(ceiling, of)
        yield CeilingRow(
            unit=counts.unit,
            unit_name=counts.unit_name,
            subject=counts.subject,
            base=base,
            base_count=of,
            percent=ceiling.percent,
            allowed=may_be,
            actual=actual,
            exceeded=actual > may_be,
            assumed=ceiling.unit == "SIMILAR_GROUP",
        )
