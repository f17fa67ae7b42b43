"""Self-reviews with their drafts, texts and answers; suggestions for them."""

from datetime import date

import factory

from reviews.models import (
    ReviewSuggestion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewText,
)
from tests.factories.base import Factory
from tests.factories.campaigns import CampaignUnitFactory, ParticipantFactory
from tests.factories.pledges import SENT_AT

FORM = "self-review-02a-2023.1"


class SelfReviewFactory(Factory):
    class Meta:
        model = SelfReview

    participant = factory.SubFactory(ParticipantFactory)
    form = FORM


class SelfReviewDraftFactory(Factory):
    """Nothing is written yet."""

    class Meta:
        model = SelfReviewDraft

    participant = factory.SubFactory(ParticipantFactory)
    form = FORM
    content = factory.LazyFunction(lambda: {"answers": {}, "items": []})
    saved_at = SENT_AT


class SelfReviewTextFactory(Factory):
    """The first text of a self-review, as a member sent it."""

    class Meta:
        model = SelfReviewText

    self_review = factory.SubFactory(SelfReviewFactory)
    number = 1
    form = factory.SelfAttribute("self_review.form")
    level = "MEMBER"
    answers = factory.LazyFunction(
        lambda: {"shortcomings": "Còn ngại góp ý", "direction": "Góp ý mỗi quý"}
    )
    marks = factory.LazyFunction(lambda: {"quality_degree": "GOOD"})
    own_level = "GOOD"
    digest = factory.Sequence(lambda n: f"{n:064}")
    sent_at = SENT_AT


class SelfReviewAnswerFactory(Factory):
    """A confirmation."""

    class Meta:
        model = SelfReviewAnswer

    text = factory.SubFactory(SelfReviewTextFactory)
    is_confirmation = True
    at = SENT_AT


class ReviewSuggestionFactory(Factory):
    class Meta:
        model = ReviewSuggestion

    participant = factory.SubFactory(ParticipantFactory)
    issuer = factory.SubFactory(CampaignUnitFactory)
    document = "CV 12-CV/ĐU"
    on = date(2024, 11, 1)
    time = "BEFORE"
    text = "Làm rõ việc chậm báo cáo quý III"
    recorded_at = SENT_AT
