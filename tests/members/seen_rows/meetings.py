"""Meetings: who was there, what is theirs to do, minutes."""

from campaigns.models import (
    Attendance,
    Meeting,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Minutes,
    MinutesCorrection,
)
from reviews.models import Teller
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_of_meeting(eyes: Eyes, row: Row) -> bool:
    """Rows about a person at a meeting: who keeps it, and the person."""
    return eyes.is_of_me(row) or eyes.keeps(row["meeting_id"])


def reads_meeting(eyes: Eyes, row: Row) -> bool:
    return eyes.reads_work(eyes.rows[Meeting][row["meeting_id"]]["unit_id"])


def sees_minutes(eyes: Eyes, row: Row) -> bool:
    kind = eyes.rows[Meeting][row["meeting_id"]]["kind"]
    speaks_of_persons = kind in ("SELF_CRITICISM", "REVIEW")
    return eyes.keeps(row["meeting_id"]) or (
        row["signed_on"] is not None
        and not speaks_of_persons
        and reads_meeting(eyes, row)
    )


SEES = {
    Attendance: sees_of_meeting,
    MeetingTask: sees_of_meeting,
    Teller: sees_of_meeting,
    MeetingDraft: lambda eyes, row: (
        row["account_id"] == eyes.account["id"] and eyes.keeps(row["meeting_id"])
    ),
    MeetingGuest: reads_meeting,
    Minutes: sees_minutes,
    MinutesCorrection: like(Minutes, "minutes_id"),
}
