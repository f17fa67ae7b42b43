"""Meetings of a district's first cell, for the access matrix."""

from datetime import UTC, date, datetime

from campaigns.models import Campaign, CampaignUnit, Meeting
from members.models import PartyUnit
from tests.access.world_ballots import ballots_of
from tests.factories import (
    MeetingFactory,
    MeetingGuestFactory,
    MeetingSheetFactory,
    MeetingTaskFactory,
    MinutesFactory,
)

SIGNED_AT = datetime(2026, 11, 23, 3, tzinfo=UTC)


def meetings_of(
    code: str, campaign: Campaign, cell: PartyUnit, root: PartyUnit
) -> dict[str, object]:
    """One held and two signed, one of them of self-criticism; the sheet of the root.

    Beside them the review meetings of `world_ballots`.
    """
    units = CampaignUnit.objects.filter(campaign=campaign)
    unit = units.get(live_unit=cell)
    MeetingSheetFactory(unit=units.get(live_unit=root))
    held = MeetingFactory(unit=unit, on=date(2022, 3, 5), state=Meeting.State.HELD)
    MinutesFactory(meeting=held)
    meetings = {"held": held, **ballots_of(code, campaign, cell)}
    for name, kind in (
        ("signed", Meeting.Kind.REGULAR),
        ("criticism", Meeting.Kind.SELF_CRITICISM),
    ):
        signed = MeetingFactory(
            unit=unit, kind=kind, on=date(2022, 2, 5), state=Meeting.State.SIGNED
        )
        MinutesFactory(meeting=signed, signed_on=date(2022, 2, 5), signed_at=SIGNED_AT)
        meetings[name] = signed
    return {
        "meetings": meetings,
        "guest": MeetingGuestFactory(meeting=held),
        "meeting_task": MeetingTaskFactory(
            meeting=held, participant=None, collective="Chi ủy"
        ),
    }
