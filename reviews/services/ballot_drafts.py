"""What a teller types of a count is kept while they type, and gone once it is entered.

Source: docs/rules/ballots.md § 6.6.
"""

from collections.abc import Mapping
from datetime import datetime

from campaigns.services.meetings import drafts
from campaigns.services.meetings.shared import demand_running
from members.models import of_own_account
from members.policy import Actor
from reviews.models import Ballot, BallotDraft


def save_draft(
    *,
    ballot: Ballot,
    ballot_version: int,
    version: int,
    content: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> int:
    """Keep what a teller typed; return the new version. Only the draft is touched.

    The caller got the round by `countable_by`. `version` is 0 for the first.
    Raises: versions.ChangedMeanwhile if another device has saved something else since;
        MeetingNotChangeable if the campaign takes no acts, or for what does not fit.
    """
    demand_running(ballot.meeting.unit)
    return drafts.keep(
        BallotDraft.objects.filter(of_own_account(actor), ballot=ballot),
        {
            "ballot": ballot,
            "account_id": actor.account_id or 0,
            "ballot_version": ballot_version,
            "content": dict(content),
            "saved_at": now,
        },
        version=version,
    )


def forget_draft(ballot: Ballot, actor: Actor) -> None:
    """Take the draft away: it is given up."""
    own = BallotDraft.objects.filter(of_own_account(actor), ballot=ballot)
    own.delete()
