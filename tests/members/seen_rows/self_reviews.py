"""Self-reviews, and the suggestions that they answer."""

from reviews.models import (
    ReviewOccasion,
    ReviewSuggestion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewStatement,
    SelfReviewText,
)
from tests.members.seen_rows.eyes import like
from tests.members.seen_rows.pledges import sees_draft, sees_written

SEES = {
    SelfReview: sees_written,
    SelfReviewDraft: sees_draft,
    SelfReviewText: like(SelfReview, "self_review_id"),
    SelfReviewAnswer: like(SelfReviewText, "text_id"),
    SelfReviewStatement: like(ReviewOccasion, "occasion_id"),
    ReviewSuggestion: lambda eyes, row: eyes.is_or_reaches(
        "LEVELS", row["participant_id"]
    ),
}
