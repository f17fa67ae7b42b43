"""What a decision on a commune changes, shown before anybody confirms it.

The preview is the act itself, taken back: on the live tree, then in the campaign. So the
plain way is the act; what is above it is what the page works out to show.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.measuring import Row, Times, in_turns
from campaigns.models import CampaignUnit
from campaigns.services import previewing, reorganising
from members import queries as registry
from members.models import Account, PartyUnit, Post, UnitChange, UnitDecision
from members.policy import Actor, Role

GOAL = 1.5
TODAY = date(2025, 12, 30)


def measure(root: CampaignUnit, *, rounds: int) -> Iterator[Row]:
    """Merge one commune of the province into another: on the live tree, in the campaign.

    A small province may have a single one: then one of its cells goes into another.
    """
    siblings = PartyUnit.objects.filter(parent=root.live_unit).order_by("path")[:2]
    while len(siblings) < 2:
        siblings = PartyUnit.objects.filter(parent=siblings[0]).order_by("path")[:2]
    one, other = siblings
    decision, clerk = _merging(one, other), _clerk(root.live_unit)
    below = CampaignUnit.objects.filter(campaign=root.campaign).count()
    now = timezone.now()
    yield _row(
        f"preview of merging two communes, of {below:,} units / the act",
        lambda: previewing.try_carry_out(decision=decision, actor=clerk, now=now),
        lambda: _carry_out(decision, clerk, now),
        rounds=rounds,
    )
    with transaction.atomic():
        _carry_out(decision, clerk, now)
        yield _row(
            f"preview of the same in a campaign of {below:,} units / the act",
            lambda: previewing.try_reorganisation(
                campaign=root.campaign, decision=decision, actor=clerk, now=now
            ),
            lambda: _apply(root, decision, clerk, now),
            rounds=rounds,
        )
        transaction.set_rollback(True)
    UnitDecision.objects.filter(pk=decision.pk).delete()


def _clerk(unit: PartyUnit) -> Actor:
    account = Account.objects.create_user("benchmark-decider", "", display_name="-")
    Post.objects.create(account=account, unit=unit, role=Role.CLERK, from_on=TODAY)
    return registry.actor_for(account)


def _merging(one: PartyUnit, other: PartyUnit) -> UnitDecision:
    decision = UnitDecision.objects.create(
        number="QĐ 1",
        issuer="Tỉnh ủy",
        signed_on=TODAY,
        effective_on=TODAY,
        title="Sắp xếp",
    )
    UnitChange.objects.create(
        decision=decision, position=0, act=UnitChange.Act.MERGE, unit=one, target=other
    )
    return decision


def _carry_out(decision: UnitDecision, clerk: Actor, now: datetime) -> None:
    reorganising.carry_out(decision=decision, actor=clerk, now=now)


def _apply(
    root: CampaignUnit, decision: UnitDecision, clerk: Actor, now: datetime
) -> None:
    reorganising.apply_reorganisation(
        campaign=root.campaign,
        decision=decision,
        actor=clerk,
        now=now,
    )


def _row(
    name: str,
    ours: Callable[[], object],
    act: Callable[[], object],
    *,
    rounds: int,
) -> Row:
    with CaptureQueriesContext(connection) as queries:
        ours()
    times: Times = in_turns(ours, lambda: _taken_back(act), rounds=rounds)
    return Row(
        name=name,
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times} (goal: 2 s); {len(queries)} queries",
    )


def _taken_back(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
