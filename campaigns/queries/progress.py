"""How far the pledges are, unit by unit, from the tallies."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat, Substr

from campaigns.models import CampaignUnit, Tally
from campaigns.models.tally import PLEDGE_COLUMNS
from members.models import within
from members.paths import AFTER_DIGITS, SEGMENT

COUNTS = {
    "owed": F("present") - F("exempt") - F("suspended"),
    "draft": F(PLEDGE_COLUMNS["DRAFT"]),
    "sent": F(PLEDGE_COLUMNS["SENT"]),
    "returned": F(PLEDGE_COLUMNS["RETURNED"]),
    "confirmed": F(PLEDGE_COLUMNS["CONFIRMED"]),
    "free": F("exempt") + F("suspended"),
}


@dataclass(frozen=True, slots=True)
class PledgeProgress:
    """How many owe a pledge, and where those stand that are begun."""

    owed: int = 0
    draft: int = 0
    sent: int = 0
    returned: int = 0
    confirmed: int = 0
    free: int = 0  # owe none

    @property
    def not_begun(self) -> int:
        """Those of whom the cell has nothing at all."""
        return self.owed - self.draft - self.sent - self.returned - self.confirmed

    @property
    def not_with_the_cell(self) -> int:
        """Those whose pledge the cell has not: not begun, being written, returned."""
        return self.owed - self.sent - self.confirmed


def pledge_progress(unit: CampaignUnit) -> dict[str, PledgeProgress]:
    """Return the counts of the unit's subtree, and of the subtree of each child.

    One grouped query over a path range. Shape: by path; the unit's own path holds
    everything at and below it.
    Source: docs/rules/progress.md § 1.
    """
    child = Substr("unit__path", 1, len(unit.path) + SEGMENT)
    rows = (
        Tally.objects.filter(
            within([unit.path], "unit__path"),
            unit__campaign=unit.campaign_id,
            subject=Tally.Subject.MEMBERS,
        )
        .values_list(child)
        .annotate(**{name: Sum(count) for name, count in COUNTS.items()})
        .order_by()
    )
    found = {path: PledgeProgress(*counts) for path, *counts in rows}
    columns = zip(*map(astuple, found.values()), strict=True)
    return {**found, unit.path: PledgeProgress(*map(sum, columns))}


def sums_below(units: QuerySet[CampaignUnit]) -> Iterator[tuple[int, int, int, int]]:
    """Yield of each unit its number, and how many owe, sent, have it confirmed below.

    One query; the unit's own people are among them.
    """
    counts = map(_below, ("owed", "sent", "confirmed"))
    yield from units.order_by("pk").values_list("pk", *counts)


def _below(name: str) -> Coalesce:
    tallies = Tally.objects.filter(
        subject=Tally.Subject.MEMBERS,
        unit__campaign=OuterRef("campaign"),
        unit__path__gte=OuterRef("path"),
        unit__path__lt=Concat(OuterRef("path"), Value(AFTER_DIGITS)),
    )
    sums = tallies.order_by().values("subject").annotate(total=Sum(COUNTS[name]))
    total = Subquery(sums.values("total"), output_field=IntegerField())
    return Coalesce(total, Value(0))
