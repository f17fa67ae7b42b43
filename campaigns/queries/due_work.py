"""What the work of a unit waits for: meetings, its programme, what is to be studied.

Source: docs/rules/reminders.md § 1.6.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import (
    Campaign,
    CampaignUnit,
    CoChair,
    Meeting,
    Participant,
    Placement,
    Programme,
    ProgrammeCheck,
    StudyAttendance,
    StudyDocument,
)
from campaigns.models.campaign import in_reach
from campaigns.queries.meetings import due_meetings
from campaigns.queries.phases import spans_of_people, spans_of_units
from campaigns.queries.study import NOT_CALLED
from campaigns.steps import Step
from members.dates import display_day
from members.due import MOST_UNITS, DueItem, several
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

State = Programme.State
# From this month on the result of the year is asked for. [U]
MONTH_OF_RESULTS = 12
WITH_A_RESULT = (State.SENT, State.APPROVED)


def meetings_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the own cells in which several months passed without a meeting.

    Only their committee is told; two queries. Source: docs/rules/meetings.md § 6.
    """
    if not actor.units(Area.WORK_EDIT):
        return
    for due in due_meetings(actor, today=today):
        text = ngettext(
            "%(count)d month has no regular meeting: %(months)s.",
            "%(count)d months have no regular meeting: %(months)s.",
            len(due.months),
        )
        months = ", ".join(f"{each:%m/%Y}" for each in due.months)
        yield DueItem(
            key=f"campaigns.meetings/{due.unit.pk}",
            sentence=text % {"count": len(due.months), "months": months},
            url=_of_unit("meetings:meeting_list", due.unit),
            button=_("Open the meetings"),
            count=len(due.months),
            campaign=due.unit.campaign.name,
        )


def programme_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the own units whose programme waits: to be adopted, checked, reported.

    For the committee of the unit itself; five queries.
    """
    if not actor.units(Area.WORK_EDIT):
        return
    units = list(
        CampaignUnit.objects.filter(
            in_reach(actor, Area.WORK_EDIT),
            campaign__in=Campaign.objects.running(),
            closed_on=None,
        )
        .select_related("campaign")
        .order_by("-campaign__year", "path")[:MOST_UNITS]
    )
    programmes = {row.unit_id: row for row in Programme.objects.filter(unit__in=units)}
    spans = spans_of_units([unit.pk for unit in units], step=Step.PROGRAMME)
    unchecked = _unchecked_meetings(programmes, today)
    for unit in units:
        programme, span = programmes.get(unit.pk), spans.get(unit.pk)
        if programme is None or programme.state == State.DRAFT:
            if span and span.from_on <= today:
                yield _to_be_adopted(unit, span.last_day)
        elif _lacks_result(programme, unit, today):
            yield _to_be_reported(unit, programme)
        elif meeting := unchecked.get(unit.pk):
            yield _to_be_checked(unit, programme, meeting)


def co_chair_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the programmes whose result one writes or signs as a co-chair; one query.

    The co-chair may belong to another unit, from whose pages nothing leads there.
    Source: docs/rules/programmes.md § 4.
    """
    if actor.member_id is None:
        return
    chairs = (
        CoChair.objects.own(actor)
        .in_force()
        .filter(
            signed_on=None,
            programme__state__in=Programme.RUNNING,
            programme__unit__closed_on=None,
            programme__unit__campaign__in=Campaign.objects.running(),
        )
        .select_related("programme__unit__campaign")
        .order_by("-programme__unit__campaign__year", "programme__unit__path")
    )
    for chair in chairs:
        if due := _of_co_chair(chair.programme, today):
            yield due


def study_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield how much of what the own unit studies one has not studied.

    Three queries, and one for each running campaign; most often there is one.

    Source: docs/rules/study.md § 4.5.
    """
    if actor.member_id is None:
        return
    places = _places_of(actor)
    spans = spans_of_people([each.participant_id for each in places], step=Step.STUDY)
    for place in places:
        span = spans.get(place.participant_id)
        if span is None or today not in span:
            continue
        read = StudyAttendance.objects.filter(
            participant=place.participant_id,
            how__in=StudyAttendance.STUDIED,
            session__documents=OuterRef("pk"),
        )
        asked = StudyDocument.objects.asked_of(place.unit)
        if count := asked.filter(~Exists(read)).count():
            yield _to_be_studied(place.unit, count, span.last_day)


@opened_for(Purpose.RESULTS)  # where one is placed oneself
def _places_of(actor: Actor) -> list[Placement]:
    placed = Placement.objects.open().filter(
        participant__in=Participant.objects.own(actor).counted(),
        unit__campaign__in=Campaign.objects.running(),
    )
    called = placed.exclude(participant__status__in=NOT_CALLED)
    return list(
        called.select_related("unit__campaign").order_by("-unit__campaign__year")
    )


def _unchecked_meetings(
    programmes: dict[int, Programme], today: date
) -> dict[int, Meeting]:
    """Return the latest meeting held by each unit, if its programme was not checked.

    Neither there nor since; a programme adopted after the meeting is not meant.
    """
    running = [row for row in programmes.values() if row.state in Programme.RUNNING]
    since = ProgrammeCheck.objects.filter(
        Q(meeting=OuterRef("pk")) | Q(on__gte=OuterRef("on")),
        item__programme__unit=OuterRef("unit"),
    )
    held = Meeting.objects.filter(
        unit__in=[row.unit_id for row in running],
        body=None,
        kind=Meeting.Kind.REGULAR,
        on__lte=today,
    ).held()
    latest = {
        each.unit_id: each
        for each in held.annotate(is_checked=Exists(since)).order_by("on", "pk")
    }
    return {
        unit_id: meeting
        for unit_id, meeting in latest.items()
        if not meeting.is_checked and _was_adopted_by(programmes[unit_id], meeting.on)
    }


def _was_adopted_by(programme: Programme, day: date) -> bool:
    return programme.adopted_on is not None and programme.adopted_on <= day


def _lacks_result(programme: Programme, unit: CampaignUnit, today: date) -> bool:
    """Tell whether the result is to be sent: at the year's end, or again at any time."""
    begins = date(unit.campaign.year, MONTH_OF_RESULTS, 1)
    is_back = programme.state == State.RETURNED
    return is_back or (programme.state not in WITH_A_RESULT and today >= begins)


def _to_be_adopted(unit: CampaignUnit, last_day: date) -> DueItem:
    return DueItem(
        key=f"campaigns.programme_to_adopt/{unit.pk}",
        sentence=_("The action programme of %s is not adopted.") % unit.name,
        url=_of_unit("work:programme", unit),
        button=_("Open the programme"),
        due_on=last_day,
        campaign=unit.campaign.name,
    )


def _to_be_reported(unit: CampaignUnit, programme: Programme) -> DueItem:
    text = _("The result of the action programme of %s is not sent.")
    if programme.state == State.RETURNED:
        text = _("The level above has returned the result of the programme of %s.")
    return DueItem(
        key=f"campaigns.programme_to_report/{unit.pk}",
        sentence=text % unit.name,
        url=_of_unit("work:programme", unit),
        button=_("Open the programme"),
        due_on=date(unit.campaign.year, 12, 31),
        campaign=unit.campaign.name,
    )


def _of_co_chair(programme: Programme, today: date) -> DueItem | None:
    unit = programme.unit
    if programme.state == State.REPORTED:
        text = _("The result of the action programme of %s waits for your signature.")
    elif _lacks_result(programme, unit, today):
        text = _(
            "The result of the action programme of %s, of which you are a co-chair, is "
            "not written."
        )
    else:
        return None
    return DueItem(
        key=f"campaigns.programme_co_chaired/{programme.pk}",
        sentence=text % unit.name,
        url=reverse("work:programme_named", args=[programme.pk]),
        button=_("Open the programme"),
        is_own=True,
        campaign=unit.campaign.name,
    )


def _to_be_checked(
    unit: CampaignUnit, programme: Programme, meeting: Meeting
) -> DueItem:
    check = reverse("work:programme_check", args=[programme.pk])
    return DueItem(
        key=f"campaigns.programme_to_check/{unit.pk}",
        sentence=_("The action programme was not checked at the meeting of %s.")
        % display_day(meeting.on),
        url=f"{check}?meeting={meeting.pk}",
        button=_("Record the check"),
        campaign=unit.campaign.name,
    )


def _to_be_studied(unit: CampaignUnit, count: int, last_day: date) -> DueItem:
    return several(
        key=f"campaigns.study/{unit.pk}",
        text=ngettext(
            "You have not studied %(count)d document of the year yet.",
            "You have not studied %(count)d documents of the year yet.",
            count,
        ),
        count=count,
        url=_of_unit("work:study", unit),
        button=_("Look at the documents"),
        due_on=last_day,
        is_own=True,
        campaign=unit.campaign.name,
    )


def _of_unit(name: str, unit: CampaignUnit) -> str:
    return reverse(name, args=[unit.campaign_id, unit.live_unit_id])
