"""How far the year is, unit by unit: people by the tallies, units by what they did.

Source: docs/rules/progress.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Left

from campaigns.models import Campaign, CampaignUnit, CheckRound, Programme, Tally
from campaigns.models.tally import FIRST_CONFIRMED, PLEDGE_COLUMNS, REVIEW_COLUMNS
from members.models import within
from members.paths import SEGMENT, ancestry

DECEMBER = 12
COUNTS = {
    "owed": F("present") - F("exempt") - F("suspended"),
    "draft": F(PLEDGE_COLUMNS["DRAFT"]),
    "sent": F(PLEDGE_COLUMNS["SENT"]),
    "returned": F(PLEDGE_COLUMNS["RETURNED"]),
    "confirmed": F(PLEDGE_COLUMNS["CONFIRMED"]),
    "free": F("exempt") + F("suspended"),
    "review_sent": F(REVIEW_COLUMNS["SENT"]),
    "reviewed": F(REVIEW_COLUMNS["CONFIRMED"]) + F(REVIEW_COLUMNS["REVIEWED"]),
    "study_owed": F("study_owed"),
    "studied": F("studied"),
}


@dataclass(frozen=True, slots=True)
class PeopleProgress:
    """How many people owe what, and how far they are.

    `reviewed` are those whose self-review the cell has confirmed, or reviewed.
    """

    owed: int = 0
    draft: int = 0
    sent: int = 0
    returned: int = 0
    confirmed: int = 0
    free: int = 0  # owe none
    review_sent: int = 0
    reviewed: int = 0
    study_owed: int = 0
    studied: int = 0
    to_check: int = 0  # units
    checked: int = 0  # of these units

    @property
    def not_with_the_cell(self) -> int:
        """Those whose pledge the cell has not: not begun, being written, returned."""
        return self.owed - self.sent - self.confirmed


@dataclass(frozen=True, slots=True)
class UnitsProgress:
    """How many units stand open, and have adopted a programme."""

    units: int = 0
    adopted: int = 0


def people_progress(
    unit: CampaignUnit, *, today: date | None = None
) -> dict[str, PeopleProgress]:
    """Return the counts of the unit's subtree, and of the subtree of each child.

    One grouped query over a path range. Shape: by path; the unit's own path holds
    everything at and below it. Without `today` no unit counts as to be checked.
    Source: docs/rules/progress.md § 1.
    """
    counts = {
        **COUNTS,
        "to_check": _to_check(unit.campaign, today),
        "checked": _checked(unit.campaign, today),
    }
    rows = list(
        Tally.objects.filter(
            within([unit.path], "unit__path"),
            unit__campaign=unit.campaign_id,
            subject=Tally.Subject.MEMBERS,
        )
        .values_list(Left("unit__path", len(unit.path) + SEGMENT))
        .annotate(**{f"all_{name}": Sum(count) for name, count in counts.items()})
        .order_by()
    )
    found = {path: PeopleProgress(*counts) for path, *counts in rows}
    columns = zip(*(counts for _path, *counts in rows), strict=True)
    return {**found, unit.path: PeopleProgress(*map(sum, columns))}


def units_progress(unit: CampaignUnit) -> dict[str, UnitsProgress]:
    """Return the counts of units, by path as `people_progress`; one query.

    Source: docs/rules/progress.md § 1.
    """
    depth = len(unit.path) + SEGMENT
    here = Q(within([unit.path]), campaign=unit.campaign_id, closed_on=None)
    below = Q(
        within([unit.path], "unit__path"),
        unit__campaign=unit.campaign_id,
        unit__closed_on=None,
    )
    adopted = Programme.objects.filter(below).exclude(state=Programme.State.DRAFT)
    units = CampaignUnit.objects.filter(here)
    rows = _grouped(units, "path", depth, "units").union(
        _grouped(adopted, "unit__path", depth, "adopted"),
        all=True,
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for path, name, count in rows:
        found[path][name] = count
    sums: Counter[str] = Counter()
    for counts in found.values():
        sums.update(counts)
    by_path = {path: UnitsProgress(**counts) for path, counts in found.items()}
    return {**by_path, unit.path: UnitsProgress(**sums)}


def checked_month(year: int, today: date) -> date | None:
    """Return the first day of the last month that is over, of a campaign's year.

    None: none is over yet. Source: docs/rules/progress.md § 1.
    """
    before = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    last = min(before, date(year, DECEMBER, 1))
    return last if last.year == year else None


def _to_check(campaign: Campaign, today: date | None) -> Case | Value:
    """Return 1 where a pledge was confirmed by the end of the month that is over.

    People of one unit stand in one row, so their sum counts units.
    """
    month = checked_month(campaign.year, today) if today else None
    if month is None:
        return Value(0)
    return Case(When(_has_to_check(month), then=1), default=0)


def _checked(campaign: Campaign, today: date | None) -> Case | Value:
    """Return 1 where these pledges were gone through in that month.

    A round counts nowhere where there was nothing to check by then.
    """
    month = checked_month(campaign.year, today) if today else None
    if month is None:
        return Value(0)
    rounds = CheckRound.objects.filter(
        unit__campaign=campaign, on__gte=month, on__lt=_after(month)
    )
    went_through = Q(_has_to_check(month), unit__in=rounds.values("unit"))
    return Case(When(went_through, then=1), default=0)


def _has_to_check(month: date) -> Q:
    day = FIRST_CONFIRMED
    by_then = Q(**{f"{day}__lt": _after(month)}) | Q(**{f"{day}__isnull": True})
    return Q(by_then, pledge_confirmed__gt=0)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _grouped(rows: QuerySet, path: str, depth: int, name: str) -> QuerySet:
    """Count by the beginning of a path."""
    by = rows.order_by().values_list(Left(path, depth), Value(name))
    counted: QuerySet = by.annotate(count=Count("pk"))
    return counted


@dataclass(slots=True)
class DayCounts:
    """What is noted of a unit with all below it every night."""

    owed: int = 0
    sent: int = 0
    confirmed: int = 0
    study_owed: int = 0
    studied: int = 0
    reviewed: int = 0
    units: int = 0
    adopted: int = 0


PEOPLE_OF_A_DAY = ("owed", "sent", "confirmed", "study_owed", "studied", "reviewed")


def sums_of_campaign(campaign: Campaign) -> dict[str, DayCounts]:
    """Return what is noted of each unit with all below it, by its path; three queries."""
    sums: dict[str, DayCounts] = defaultdict(DayCounts)
    for path, name, count in _single(campaign):
        for above in ancestry(path):
            of = sums[above]
            setattr(of, name, getattr(of, name) + count)
    return sums


def _single(campaign: Campaign) -> Iterator[tuple[str, str, int]]:
    """Yield what there is just at each unit: its path, the count's name, the count."""
    people = Tally.objects.filter(
        unit__campaign=campaign, subject=Tally.Subject.MEMBERS
    ).annotate(**{f"of_{name}": COUNTS[name] for name in PEOPLE_OF_A_DAY})
    columns = [f"of_{name}" for name in PEOPLE_OF_A_DAY]
    for path, *counts in people.values_list("unit__path", *columns):
        for name, count in zip(PEOPLE_OF_A_DAY, counts, strict=True):
            yield path, name, count
    units = CampaignUnit.objects.filter(campaign=campaign, closed_on=None)
    yield from ((path, "units", 1) for path in units.values_list("path", flat=True))
    adopted = Programme.objects.filter(unit__in=units).exclude(
        state=Programme.State.DRAFT
    )
    paths = adopted.values_list("unit__path", flat=True)
    yield from ((path, "adopted", 1) for path in paths)
