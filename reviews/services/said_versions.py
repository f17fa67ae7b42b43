"""What was published of a turn is kept as a version before it is corrected.

Source: docs/rules/review-meetings.md § 3.5.
"""

from datetime import datetime
from typing import Any

from members.policy import Actor
from reviews.models import (
    CollectiveSaidVersion,
    CollectiveTurn,
    ReviewOccasion,
    SaidVersion,
)
from reviews.queries.remarks import Said


def keep(
    turn: ReviewOccasion | CollectiveTurn,
    said: Said,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what stands at a turn that is held, with why it is about to change."""
    if isinstance(turn, ReviewOccasion):
        _keep(SaidVersion, {"occasion": turn}, said, reason, actor, now)
    else:
        _keep(CollectiveSaidVersion, {"turn": turn}, said, reason, actor, now)


def _keep(
    versions: type[SaidVersion] | type[CollectiveSaidVersion],
    of_turn: dict[str, Any],
    said: Said,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    kept = versions._default_manager
    kept.create(
        **of_turn,
        number=kept.filter(**of_turn).count() + 1,
        remarks=[list(each) for each in said.remarks],
        answer=said.answer,
        comment=said.comment,
        reason=reason,
        at=now,
        by_id=actor.account_id,
    )
