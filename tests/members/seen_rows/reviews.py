"""Review meetings: whom they review, what is said, ballots."""

from campaigns.models import CampaignBody, Meeting
from reviews.models import (
    Ballot,
    BallotDraft,
    BallotLine,
    Remark,
    ReviewOccasion,
    SaidVersion,
    Teller,
)
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_occasion(eyes: Eyes, row: Row) -> bool:
    return eyes.is_of_me(row) or hears(eyes, row)


def hears(eyes: Eyes, occasion: Row) -> bool:
    """Who keeps the meeting; once it is published, who reads the person's texts."""
    is_kept = eyes.works("WORK_EDIT", CampaignBody, occasion["body_id"])
    return is_kept or (
        occasion["state"] == "REVIEWED"
        and eyes.is_or_reaches("TEXTS", occasion["participant_id"])
    )


def sees_ballot(eyes: Eyes, row: Row) -> bool:
    """Who keeps the meeting, its tellers; locked and of many also from above."""
    is_shown_above = row["state"] == "LOCKED" and row["convoked"] > 5
    return (
        eyes.keeps(row["meeting_id"])
        or counts(eyes, row)
        or (is_shown_above and eyes.works("LEVELS", Meeting, row["meeting_id"]))
    )


def counts(eyes: Eyes, ballot: Row) -> bool:
    """Whether one is a teller of a round that is not locked."""
    return ballot["state"] != "LOCKED" and any(
        each["meeting_id"] == ballot["meeting_id"] and eyes.is_of_me(each)
        for each in eyes.rows[Teller].values()
    )


SEES = {
    ReviewOccasion: sees_occasion,
    SaidVersion: like(ReviewOccasion, "occasion_id"),
    Remark: lambda eyes, row: hears(
        eyes, eyes.rows[ReviewOccasion][row["occasion_id"]]
    ),
    Ballot: sees_ballot,
    BallotLine: like(Ballot, "ballot_id"),
    BallotDraft: lambda eyes, row: (
        row["account_id"] == eyes.account["id"]
        and counts(eyes, eyes.rows[Ballot][row["ballot_id"]])
    ),
}
