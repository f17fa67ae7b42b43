"""Rows of the registry: people, posts, what happened, what came in, records."""

from campaigns.models import Commendation, Departure, Discipline, Inspection
from members.models import (
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    PartyUnit,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
)
from reviews.models import ResultsImport
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_member(eyes: Eyes, row: Row) -> bool:
    return row["id"] == eyes.member or any(
        each["member_id"] == row["id"]
        and each["until_on"] is None
        and eyes.reaches("ROLL", each["unit_id"])
        for each in eyes.rows[Membership].values()
    )


def sees_transfer(eyes: Eyes, row: Row) -> bool:
    return (
        eyes.is_me(row)
        or eyes.reaches("ROLL", row["source_id"])
        or eyes.reaches("ROLL", row["target_id"])
    )


def sees_act(eyes: Eyes, row: Row) -> bool:
    return (
        eyes.is_me(row)
        or row["account_id"] == eyes.account["id"]
        or eyes.reaches("FIGURES", row["unit_id"])
    )


def sees_reading(eyes: Eyes, row: Row) -> bool:
    above = eyes.rows[PartyUnit][row["unit_id"]]["parent_id"]
    is_shown = row["opened_at"] is not None and row["shown_from"] <= eyes.today
    is_of_my_commission = row["is_inspection"] and any(
        post["role"] == "INSPECTION_COMMISSION" and post["unit_id"] == row["unit_id"]
        for post in eyes.posts
    )
    return (
        row["account_id"] == eyes.account["id"]
        or (eyes.is_me(row) and is_shown)
        or is_of_my_commission
        or eyes.reaches("FIGURES", above, by=("all",))
    )


def sees_record(eyes: Eyes, row: Row) -> bool:
    if eyes.is_me(row):
        return row["document"] != ""
    if eyes.reaches("RECORDS_EDIT", row["unit_id"]):
        return True
    return row["document"] != "" and (
        eyes.reaches("RECORDS", row["unit_id"])
        or eyes.reaches("RECORDS", row["subject_id"])
    )


SEES = {
    Member: sees_member,
    Membership: lambda eyes, row: (
        eyes.is_me(row) or eyes.reaches("ROLL", row["unit_id"])
    ),
    ActivityPause: like(Member, "member_id"),
    Transfer: sees_transfer,
    Post: sees_act,
    Event: sees_act,
    ResultsImport: lambda eyes, row: eyes.reaches("IMPORT", row["within_id"]),
    RollImport: lambda eyes, row: eyes.reaches("ROLL_IMPORT", row["within_id"]),
    CorrectionRequest: lambda eyes, row: (
        eyes.is_me(row) or eyes.keeps_member("ROLL_EDIT", row["member_id"])
    ),
    ReasonedReading: sees_reading,
    Inspection: sees_record,
    Discipline: sees_record,
    Commendation: sees_record,
    Departure: sees_record,
}
