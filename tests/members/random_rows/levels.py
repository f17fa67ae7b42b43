"""Random levels, proposed, decided and asked about, for the worlds of this package."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from campaigns.models import CampaignUnit, Participant
from reviews.models import (
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    Proposal,
    UnitFile,
    UnreviewedReason,
)

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)
ANSWERED = {"sent_at": NOW, "answered_at": NOW}
FILES = (
    {"state": "DRAFT"},
    {"state": "SENT", "sent_at": NOW},
    {"state": "RECEIVED", **ANSWERED},
    {"state": "RETURNED", "reason": "r", **ANSWERED},
    {"state": "DECIDED", **ANSWERED},
)


def add(random: Random) -> None:
    """Write files, proposals and decisions on those who take part."""
    people = list(Participant.objects.all())
    units = list(CampaignUnit.objects.all())
    files = UnitFile.objects.bulk_create(
        UnitFile(
            unit=each, number=1, goes_to=random.choice(units),
            minutes="m", minutes_on="2024-05-06", **random.choice(FILES),
        )
        for each in units
    )  # fmt: skip
    Proposal.objects.bulk_create(
        Proposal(file=random.choice(files), participant=each, level="GOOD")
        for each in people
    )
    decisions = Decision.objects.bulk_create(
        Decision(
            unit=each, document="d", on="2024-05-06", minutes="m",
            minutes_on="2024-05-06", present=3, votes_for=3, votes_against=0,
            signed_by="s", recorded_at=NOW,
        )
        for each in units
    )  # fmt: skip
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=random.choice(decisions), participant=each,
            proposed_level="GOOD", level="GOOD",
        )
        for each in people[::2]
    )  # fmt: skip
    UnreviewedReason.objects.bulk_create(
        UnreviewedReason(participant=each, code="ILL", recorded_at=NOW)
        for each in people[::2]
    )
    for each in people[1::4]:  # as of a request that another committee answered
        Participant.objects.filter(pk=each.pk).update(decided_by=random.choice(units))
    _notices(random, units, people, decisions)


def _notices(
    random: Random,
    units: Sequence[CampaignUnit],
    people: Sequence[Participant],
    decisions: Sequence[Decision],
) -> None:
    """Write who was notified, who asks to look again, and what came of it."""
    choice = random.choice
    LevelNotice.objects.bulk_create(
        LevelNotice(
            participant=each, decision=choice(decisions), way="PAPER",
            given_on="2024-05-06", recorded_at=NOW,
        )
        for each in people[::2]
    )  # fmt: skip
    requests = LevelRequest.objects.bulk_create(
        LevelRequest(
            participant=each, decision=choice(decisions), goes_to=choice(units),
            level="GOOD", text="t", filed_at=NOW,
        )
        for each in people[::2]
    )  # fmt: skip
    LevelRevision.objects.bulk_create(
        LevelRevision(
            participant=each, decision=choice(decisions), level="GOOD", note="n",
            previous_level="SATISFACTORY",
            request=requests[at] if at < len(requests) // 2 else None,
        )
        for at, each in enumerate(people[::2])
    )  # fmt: skip
