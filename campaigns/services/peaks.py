"""Each unit, and each body at it, sets its day in the window of a peak.

Source: docs/rules/campaign-plan.md § 2.5.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Meeting,
    Peak,
    PeakDay,
)
from campaigns.services import running, tallies
from campaigns.services.plans import PlanNotChangeable
from members import events
from members.dates import display_day
from members.policy import Actor, Area
from members.services.versions import ChangedMeanwhile


def set_day(
    *,
    peak: Peak,
    unit: CampaignUnit,
    body: CampaignBody | None,
    version: int,
    on: date | None,
    is_held: bool,
    attendance: int | None,
    outcome: str,
    meeting: Meeting | None = None,
    actor: Actor,
    now: datetime,
) -> PeakDay:
    """Write the day of a unit or body, and what was done on it; version 0 is the first.

    Of a `meeting` at which it was held day and headcount count, and what is given of them
    is not kept.
    Raises: PlanNotChangeable if the campaign does not run, the day is outside the window
        or is not told, what is held lies in the future, or the meeting is another's or
        did not take place. ChangedMeanwhile.
    """
    with events.written_last():
        campaign = Campaign.objects.select_for_update(no_key=True).get(
            pk=peak.campaign_id
        )
        if meeting:
            _check_meeting(meeting, unit, body)
            on, is_held, attendance = meeting.on, True, None
        if on is None:
            raise PlanNotChangeable(_("Enter the day."), column="on")
        _check(campaign, peak, on, is_held=is_held, today=timezone.localdate(now))
        day = PeakDay.objects.filter(peak=peak, unit=unit, body=body).first()
        if day and day.version != version:
            raise ChangedMeanwhile(day)
        day = day or PeakDay(peak=peak, unit=unit, body=body, version=0)
        day.on, day.is_held = on, is_held
        day.attendance, day.outcome, day.meeting = attendance, outcome, meeting
        day.version += 1
        day.save()
        events.record(
            action="campaigns.peak_day_set",
            subject=day,
            actor=actor,
            now=now,
            unit=unit.custodian,
            area=Area.WORK_EDIT,
            data={"campaign": campaign.pk},
        )
    return day


def _check_meeting(
    meeting: Meeting, unit: CampaignUnit, body: CampaignBody | None
) -> None:
    is_theirs = meeting.unit_id == unit.pk and meeting.body_id == (body and body.pk)
    if not (is_theirs and meeting.took_place):
        raise PlanNotChangeable(
            _("Choose a meeting that was held here."), column="meeting"
        )


def _check(
    campaign: Campaign, peak: Peak, on: date, *, is_held: bool, today: date
) -> None:
    running.demand_running(campaign, PlanNotChangeable)
    tallies.keep_from_imports(Campaign.objects.filter(pk=campaign.pk))
    if not peak.from_on <= on < peak.until_on:
        raise PlanNotChangeable(
            _("This peak goes from %(first)s to %(last)s.")
            % {
                "first": display_day(peak.from_on),
                "last": display_day(peak.last_day),
            },
            column="on",
        )
    if is_held and on > today:
        raise PlanNotChangeable(_("Nothing is held before its day."), column="is_held")
