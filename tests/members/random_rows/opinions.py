"""Random opinions of other bodies, for the worlds of this package."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

from campaigns.models import CampaignBody, CampaignUnit, Participant
from reviews.models import (
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
)

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)


def add(
    random: Random, places: Sequence[CampaignUnit], people: Sequence[Participant]
) -> None:
    """Write requests of any unit about anybody and any collective, with their words."""
    bodies = CampaignBody.objects.bulk_create(
        CampaignBody(unit=each, kind="AUTHORITY") for each in places
    )
    requests = OpinionRequest.objects.bulk_create(
        OpinionRequest(
            unit=random.choice(places), goes_to=random.choice(places),
            source="RESIDENCE", body_name="b", asked_on="2024-11-01",
            due_on="2024-11-20", asked_at=NOW,
        )
        for _ in range(30)
    )  # fmt: skip
    opinions = Opinion.objects.bulk_create(
        _opinion(random, each, people, bodies) for each in requests[3:]
    )
    OpinionEntry.objects.bulk_create(
        OpinionEntry(opinion=each, text="t", came_on="2024-11-12", at=NOW)
        for each in opinions
    )
    ResidenceExemption.objects.bulk_create(
        ResidenceExemption(participant=each, category="c", recorded_at=NOW)
        for each in people[::2]
    )


def _opinion(
    random: Random,
    request: OpinionRequest,
    people: Sequence[Participant],
    bodies: Sequence[CampaignBody],
) -> Opinion:
    is_personal = random.random() < 0.7
    return Opinion(
        request=request,
        goes_to=request.goes_to,
        participant=random.choice(people) if is_personal else None,
        body=None if is_personal else random.choice(bodies),
        state="RECEIVED",
    )
