"""Random pledges, for the worlds of this package."""

from datetime import UTC, datetime
from random import Random

from campaigns.models import (
    Participant,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
)

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)


def add(random: Random) -> None:
    """Write pledges of those who take part: drafts, texts, items and checks."""
    people = list(Participant.objects.all())
    Participant.objects.update(pledge_state="SENT")
    PledgeDraft.objects.bulk_create(
        PledgeDraft(
            participant=each, form="f", saved_at=NOW,
            is_on_behalf=random.random() < 0.5,
        )
        for each in people
    )  # fmt: skip
    pledges = Pledge.objects.bulk_create(
        Pledge(participant=each, form="f") for each in people[::2]
    )
    texts = PledgeText.objects.bulk_create(
        PledgeText(
            pledge=each, number=1, form="f", level="MEMBER", digest="d", sent_at=NOW
        )
        for each in pledges
    )
    PledgeAnswer.objects.bulk_create(
        PledgeAnswer(text=each, is_confirmation=True, at=NOW) for each in texts
    )
    items = PledgeItem.objects.bulk_create(
        PledgeItem(sent=each, section="s", text="t", goal="g") for each in texts
    )
    PledgeCheck.objects.bulk_create(
        PledgeCheck(item=each, on="2024-06-01", state="ON_TRACK", at=NOW)
        for each in items
    )
