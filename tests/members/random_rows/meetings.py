"""Random meetings, for the worlds of this package."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from campaigns.models import (
    Attendance,
    CampaignUnit,
    Meeting,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Minutes,
    MinutesCorrection,
    Participant,
)
from members.models import Account
from tests.members.random_rows import reviews

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)
MANY = 25


def add(
    random: Random,
    places: Sequence[CampaignUnit],
    people: Sequence[Participant],
    accounts: Sequence[Account],
) -> None:
    """Write meetings of every kind, with all that hangs on them."""
    meetings = Meeting.objects.bulk_create(
        Meeting(
            unit=random.choice(places), on="2024-03-05",
            kind=random.choice(["REGULAR", "SELF_CRITICISM", "REVIEW"]),
        )
        for _ in range(MANY)
    )  # fmt: skip
    reviews.add(random, meetings, people, accounts)
    Attendance.objects.bulk_create(
        Attendance(meeting=each, participant=random.choice(people), state="PRESENT")
        for each in meetings
    )
    MeetingTask.objects.bulk_create(
        MeetingTask(
            meeting=each, participant=person, text="t", due_on="2024-04-01",
            collective="" if person else "c",
        )
        for each in meetings
        for person in [random.choice([None, random.choice(people)])]
    )  # fmt: skip
    MeetingDraft.objects.bulk_create(
        MeetingDraft(meeting=each, account=account, meeting_version=1, saved_at=NOW)
        for each in meetings
        for account in random.sample(accounts, 3)
    )
    MeetingGuest.objects.bulk_create(
        MeetingGuest(meeting=each, name="n", post="p", decision="d")
        for each in meetings
    )
    minutes = Minutes.objects.bulk_create(
        Minutes(
            meeting=each, chair="c", recorder="r", conclusion="c",
            signed_on=signed and "2024-03-05", signed_at=signed,
        )
        for each in meetings
        for signed in [random.choice([None, NOW])]
    )  # fmt: skip
    MinutesCorrection.objects.bulk_create(
        MinutesCorrection(minutes=each, text="t", reason="r", at=NOW)
        for each in minutes
    )
