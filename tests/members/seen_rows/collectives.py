"""Collective reports, suggestions to collectives, and what was said of them."""

from campaigns.models import CampaignBody
from reviews.models import (
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
)
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_of_body(eyes: Eyes, row: Row) -> bool:
    return eyes.reads_work(eyes.rows[CampaignBody][row["body_id"]]["unit_id"])


def sees_turn(eyes: Eyes, row: Row) -> bool:
    is_kept = eyes.works("WORK_EDIT", CampaignBody, row["body_id"])
    return is_kept or (row["is_recorded"] and sees_of_body(eyes, row))


SEES = {
    CollectiveReport: sees_of_body,
    CollectiveReportDraft: lambda eyes, row: eyes.works(
        "WORK_EDIT", CampaignBody, row["body_id"]
    ),
    CollectiveReportText: like(CollectiveReport, "collective_report_id"),
    CollectiveReportAnswer: like(CollectiveReportText, "text_id"),
    CollectiveReportStatement: like(CollectiveReportText, "text_id"),
    CollectiveSuggestion: sees_of_body,
    CollectiveTurn: sees_turn,
    CollectiveSaidVersion: like(CollectiveTurn, "turn_id"),
    CollectiveRemark: like(CollectiveTurn, "turn_id"),
}
