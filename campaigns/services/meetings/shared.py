"""What the acts on meetings share: holding one, refusing, recording."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Meeting
from campaigns.services import running, tallies
from campaigns.steps import is_of_year, window_of
from members import events
from members.dates import display_day
from members.policy import Actor, Area
from members.services import versions


class MeetingNotChangeable(Exception):
    """The meeting does not take this act; `column` names the field that causes it."""

    def __init__(self, text: str, *, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


def held_in_place(meeting: Meeting, *, version: int) -> Meeting:
    """Return the meeting as it is now, held until the transaction ends, and open.

    Raises: versions.ChangedMeanwhile if somebody has written a later version;
        MeetingNotChangeable if its campaign takes no acts, or if it is closed.
    """
    current = of_version(meeting, version=version)
    if current.is_closed:
        raise MeetingNotChangeable(
            _("This meeting is closed: %s.") % current.get_state_display()
        )
    return current


def of_version(meeting: Meeting, *, version: int) -> Meeting:
    """Return the same, closed or not.

    Raises: as `held_in_place`, but for a closed meeting.
    """
    rows = Meeting.objects.select_related("unit__campaign", "unit__custodian")
    current = versions.locked_version(rows, meeting, version=version)
    demand_running(current.unit)
    return current


def demand_running(unit: CampaignUnit) -> None:
    """Refuse an act in a campaign that is not opened yet, or closed.

    No file replaces the campaign any more.
    Raises: MeetingNotChangeable.
    """
    campaign = unit.campaign
    running.demand_running(campaign, MeetingNotChangeable)
    tallies.keep_worked_on(campaign)


def demand_day_of_year(meeting: Meeting, now: datetime) -> None:
    """Refuse a day that cannot be of the campaign's year.

    Raises: MeetingNotChangeable. Source: docs/rules/phases.md § 2.5.
    """
    year, today = meeting.unit.campaign.year, timezone.localdate(now)
    if not is_of_year(meeting.on, year, today=today):
        first, last = window_of(year)
        raise MeetingNotChangeable(
            _("In a campaign of %(year)s days lie between %(first)s and %(last)s.")
            % {
                "year": str(year),
                "first": display_day(first),
                "last": display_day(max(last, today)),
            },
            column="on",
        )


def saved(meeting: Meeting, *, action: str, actor: Actor, now: datetime) -> Meeting:
    """Save the meeting as a later version, and record the act."""
    meeting.version += 1
    meeting.save()
    events.record(
        action=f"meetings.{action}",
        subject=meeting,
        actor=actor,
        now=now,
        unit=meeting.unit.custodian,
        area=Area.WORK_EDIT,
        data={"campaign": meeting.unit.campaign_id},
    )
    return meeting
