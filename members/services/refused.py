"""Somebody who is logged in asked for what is not theirs, or is not there: noted.

Whether there is such a row is never looked up, so that neither the answer nor its time
tells. Source: docs/rules/accounts.md § 9.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from members import events
from members.limits import limits
from members.models import Account, Event, Member, PartyUnit
from members.models.events import REFUSED, REFUSED_OFTEN
from members.policy import Actor, Area, PostInForce

LARGEST_ID = 2**63 - 1


def note_refused(
    *, address: str, given: Mapping[str, object], actor: Actor, now: datetime
) -> None:
    """Record that an address of this name was refused to the account, with its numbers.

    At the highest unit where the account holds a post. The last one of an hour that is
    noted has a name of its own; after it nothing is, until the next hour.
    One query, and four more where it is recorded.
    """
    assert actor.account_id is not None
    noted = Event.objects.filter(
        account_id=actor.account_id,
        action__in=[REFUSED, REFUSED_OFTEN],
        at__gte=_begin_of_hour(now),
    ).count()
    left = limits().attempts_noted - noted
    if left <= 0:
        return
    post = _highest(actor)
    events.record(
        action=REFUSED if left > 1 else REFUSED_OFTEN,
        subject=Account(pk=actor.account_id),
        member=Member(pk=actor.member_id) if actor.member_id else None,
        actor=actor,
        now=now,
        unit=PartyUnit(pk=post.unit_id, path=post.unit_path) if post else None,
        area=Area.PROGRESS,  # the one that every post with access reaches
        data={"address": address, "ids": _numbers(given), "attempts": noted + 1},
    )


def _begin_of_hour(now: datetime) -> datetime:
    seconds = limits().noted_within.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)


def _highest(actor: Actor) -> PostInForce | None:
    return min(actor.posts, key=lambda post: len(post.unit_path), default=None)


def _numbers(given: Mapping[str, object]) -> dict[str, int]:
    """Return the numbers of an address; its words may be anybody's, and are left out."""
    return {
        name: value
        for name, value in given.items()
        if type(value) is int and value <= LARGEST_ID
    }
