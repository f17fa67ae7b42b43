"""The fold: a unit's figures from the tallies of its subtree, in a fixed few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from campaigns.models import (
    COUNTED,
    LEVEL_COLUMNS,
    REASON_COLUMNS,
    STATUS_COLUMNS,
    CampaignBody,
    CampaignUnit,
    Tally,
)
from campaigns.rulesets import LevelScheme, RuleSet
from members.models import within
from members.paths import SEGMENT
from members.vocabulary import vocabulary
from reports.figures import (
    NOT_ASSESSED,
    Figures,
    MemberCounts,
    OrganisationCounts,
    Rollup,
    UnitFigures,
    UnitHead,
)
from reviews import ceilings
from reviews.ceilings import CeilingCounts, CeilingRow

Counts = dict[str, int]
# By unit path, sector and subject; the sector "" is a sector like the others.
Fold = Mapping[str, Mapping[str, Mapping[str, Counts]]]

NOTHING: Counts = dict.fromkeys(COUNTED, 0)


class _Total(Sum):
    """A sum of whole numbers, which both databases give as such.

    Django would send each through `int()`: a province has a hundred thousand.
    """

    def get_db_converters(self, connection: BaseDatabaseWrapper) -> list[Any]:
        return []


def rollup_of(unit: CampaignUnit, *, with_below: bool) -> Rollup:
    """Return the figures of a campaign's unit, and of its children `with_below`.

    Two queries, and two for the ceilings, whatever the size of the subtree. The
    caller got the unit through `visible_to`, `with_below` through `visible_below_to`.
    """
    rules = unit.campaign.rules
    fold = fold_of(unit)
    limits = _ceiling_rows(unit, rules)
    counting = Counting(rules)
    own, *children = [
        UnitFigures(
            unit=head,
            figures=counting.figures(all_sectors(fold, path)),
            by_sector={
                sector: counting.figures(subjects)
                for sector, subjects in _by_sector(fold, path).items()
            },
            ceiling=limits.get(path, ()),
        )
        for path, head in heads_of(unit).items()
    ]
    children.sort(key=lambda child: child.unit.code.encode())
    rollup = Rollup(unit.campaign.code, rules.code, own, tuple(children))
    return rollup if with_below else rollup.as_a_whole()


def fold_of(unit: CampaignUnit) -> Fold:
    """Return the sums of the subtree: of the unit, and of each child's subtree.

    One grouped query over a path range. Shape: counts by path (the unit's own path
    holds the sums of everything), by sector, by subject.
    """
    child = Substr("unit__path", 1, len(unit.path) + SEGMENT)
    rows = (
        _tallies(unit)
        .values_list(child, "sector", "subject")
        .annotate(*(_Total(column) for column in COUNTED))
        .order_by()
    )
    fold: dict[str, dict[str, dict[str, Counts]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    parts: dict[tuple[str, str], list[Counts]] = defaultdict(list)
    for path, sector, subject, *sums in rows:
        counts = dict(zip(COUNTED, sums, strict=True))
        fold[path][sector][subject] = counts
        parts[sector, subject].append(counts)
    for (sector, subject), counted in parts.items():
        fold[unit.path][sector][subject] = _sum(counted)
    return fold


def _tallies(unit: CampaignUnit) -> QuerySet[Tally]:
    return Tally.objects.filter(
        within([unit.path], "unit__path"), unit__campaign=unit.campaign_id
    )


def _sum(counts: Collection[Counts]) -> Counts:
    # All have the columns in one order, so that sums need no look-ups: a province
    # has a hundred thousand of them.
    columns = zip(*(each.values() for each in counts), strict=True)
    return dict(zip(COUNTED, map(sum, columns), strict=True)) if counts else NOTHING


def heads_of(unit: CampaignUnit) -> dict[str, UnitHead]:
    """Return what is said of the unit and its open children, the unit first."""
    units = CampaignUnit.objects.directly_below(unit)
    rated = CampaignBody.objects.organisations().filter(
        unit__in=units | CampaignUnit.objects.filter(pk=unit.pk)
    )
    rows = rated.order_by("unit__path").values_list(
        "unit__path",
        "unit__code",
        "unit__name",
        "unit__kind",
        "unit__sector",
        "unit__figure_sector",
        "level",
    )
    return {
        path: UnitHead(code, name, kind, sector or figure_sector, level)
        for path, code, name, kind, sector, figure_sector, level in rows
    }


def all_sectors(fold: Fold, path: str) -> dict[str, Counts]:
    """Return the sums by subject, whatever the sector."""
    parts: dict[str, list[Counts]] = defaultdict(list)
    for subjects in fold.get(path, {}).values():
        for subject, counts in subjects.items():
            parts[subject].append(counts)
    return {subject: _sum(counts) for subject, counts in parts.items()}


def _by_sector(fold: Fold, path: str) -> dict[str, Mapping[str, Counts]]:
    found = fold.get(path, {})
    return {sector: found[sector] for sector in vocabulary().sectors if sector in found}


class Counting:
    """Sums as counts by the codes of one rule set, whose order is worked out once."""

    def __init__(self, rules: RuleSet) -> None:
        self.members = _columns(rules.members)
        self.organisations = _columns(rules.organisations)
        self.groups = rules.organisations.groups

    def figures(self, subjects: Mapping[str, Counts]) -> Figures:
        """Return the figures of the sums by subject."""
        return Figures(
            members=self._members(subjects.get(Tally.Subject.MEMBERS, NOTHING)),
            cells=self._organisations(subjects.get(Tally.Subject.CELLS, NOTHING)),
            grassroots=self._organisations(
                subjects.get(Tally.Subject.GRASSROOTS, NOTHING)
            ),
        )

    def _members(self, counts: Counts) -> MemberCounts:
        levels = {code: counts[column] for code, column in self.members}
        return MemberCounts(
            present=counts["present"],
            exempt=counts["exempt"],
            not_reviewed=counts["not_reviewed"],
            not_assessed={code: counts[STATUS_COLUMNS[code]] for code in NOT_ASSESSED},
            assessed=sum(levels.values()),
            levels=levels,
            reasons={code: counts[column] for code, column in REASON_COLUMNS.items()},
        )

    def _organisations(self, counts: Counts) -> OrganisationCounts:
        levels = {code: counts[column] for code, column in self.organisations}
        return OrganisationCounts(
            total=counts["present"],
            assessed=sum(levels.values()),
            levels=levels,
            groups={
                group.code: sum([levels[code] for code in group.levels])
                for group in self.groups
            },
        )


def _columns(scheme: LevelScheme) -> list[tuple[str, str]]:
    return [(code, LEVEL_COLUMNS[code]) for code in scheme.codes]


def _ceiling_rows(
    unit: CampaignUnit, rules: RuleSet
) -> dict[str, tuple[CeilingRow, ...]]:
    """Return by path the rows of the unit, which are all, and of each child."""
    counts: dict[str, list[CeilingCounts]] = defaultdict(list)
    for path, counted in _ceiling_counts(unit, rules):
        counts[path[: len(unit.path) + SEGMENT]].append(counted)
    rows = {path: ceilings.check(rules, counted) for path, counted in counts.items()}
    # Each is in the order of `check` already, which sorting by unit keeps.
    everything = sorted(chain.from_iterable(rows.values()), key=attrgetter("unit"))
    return {**rows, unit.path: tuple(everything)}


def _ceiling_counts(
    unit: CampaignUnit, rules: RuleSet
) -> Iterator[tuple[str, CeilingCounts]]:
    """Yield path and counts of each ceiling unit at or below the unit."""
    subjects: dict[str, list[str]] = defaultdict(list)
    for ceiling in rules.ceilings:
        # Tallied where people are placed and above what is rated: but for a grassroots
        # unit at or above, that is the ceiling unit itself.
        is_above = ceilings.counted_within(ceiling) == "GRASSROOTS"
        subjects["unit__grassroots" if is_above else "unit"].append(ceiling.subject)
    for holder, counted in subjects.items():
        yield from _counts_at(unit, counted, holder, rules)


def _counts_at(
    unit: CampaignUnit, subjects: list[str], holder: str, rules: RuleSet
) -> Iterator[tuple[str, CeilingCounts]]:
    codes = dict.fromkeys(rules.members.codes + rules.organisations.codes)
    rows = (
        _tallies(unit)
        .filter(
            within([unit.path], f"{holder}__path"),
            subject__in=[subject.upper() for subject in subjects],
            present__gt=0,
        )
        .values_list(
            "subject", *(f"{holder}__{name}" for name in ("path", "code", "name"))
        )
        .annotate(*(_Total(LEVEL_COLUMNS[code]) for code in codes))
        .order_by()
    )
    for subject, path, code, name, *sums in rows:
        levels = dict(zip(codes, sums, strict=True))
        yield path, CeilingCounts(code, name, subject.lower(), levels)
