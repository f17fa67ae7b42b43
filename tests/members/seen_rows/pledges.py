"""Pledges, and what pledges and self-reviews have alike."""

from campaigns.models import (
    Participant,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
)
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_written(eyes: Eyes, row: Row) -> bool:
    return eyes.is_or_reaches("TEXTS", row["participant_id"])


def sees_draft(eyes: Eyes, row: Row) -> bool:
    person = eyes.rows[Participant][row["participant_id"]]
    return eyes.is_me(person) or (
        row["is_on_behalf"] and eyes.is_or_reaches("PLEDGES", person["id"])
    )


SEES = {
    Pledge: sees_written,
    PledgeDraft: sees_draft,
    PledgeText: like(Pledge, "pledge_id"),
    PledgeAnswer: like(PledgeText, "text_id"),
    PledgeItem: like(PledgeText, "sent_id"),
    PledgeCheck: like(PledgeItem, "item_id"),
}
