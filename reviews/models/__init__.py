"""Models of results coming in, of self-reviews, of meetings and ballots, of decisions."""

from reviews.models.ballot_drafts import BallotDraft
from reviews.models.ballots import Ballot, BallotLine, Teller
from reviews.models.collective_reports import (
    COLLECTIVE_REPORTS,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportText,
)
from reviews.models.collective_turns import (
    CollectiveRemark,
    CollectiveSaidVersion,
    CollectiveTurn,
)
from reviews.models.decisions import Decision, DecisionLine
from reviews.models.files import Proposal, UnitFile
from reviews.models.imports import ResultsImport
from reviews.models.notices import LevelNotice, LevelRequest, LevelRevision
from reviews.models.occasions import ReviewOccasion
from reviews.models.opinions import (
    AccusationReceipt,
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
)
from reviews.models.organisations import (
    BodyDecision,
    BodyDecisionLine,
    BodyProposal,
)
from reviews.models.remarks import Remark, SaidVersion
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
from reviews.models.statements import (
    CollectiveReportStatement,
    SelfReviewStatement,
    Statement,
)
from reviews.models.suggestions import (
    CollectiveSuggestion,
    ReviewSuggestion,
    Suggested,
)
from reviews.models.unreviewed import UnreviewedReason

__all__ = [
    "COLLECTIVE_REPORTS",
    "SELF_REVIEWS",
    "AccusationReceipt",
    "Ballot",
    "BallotDraft",
    "BallotLine",
    "BodyDecision",
    "BodyDecisionLine",
    "BodyProposal",
    "CollectiveRemark",
    "CollectiveReport",
    "CollectiveReportAnswer",
    "CollectiveReportDraft",
    "CollectiveReportStatement",
    "CollectiveReportText",
    "CollectiveSaidVersion",
    "CollectiveSuggestion",
    "CollectiveTurn",
    "Decision",
    "DecisionLine",
    "LevelNotice",
    "LevelRequest",
    "LevelRevision",
    "NamedPerson",
    "Opinion",
    "OpinionEntry",
    "OpinionRequest",
    "Proposal",
    "Remark",
    "RemediationCheck",
    "RemediationItem",
    "RemediationPlan",
    "RemediationStep",
    "ResidenceExemption",
    "ResultsImport",
    "ReviewOccasion",
    "ReviewSuggestion",
    "SaidVersion",
    "SelfReview",
    "SelfReviewAnswer",
    "SelfReviewDraft",
    "SelfReviewStatement",
    "SelfReviewText",
    "Statement",
    "Suggested",
    "Teller",
    "UnitFile",
    "UnreviewedReason",
]
