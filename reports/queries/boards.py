"""What the board of a unit shows: how far the year is, in units and in numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from campaigns.models import Campaign, CampaignUnit, Participant, Placement, ProgressDay
from campaigns.queries.progress import PledgeProgress, pledge_progress
from members.paths import ancestry
from members.policy import Actor, Area
from reports.figures import percent_of

MOST_DAYS = 30
MOST_BOARDS = 60


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit with its counts; no address where the reader may not open it."""

    code: str
    name: str
    url: str
    pledges: PledgeProgress

    @property
    def percent(self) -> Decimal | None:
        """How many of those who owe a pledge have it confirmed."""
        return percent_of(self.pledges.confirmed, self.pledges.owed)


# What a board may be sorted by: units, never people (docs/rules/progress.md § 2).
SORTS: dict[str, Callable[[BoardRow], Any]] = {
    "name": lambda row: row.code.encode(),
    "owed": lambda row: (-row.pledges.owed, row.code.encode()),
    "confirmed": lambda row: (
        -(row.percent if row.percent is not None else -1),
        row.code.encode(),
    ),
}


@dataclass(frozen=True, slots=True)
class TrendDay:
    """What stood on a day that has passed."""

    on: date
    owed: int
    sent: int
    confirmed: int
    percent: Decimal | None


def board_url(campaign_id: int, live_unit_id: int) -> str:
    """Return the address of a unit's board."""
    return reverse("reports:unit_progress", args=[campaign_id, live_unit_id])


def boards_for(actor: Actor) -> list[tuple[CampaignUnit, str]]:
    """Return the outermost units in reach with their boards, the newest year first.

    One query. Units of running campaigns only.
    """
    visible = CampaignUnit.objects.visible_to(actor, Area.PROGRESS)
    outermost = (
        visible.filter(closed_on=None, campaign__in=Campaign.objects.running())
        .exclude(parent__in=visible)
        .select_related("campaign")
        .order_by("-campaign__year", "-campaign", "path")
    )
    return [
        (unit, board_url(unit.campaign_id, unit.live_unit_id))
        for unit in outermost[:MOST_BOARDS]
    ]


def board_of(
    unit: CampaignUnit, actor: Actor, *, sort: str
) -> tuple[BoardRow, list[BoardRow]]:
    """Return the unit's own row, and one for each unit directly below that is in reach.

    Two queries, whatever the size of the subtree. `sort` is a key of `SORTS`.
    """
    counts = pledge_progress(unit)
    below = (
        CampaignUnit.objects.visible_to(actor, Area.PROGRESS)
        .filter(parent=unit, closed_on=None)
        .values_list("path", "code", "name", "live_unit_id")
    )
    rows = [
        BoardRow(code, name, board_url(unit.campaign_id, live_unit_id), counts[path])
        for path, code, name, live_unit_id in below
        if path in counts
    ]
    rows.sort(key=SORTS[sort])
    return BoardRow(unit.code, unit.name, "", counts[unit.path]), rows


def above(unit: CampaignUnit, actor: Actor) -> list[tuple[str, str]]:
    """Return the boards above that the actor opens; one query."""
    units = (
        CampaignUnit.objects.visible_to(actor, Area.PROGRESS)
        .filter(campaign=unit.campaign_id, path__in=ancestry(unit.path)[:-1])
        .order_by("path")
    )
    return [
        (each.name, board_url(each.campaign_id, each.live_unit_id)) for each in units
    ]


def trend_of(unit: CampaignUnit, actor: Actor) -> list[TrendDay]:
    """Return the newest days that were noted of the unit, the newest first; one query."""
    days = (
        ProgressDay.objects.visible_to(actor)
        .filter(unit=unit)
        .order_by("-on")
        .values_list("on", "owed", "sent", "confirmed")
    )
    return [
        TrendDay(on, owed, sent, confirmed, percent_of(confirmed, owed))
        for on, owed, sent, confirmed in days[:MOST_DAYS]
    ]


def missing_in(unit: CampaignUnit, actor: Actor) -> list[str]:
    """Return who has sent no pledge, for those who keep the pledges of this unit.

    Shape: names in the order of the roll. One query; none for anybody else.
    """
    if not actor.reaches_unit(Area.PLEDGES, unit.custodian_id, unit.custodian.path):
        return []
    placed = Placement.objects.visible_to(actor, Area.PLEDGES).filter(unit=unit)
    people = (
        Participant.objects.visible_to(actor)
        .filter(pk__in=placed.values("participant"))
        .owing_pledges()
        .exclude(pledge_state__in=["SENT", "CONFIRMED"])
        .order_by("sort_key", "pk")
    )
    return list(people.values_list("full_name", flat=True))
