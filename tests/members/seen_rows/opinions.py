"""Opinions of other bodies, and who is asked for none."""

from campaigns.models import CampaignUnit
from reviews.models import Opinion, OpinionEntry, OpinionRequest, ResidenceExemption
from tests.members.seen_rows.collectives import sees_of_body
from tests.members.seen_rows.eyes import Eyes, Row, like


def decides_for(eyes: Eyes, unit_id: int) -> bool:
    """As a committee that reads the texts of those on whom its unit decides."""
    custodian = eyes.rows[CampaignUnit][unit_id]["custodian_id"]
    return any(
        post["unit_id"] == custodian and eyes.standing(post) == "grassroots"
        for post in eyes.posts
    )


def sees_opinion(eyes: Eyes, row: Row) -> bool:
    """On me, on whom I read texts, on a collective that I read; as who decides."""
    if decides_for(eyes, row["goes_to_id"]):
        return True
    if row["participant_id"] is None:
        return sees_of_body(eyes, row)
    return eyes.is_or_reaches("TEXTS", row["participant_id"])


def sees_opinion_request(eyes: Eyes, row: Row) -> bool:
    return (
        eyes.reaches_frozen("PLEDGES", row)
        or decides_for(eyes, row["goes_to_id"])
        or any(
            each["request_id"] == row["id"] and sees_opinion(eyes, each)
            for each in eyes.rows[Opinion].values()
        )
    )


SEES = {
    OpinionRequest: sees_opinion_request,
    Opinion: sees_opinion,
    OpinionEntry: like(Opinion, "opinion_id"),
    ResidenceExemption: lambda eyes, row: eyes.is_or_reaches(
        "LEVELS", row["participant_id"]
    ),
}
