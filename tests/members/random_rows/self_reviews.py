"""Random self-reviews and suggestions for them, for the worlds of this package."""

from datetime import UTC, datetime
from random import Random

from campaigns.models import CampaignUnit, Participant
from reviews.models import (
    ReviewSuggestion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewText,
)

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)


def add(random: Random) -> None:
    """Write self-reviews of those who take part: drafts, texts, what is suggested."""
    people = list(Participant.objects.all())
    SelfReviewDraft.objects.bulk_create(
        SelfReviewDraft(
            participant=each, form="f", saved_at=NOW,
            is_on_behalf=random.random() < 0.5,
        )
        for each in people
    )  # fmt: skip
    reviews = SelfReview.objects.bulk_create(
        SelfReview(participant=each, form="f") for each in people[::2]
    )
    texts = SelfReviewText.objects.bulk_create(
        SelfReviewText(
            self_review=each, number=1, form="f", level="MEMBER", digest="d",
            sent_at=NOW,
        )
        for each in reviews
    )  # fmt: skip
    SelfReviewAnswer.objects.bulk_create(
        SelfReviewAnswer(text=each, is_confirmation=True, at=NOW) for each in texts
    )
    units = list(CampaignUnit.objects.all())
    ReviewSuggestion.objects.bulk_create(
        ReviewSuggestion(
            participant=each, issuer=random.choice(units), document="d",
            on="2024-05-06", time="BEFORE", text="t", recorded_at=NOW,
        )
        for each in people[::3]
    )  # fmt: skip
