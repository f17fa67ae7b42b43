"""Models of results coming in, of self-reviews, of meetings and ballots, of decisions."""

from reviews.models.ballot_drafts import BallotDraft
from reviews.models.ballots import Ballot, BallotLine, Teller
from reviews.models.decisions import Decision, DecisionLine
from reviews.models.files import Proposal, UnitFile
from reviews.models.imports import ResultsImport
from reviews.models.notices import LevelNotice, LevelRequest, LevelRevision
from reviews.models.occasions import ReviewOccasion
from reviews.models.remarks import Remark
from reviews.models.remediation import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
)
from reviews.models.self_reviews import (
    SELF_REVIEWS,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewText,
)
from reviews.models.suggestions import ReviewSuggestion

__all__ = [
    "SELF_REVIEWS",
    "Ballot",
    "BallotDraft",
    "BallotLine",
    "Decision",
    "DecisionLine",
    "LevelNotice",
    "LevelRequest",
    "LevelRevision",
    "NamedPerson",
    "Proposal",
    "Remark",
    "RemediationCheck",
    "RemediationItem",
    "RemediationPlan",
    "RemediationStep",
    "ResultsImport",
    "ReviewOccasion",
    "ReviewSuggestion",
    "SelfReview",
    "SelfReviewAnswer",
    "SelfReviewDraft",
    "SelfReviewText",
    "Teller",
    "UnitFile",
]
