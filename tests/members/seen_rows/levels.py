"""Levels: files, proposals, decisions, notices, and what is asked about them."""

from campaigns.models import CampaignUnit
from reports.models import Submission, SubmissionPart
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
from tests.members.seen_rows.eyes import Eyes, Row


def sees_level(eyes: Eyes, row: Row) -> bool:
    return eyes.is_or_reaches("LEVELS", row["participant_id"])


def sees_request(eyes: Eyes, row: Row) -> bool:
    """Of me, or for a committee of the very unit in which I have a post."""
    unit = eyes.rows[CampaignUnit][row["goes_to_id"]]
    return eyes.is_of_me(row) or eyes.is_committee_of(unit["custodian_id"])


def sees_revision(eyes: Eyes, row: Row) -> bool:
    asked = eyes.rows[LevelRequest].get(row["request_id"])
    return sees_level(eyes, row) or (asked is not None and sees_request(eyes, asked))


def sees_decision(eyes: Eyes, row: Row) -> bool:
    return eyes.reaches_frozen("LEVELS", row) or any(
        each["decision_id"] == row["id"] and eyes.sees(table, each["id"])
        for table in (DecisionLine, LevelRequest, LevelRevision)
        for each in eyes.rows[table].values()
    )


SEES = {
    UnitFile: lambda eyes, row: (
        eyes.reaches_frozen("LEVELS", row)
        or (row["state"] != "DRAFT" and eyes.decides_at("LEVELS", row["goes_to_id"]))
    ),
    Proposal: sees_level,
    Decision: sees_decision,
    DecisionLine: sees_level,
    LevelNotice: sees_level,
    LevelRequest: sees_request,
    LevelRevision: sees_revision,
    UnreviewedReason: sees_level,
    Submission: lambda eyes, row: eyes.reaches_frozen("FIGURES", row),
    SubmissionPart: lambda eyes, row: eyes.sees(Submission, row["submission_id"]),
}
