"""The figures of a unit: counts, sums of counts, percents. Pure.

Source: `docs/rules/figures.md`; the JSON of `docs/contracts.md` is this module's
dataclasses written out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from reviews.ceilings import CeilingRow

NOT_ASSESSED = ("SUSPENDED", "UNDER_SIX_MONTHS", "OTHER")


@dataclass(frozen=True, slots=True)
class MemberCounts:
    """People; `present = exempt + not_reviewed + Σ not_assessed + assessed`."""

    present: int
    exempt: int
    not_reviewed: int
    not_assessed: Mapping[str, int]  # codes of NOT_ASSESSED, in that order
    assessed: int
    levels: Mapping[str, int]  # every code of the rule set, in its order
    reasons: Mapping[str, int]  # codes of `rulesets.model.REASONS`, in that order


@dataclass(frozen=True, slots=True)
class OrganisationCounts:
    """Units of one subject (cells, or grassroots units); `assessed = Σ levels`."""

    total: int
    assessed: int
    levels: Mapping[str, int]  # every code of the rule set, in its order
    groups: Mapping[str, int]  # sums of levels; {} where the scheme has none


@dataclass(frozen=True, slots=True)
class Figures:
    """The three counts that every unit, child and sector has."""

    members: MemberCounts
    cells: OrganisationCounts
    grassroots: OrganisationCounts


@dataclass(frozen=True, slots=True)
class UnitHead:
    """The unit that a set of figures belongs to."""

    code: str
    name: str
    kind: str
    sector: str
    level: str  # own decided level, "" where not assessed


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """The figures of a unit's whole subtree, without the unit's own level."""

    unit: UnitHead
    figures: Figures
    by_sector: Mapping[str, Figures]  # only sectors that occur, in column order
    ceiling: tuple[CeilingRow, ...]


@dataclass(frozen=True, slots=True)
class Rollup:
    """A unit and its direct children, under the code of the campaign's rule set."""

    campaign: str  # code
    rule_set: str  # code
    unit: UnitFigures
    children: tuple[UnitFigures, ...]  # in byte order of their codes

    def as_a_whole(self) -> "Rollup":
        """Return the unit's own figures alone: nothing of the units below it.

        Source: `docs/policy.md` § 1, `FIGURES` by `UNIT`.
        """
        code = self.unit.unit.code
        own = tuple(row for row in self.unit.ceiling if row.unit == code)
        unit = replace(self.unit, by_sector={}, ceiling=own)
        return replace(self, unit=unit, children=())


def percent_of(count: int, base: int) -> Decimal | None:
    """Return `count` in percent of `base`, or None where the base is 0.

    Units: percent with two decimals, rounded half up, never truncated.
    Source: `docs/rules/figures.md` § 4.
    """
    if base == 0:
        return None
    return (Decimal(100) * count / base).quantize(Decimal("0.01"), ROUND_HALF_UP)
