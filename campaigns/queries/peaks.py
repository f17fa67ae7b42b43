"""How far a peak is held: of the units that stand open and the bodies that take part."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from campaigns.models import (
    CampaignBody,
    CampaignUnit,
    Meeting,
    MeetingTask,
    Peak,
    PeakDay,
)
from members.models import within
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class PeakLine:
    """One unit of the board: itself, and all of it that is held and expected."""

    unit: CampaignUnit
    day: PeakDay | None
    held: int
    expected: int
    tasks: int = 0  # that the meeting concluded at which it was held


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One body at the unit, with its day."""

    body: CampaignBody
    day: PeakDay | None
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class PeakBoard:
    """The board of a unit: itself, and what stands directly below."""

    own: PeakLine
    bodies: list[BodyLine]
    below: list[PeakLine]


def peak_board(peak: Peak, unit: CampaignUnit, actor: Actor) -> PeakBoard:
    """Return how far a peak is held at a unit and below; four queries.

    The caller got the unit through a scope; lines below are those in reach.
    """
    reached = CampaignUnit.objects.visible_to(actor, Area.WORK)
    units = list(
        reached.filter(
            within([unit.path]), campaign=peak.campaign_id, closed_on=None
        ).order_by("path")
    )
    bodies = list(
        CampaignBody.objects.filter(unit__in=units)
        .filter(kind__in=("AUTHORITY", "FATHERLAND_FRONT", "MASS_ORGANISATION"))
        .order_by("kind", "pk")
    )
    seen = PeakDay.objects.visible_to(actor).filter(peak=peak, unit__in=units)
    days = {
        (day.unit_id, day.body_id): day
        for day in seen.select_related("meeting__unit__campaign")
    }
    tasks = _tasks_of(day.meeting_id for day in days.values())
    path_of = {each.pk: each.path for each in units}
    expected = [each.path for each in units]
    expected += [path_of[body.unit_id] for body in bodies]
    held = [path_of[day.unit_id] for day in days.values() if day.is_held]

    def line(of: CampaignUnit) -> PeakLine:
        day = days.get((of.pk, None))
        return PeakLine(
            of,
            day,
            sum(path.startswith(of.path) for path in held),
            sum(path.startswith(of.path) for path in expected),
            tasks.get(day.meeting_id, 0) if day else 0,
        )

    def body_line(of: CampaignBody) -> BodyLine:
        day = days.get((unit.pk, of.pk))
        return BodyLine(of, day, tasks.get(day.meeting_id, 0) if day else 0)

    return PeakBoard(
        own=line(unit),
        bodies=[body_line(body) for body in bodies if body.unit_id == unit.pk],
        below=[line(each) for each in units if each.parent_id == unit.pk],
    )


def meetings_for(
    peak: Peak, unit: CampaignUnit, body: CampaignBody | None, actor: Actor
) -> QuerySet[Meeting]:
    """Return the meetings at which a unit, or a body at it, may have held a peak.

    Those that took place within its window, the latest first.
    """
    kept = Meeting.objects.editable_by(actor).held().filter(unit=unit, body=body)
    return kept.filter(on__gte=peak.from_on, on__lt=peak.until_on).order_by("-on", "pk")


@opened_for(Purpose.MEETING)  # counts of the tasks of meetings got by a scope
def _tasks_of(meetings: Iterable[int | None]) -> dict[int | None, int]:
    """Return how many tasks each meeting has concluded; one query."""
    tasks = MeetingTask.objects.filter(meeting__in=[pk for pk in meetings if pk])
    counted = tasks.values("meeting").annotate(count=Count("pk")).order_by()
    return dict(counted.values_list("meeting", "count"))
