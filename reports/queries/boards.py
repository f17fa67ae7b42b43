"""What the board of a unit shows: how far the year is, in units and in numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from campaigns.models import Campaign, CampaignUnit, ProgressDay
from campaigns.queries.matters import matters_of_people
from campaigns.queries.matters.people import OfPeople
from campaigns.queries.phases import Span
from campaigns.queries.progress import (
    PeopleProgress,
    UnitsProgress,
    people_progress,
    units_progress,
)
from campaigns.queries.reminders import names_missing
from campaigns.queries.steps_taken import spans_of_unit
from campaigns.reminding import Matter
from members.paths import ancestry
from members.policy import Actor, Area
from reports.figures import percent_of

MOST_DAYS = 30
MOST_BOARDS = 60


# What a board shows, in the order of the year.
PARTS = ("study", "programme", "confirmed", "check", "review")


def parts_for(unit: CampaignUnit, actor: Actor) -> tuple[str, ...]:
    """Return what the board of a unit shows to somebody.

    Source: docs/rules/progress.md § 2.1.
    """
    unit_and_path = unit.custodian_id, unit.custodian.path
    if actor.is_system or actor.reaches_unit(Area.FIGURES, *unit_and_path):
        return PARTS
    return PARTS[:-1]


@dataclass(frozen=True, slots=True)
class Share:
    """How many have done it, of how many who are asked."""

    done: int
    base: int

    @property
    def percent(self) -> Decimal | None:
        """Of a hundred; None where nobody is asked."""
        return percent_of(self.done, self.base)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A unit with its counts; no address where the reader may not open it."""

    code: str
    name: str
    url: str
    pledges: PeopleProgress
    units: UnitsProgress
    parts: tuple[str, ...] = PARTS  # those that the reader sees

    @property
    def shares(self) -> dict[str, Share]:
        """Each part of the year that the reader sees, in its order.

        Source: docs/rules/progress.md § 1.
        """
        people, units = self.pledges, self.units
        every = {
            "study": Share(people.studied, people.study_owed),
            "programme": Share(units.adopted, units.units),
            "confirmed": Share(people.confirmed, people.owed),
            "check": Share(people.checked, people.to_check),
            "review": Share(people.reviewed, people.owed),
        }
        return {part: every[part] for part in self.parts}

    @property
    def percent(self) -> Decimal | None:
        """How many of those who owe a pledge have it confirmed."""
        return self.shares["confirmed"].percent


def _in_order(row: BoardRow) -> Any:
    return row.code.encode()


def _by_share(name: str) -> Callable[[BoardRow], Any]:
    def key(row: BoardRow) -> Any:
        share = row.shares.get(name)  # none: the reader does not see it
        percent = share.percent if share else None
        return -(percent if percent is not None else -1), row.code.encode()

    return key


# What a board may be sorted by: units, never people (docs/rules/progress.md § 2).
SORTS: dict[str, Callable[[BoardRow], Any]] = {
    "name": _in_order,
    "owed": lambda row: (-row.pledges.owed, row.code.encode()),
    **{name: _by_share(name) for name in PARTS},
}


@dataclass(frozen=True, slots=True)
class TrendDay:
    """What stood on a day that has passed."""

    on: date
    sent: int
    study: Share
    programme: Share
    pledges: Share
    review: Share | None  # None: the reader does not see it

    @property
    def shares(self) -> tuple[Share, ...]:
        """In the order of the year."""
        shown = self.study, self.programme, self.pledges, self.review
        return tuple(share for share in shown if share)


@dataclass(frozen=True, slots=True)
class Missing:
    """Who of a cell has not done a matter: names in the order of the roll."""

    matter: OfPeople
    names: list[str]


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
    unit: CampaignUnit, actor: Actor, *, sort: str, today: date
) -> tuple[BoardRow, list[BoardRow]]:
    """Return the unit's own row, and one for each unit directly below that is in reach.

    Three queries, whatever the size of the subtree. `sort` is a key of `SORTS`.
    """
    people = people_progress(unit, today=today)
    units = units_progress(unit)
    none, nobody = UnitsProgress(), PeopleProgress()
    parts = parts_for(unit, actor)
    below = (
        CampaignUnit.objects.visible_to(actor, Area.PROGRESS)
        .filter(parent=unit, closed_on=None)
        .values_list("path", "code", "name", "live_unit_id")
    )
    rows = [
        BoardRow(
            code,
            name,
            board_url(unit.campaign_id, live_unit_id),
            people.get(path, nobody),
            units.get(path, none),
            parts,
        )
        for path, code, name, live_unit_id in below
    ]
    rows.sort(key=SORTS[sort])
    counts = people[unit.path], units[unit.path]
    own = BoardRow(unit.code, unit.name, "", *counts, parts)
    return own, rows


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
    days = ProgressDay.objects.visible_to(actor).filter(unit=unit).order_by("-on")
    sees_reviews = "review" in parts_for(unit, actor)
    return [
        TrendDay(
            on=day.on,
            sent=day.sent,
            study=Share(day.studied, day.study_owed),
            programme=Share(day.adopted, day.units),
            pledges=Share(day.confirmed, day.owed),
            review=Share(day.reviewed, day.owed) if sees_reviews else None,
        )
        for day in days[:MOST_DAYS]
    ]


def missing_in(unit: CampaignUnit, actor: Actor, *, today: date) -> list[Missing]:
    """Return who has not done what has begun, for those who keep this unit's pledges.

    Three queries at most, and two for the time; none for anybody else.
    """
    if not actor.reaches_unit(Area.PLEDGES, unit.custodian_id, unit.custodian.path):
        return []
    spans = spans_of_unit(unit)
    begun = [
        matter
        for matter in matters_of_people()
        if _has_begun(matter, spans.get(matter.step), today)
    ]
    found = (Missing(matter, names_missing(unit, matter)) for matter in begun)
    return [each for each in found if each.names]


def _has_begun(matter: OfPeople, span: Span | None, today: date) -> bool:
    """Tell whether it can be done; pledges also where no time is set for them."""
    if span is None:
        return matter.code == Matter.PLEDGE
    return span.from_on <= today
