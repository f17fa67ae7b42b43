"""What the pages of meetings read: the year of a unit, one meeting, who belongs there.

Source: docs/rules/meetings.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import (
    AgendaItem,
    Attendance,
    Campaign,
    CampaignUnit,
    Meeting,
    MeetingGuest,
    MeetingRating,
    MeetingSheet,
    MeetingTask,
    Minutes,
    MinutesCorrection,
    Participant,
    Placement,
    PledgeCheck,
)
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell, of_own_units
from campaigns.queries.meeting_sections import Section
from campaigns.queries.pledges import task_checks
from members.models import Post
from members.paths import ancestry
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary

MONTHS = 12
# So many months without a regular meeting are a due item of the cell's committee. [U]
SEVERAL = 2
NOT_EXPECTED = (Participant.Status.EXEMPT, Participant.Status.SUSPENDED)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with what was found of the pledges' items that point to it."""

    task: MeetingTask
    checks: Sequence[PledgeCheck]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list of a year."""

    meeting: Meeting
    degree: str  # "" while it is not rated
    own: str  # the reader's own attendance, in words


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the year with its meetings; `lacks` if the regular one is missing."""

    first: date
    lines: Sequence[MeetingLine]
    lacks: bool


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """What one meeting holds for a reader; what they may not read is empty."""

    agenda: Sequence[AgendaItem]
    guests: Sequence[MeetingGuest]
    minutes: Minutes | None
    corrections: Sequence[MinutesCorrection]
    rating: MeetingRating | None
    own: Attendance | None
    tasks: Sequence[TaskLine]


@dataclass(frozen=True, slots=True)
class DueMeetings:
    """A cell of the reader's in which several months passed without a meeting."""

    unit: CampaignUnit
    months: Sequence[date]


def unit_for(actor: Actor, *, campaign_id: int, unit_id: int) -> CampaignUnit | None:
    """Return the campaign's copy of a live unit, if one sees its meetings; one query."""
    seen = Q(in_reach(actor, Area.WORK)) | of_own_units(actor)
    units = CampaignUnit.objects.select_related("campaign", "custodian")
    return units.filter(seen, campaign=campaign_id, live_unit=unit_id).first()


def units_to_begin_with(actor: Actor) -> list[CampaignUnit]:
    """Return the own cell and the units of one's posts in campaigns that run."""
    posts = [
        post.unit_id
        for post in actor.posts
        if actor.reaches_unit(Area.WORK, post.unit_id, post.unit_path)
    ]
    mine = Q(live_unit__in=posts) & Q(in_reach(actor, Area.WORK))
    units = CampaignUnit.objects.filter(
        mine | of_own_cell(actor),
        campaign__state__in=TAKES_ACTS,
        closed_on=None,
    )
    return list(
        units.select_related("campaign").order_by("-campaign__year", "campaign", "path")
    )


def year_of(unit: CampaignUnit, actor: Actor, *, today: date) -> list[Month]:
    """Return the twelve months of the campaign's year, and those before it with meetings.

    Three queries.
    """
    seen = Meeting.objects.visible_to(actor).filter(unit=unit)
    meetings = list(seen.select_related("body").order_by("on", "pk"))
    degrees = dict(
        MeetingRating.objects.filter(meeting__in=seen).values_list("meeting", "degree")
    )
    own = {
        row.meeting_id: row.get_state_display()
        for row in Attendance.objects.own(actor).filter(meeting__unit=unit)
    }
    of: dict[date, list[MeetingLine]] = defaultdict(list)
    for each in meetings:
        line = MeetingLine(each, degrees.get(each.pk, ""), own.get(each.pk, ""))
        of[each.on.replace(day=1)].append(line)
    lacking = months_lacking(unit, _regular(meetings), today=today)
    year = [date(unit.campaign.year, month, 1) for month in range(1, MONTHS + 1)]
    return [
        Month(first, of.get(first, ()), lacks=first in lacking)
        for first in sorted({*year, *of})
    ]


def months_lacking(
    unit: CampaignUnit, held: Collection[date], *, today: date
) -> list[date]:
    """Return the months that are over and had no regular meeting; of cells alone.

    Shape: first days; `held` are the first days of the months that had one.
    Source: docs/rules/meetings.md § 6.
    """
    if not is_cell(unit):
        return []
    year = unit.campaign.year
    opened = unit.campaign.opened_at
    begins = timezone.localdate(opened).replace(day=1) if opened else date(year, 1, 1)
    ends = today.replace(day=1)
    months = (date(year, month, 1) for month in range(1, MONTHS + 1))
    return [each for each in months if begins <= each < ends and each not in held]


def due_meetings(actor: Actor, *, today: date) -> list[DueMeetings]:
    """Return the cells whose own committee has several months to account for.

    Only that committee sees them, so by `WORK_EDIT` of the cell alone; two queries.
    """
    units = CampaignUnit.objects.filter(
        in_reach(actor, Area.WORK_EDIT),
        custodian__in=actor.units(Area.WORK_EDIT),
        campaign__state__in=TAKES_ACTS,
        kind__in=vocabulary().cells,
        closed_on=None,
    )
    rows = list(units.select_related("campaign").order_by("campaign", "path"))
    regular = Meeting.objects.filter(unit__in=rows, body=None).held()
    of: dict[int, set[date]] = defaultdict(set)
    for unit_id, on in regular.filter(kind=Meeting.Kind.REGULAR).values_list(
        "unit", "on"
    ):
        of[unit_id].add(on.replace(day=1))
    lacking = (
        DueMeetings(unit, months_lacking(unit, of[unit.pk], today=today))
        for unit in rows
    )
    return [each for each in lacking if len(each.months) >= SEVERAL]


@opened_for(Purpose.MEETING)
def page_of(meeting: Meeting, actor: Actor) -> MeetingPage:
    """Return what a meeting that was got by a scope holds for the reader.

    Nine queries.
    """
    minutes = Minutes.objects.visible_to(actor).filter(meeting=meeting).first()
    corrections = MinutesCorrection.objects.filter(minutes=minutes or 0)
    tasks = MeetingTask.objects.filter(meeting=meeting)
    if minutes is None:  # the minutes name all of them
        tasks = tasks.filter(pk__in=MeetingTask.objects.visible_to(actor))
    return MeetingPage(
        agenda=list(AgendaItem.objects.filter(meeting=meeting)),
        guests=list(
            MeetingGuest.objects.visible_to(actor)
            .filter(meeting=meeting)
            .order_by("pk")
        ),
        minutes=minutes,
        corrections=list(corrections),
        rating=MeetingRating.objects.filter(meeting=meeting).first(),
        own=Attendance.objects.own(actor).filter(meeting=meeting).first(),
        tasks=lines_of(
            tasks.select_related("participant").order_by("due_on", "pk"), actor
        ),
    )


def sections_of(meeting: Meeting, actor: Actor) -> list[Section]:
    """Return what other parts have to do with a meeting that was got by a scope.

    Asks those that `settings.MEETING_SECTIONS` names, each for its section or none: so
    apps above are asked without being known.
    """
    parts = [import_string(path) for path in settings.MEETING_SECTIONS]
    found = (section_of(meeting, actor) for section_of in parts)
    return [each for each in found if each]


def lines_of(tasks: Iterable[MeetingTask], actor: Actor) -> list[TaskLine]:
    """Return tasks with the checks of pledges that the actor may read; one query more."""
    rows = list(tasks)
    checks = task_checks([task.pk for task in rows], actor)
    return [TaskLine(task, checks.get(task.pk, ())) for task in rows]


@opened_for(Purpose.MEETING)
def expected_at(meeting: Meeting) -> list[Participant]:
    """Return who is expected at a meeting that was got by a scope, by name; one query.

    Of a committee one query more. Nobody: the meeting is known by headcount.
    Source: docs/rules/meetings.md § 2.
    """
    if meeting.body_id is not None:
        return []
    recorded = Attendance.objects.filter(meeting=meeting)
    if is_cell(meeting.unit):
        belong = Q(
            pk__in=Placement.objects.open()
            .filter(unit=meeting.unit_id)
            .values("participant")
        )
    else:
        belong = Q(
            campaign=meeting.unit.campaign_id, member__in=_committee_of(meeting.unit)
        )
    people = Participant.objects.filter(
        belong & ~Q(status__in=NOT_EXPECTED) | Q(pk__in=recorded.values("participant"))
    )
    return list(people.order_by("sort_key", "pk"))


@opened_for(Purpose.MEETING)
def recorded_at(meeting: Meeting) -> dict[int, Attendance]:
    """Return what is recorded of the people of such a meeting, by participant."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("participant")
    return {row.participant_id: row for row in rows}


@opened_for(Purpose.MEETING)
def open_tasks_at(meeting: Meeting) -> list[MeetingTask]:
    """Return the tasks of earlier meetings that this one checks, or has checked."""
    earlier = Meeting.objects.filter(unit=meeting.unit_id, body=meeting.body_id).filter(
        Q(on__lt=meeting.on) | Q(on=meeting.on, pk__lt=meeting.pk)
    )
    tasks = MeetingTask.objects.filter(meeting__in=earlier).filter(
        Q(result="") | Q(checked_at=meeting)
    )
    return list(tasks.select_related("participant", "meeting").order_by("due_on", "pk"))


@opened_for(Purpose.MEETING)
def tasks_of(meeting: Meeting) -> list[MeetingTask]:
    """Return what a meeting that was got by a scope has concluded."""
    tasks = MeetingTask.objects.filter(meeting=meeting)
    return list(tasks.select_related("participant").order_by("due_on", "pk"))


def own_tasks(actor: Actor, unit: CampaignUnit) -> list[TaskLine]:
    """Return what the reader was given at meetings of a unit, open ones first."""
    tasks = MeetingTask.objects.own(actor).filter(meeting__unit=unit)
    return lines_of(tasks.order_by("result", "due_on", "pk"), actor)


def sheet_for(unit: CampaignUnit) -> MeetingSheet | None:
    """Return the sheet of the nearest committee at or above; one query."""
    sheets = MeetingSheet.objects.filter(
        unit__campaign=unit.campaign_id, unit__path__in=ancestry(unit.path)
    )
    return sheets.select_related("unit").order_by("-unit__path").first()


def last_meeting(unit: CampaignUnit) -> Meeting | None:
    """Return the latest regular meeting of a unit, from which the next is planned."""
    regular = Meeting.objects.filter(
        unit=unit, body=None, kind=Meeting.Kind.REGULAR
    ).exclude(state=Meeting.State.CANCELLED)
    return regular.order_by("-on", "-pk").first()


def agenda_text(meeting: Meeting) -> str:
    """Return the own matters of a meeting that was got by a scope, one a line."""
    own = AgendaItem.objects.filter(meeting=meeting, content=None)
    return "\n".join(str(item) for item in own)


def contents_on_agenda(meeting: Meeting) -> list[int]:
    """Return the numbers of the plan's items on the agenda of such a meeting."""
    of_plan = AgendaItem.objects.filter(meeting=meeting, content__isnull=False)
    return list(of_plan.values_list("content", flat=True))


def asks_dues(meeting: Meeting) -> bool:
    """Tell whether dues are asked at a meeting: at regular ones of a cell."""
    return (
        meeting.kind == Meeting.Kind.REGULAR
        and meeting.body_id is None
        and is_cell(meeting.unit)
    )


@opened_for(Purpose.HOLDERS)
def _committee_of(unit: CampaignUnit) -> list[int]:
    posts = Post.objects.in_force().of_committees()
    posts = posts.filter(unit=unit.custodian_id, member__isnull=False)
    return list(posts.values_list("member", flat=True))


def _regular(meetings: Collection[Meeting]) -> set[date]:
    return {
        each.on.replace(day=1)
        for each in meetings
        if each.took_place
        and each.kind == Meeting.Kind.REGULAR
        and each.body_id is None
    }


def is_cell(unit: CampaignUnit) -> bool:
    """Tell whether people are placed in a unit; others are committees."""
    return unit.kind in vocabulary().cells


def is_running(campaign: Campaign) -> bool:
    """Tell whether the campaign takes acts on meetings."""
    return campaign.state in TAKES_ACTS
