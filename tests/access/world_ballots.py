"""Ballots of a district's first cell, for the access matrix.

A round whose counts wait for their second teller, the member of the matrix; another
meeting has one that is locked and that the committee above sees, too.
"""

from datetime import date

from campaigns.models import Campaign, CampaignBody, CampaignUnit, Meeting
from members.models import PartyUnit
from reviews.models import Ballot, ReviewOccasion
from tests.access.world_pledges import participant
from tests.factories import (
    AttendanceFactory,
    BallotFactory,
    BallotLineFactory,
    MeetingFactory,
    ReviewOccasionFactory,
    TellerFactory,
)


def ballots_of(code: str, campaign: Campaign, cell: PartyUnit) -> dict[str, Meeting]:
    """The review meetings, by the names of their ballots: "counted" and "locked"."""
    unit = CampaignUnit.objects.get(campaign=campaign, live_unit=cell)
    body, _is_new = CampaignBody.objects.get_or_create(
        unit=unit, kind=CampaignBody.Kind.ORGANISATION
    )
    first, second, third = (participant(code, f".G.1-{at}") for at in (1, 2, 3))
    meetings = {}
    for name, on, person in (
        ("counted", date(2022, 11, 5), first),
        ("locked", date(2022, 10, 5), third),
    ):
        meeting = MeetingFactory(
            unit=unit, on=on, kind=Meeting.Kind.REVIEW, state=Meeting.State.HELD
        )
        AttendanceFactory(meeting=meeting, participant=person)
        occasion = ReviewOccasionFactory(meeting=meeting, participant=person, body=body)
        ballot = BallotFactory(meeting=meeting, **{name: True})
        BallotLineFactory(ballot=ballot, occasion=occasion, good=7, valid=7)
        meetings[name] = meeting
    TellerFactory(meeting=meetings["counted"], participant=first, is_head=True)
    TellerFactory(meeting=meetings["counted"], participant=second)
    return meetings


def ballot_of(code: str, name: str) -> Ballot:
    is_locked = name == "locked"
    rounds = Ballot.objects.filter(meeting__unit__code=f"{code}.G.1")
    return next(each for each in rounds if (each.state == "LOCKED") == is_locked)


def turn_of(code: str, name: str) -> ReviewOccasion:
    """Of whom a round is being counted, or was."""
    suffix = {"counted": ".G.1-1", "locked": ".G.1-3"}[name]
    return ReviewOccasion.objects.get(participant=participant(code, suffix))
