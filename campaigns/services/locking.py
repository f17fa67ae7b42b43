"""Live units are held before campaigns: one order for all, or two wait in a ring.

Call everything here in a transaction.

Source: docs/inside.md, "The order of locks".
"""

from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet

from campaigns.lifecycle import FLOWS_IN
from campaigns.models import Campaign, CampaignUnit, Participant
from members import locks, names
from members.bulk import batches
from members.models import (
    Member,
    Membership,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitPart,
    UnitState,
    scope,
)
from members.services import units


def hold_subtree(root_id: int) -> None:
    """Hold a unit and all below it: nobody joins, leaves or moves until the end."""
    units.lock_tree()
    root = PartyUnit.objects.get(pk=root_id)
    _hold(PartyUnit.objects.in_subtree_of(root))


def hold_cells(*, member_id: int, unit_id: int | None = None) -> None:
    """Hold the cells that somebody belongs to, and the one where they go."""
    current = Membership.objects.current().filter(member=member_id)
    _hold(PartyUnit.objects.filter(Q(pk__in=current.values("unit")) | Q(pk=unit_id)))


def hold_codes(codes: Sequence[str]) -> None:
    """Hold the units of these codes; the tree as well if one of them is missing."""
    known = _ids_of(codes)
    if len(known) < len(codes):
        units.lock_tree()
        known = _ids_of(codes)  # with those that somebody added while this one waited
    _hold_ids(known)


def hold_known(codes: Collection[str], within: PartyUnit) -> None:
    """Hold the units of these codes that stand in a unit; others are not looked for."""
    inside = PartyUnit.objects.in_subtree_of(within)
    keys = sorted({names.fold(code) for code in codes})
    _hold_ids(
        {
            pk
            for some in batches(keys)
            for pk in inside.filter(code_key__in=some).values_list("pk", flat=True)
        }
    )


def hold_new_people(codes: Sequence[str]) -> None:
    """Let one at a time bring people whom the registry does not know yet.

    Who brings nobody new waits for nobody.
    """
    known = sum(
        Member.objects.filter(code_key__in=some).count() for some in batches(codes)
    )
    if known < len(codes):
        locks.hold(locks.Lock.MEMBER_CODES)


def hold_campaign_code(code: str) -> None:
    """Let one at a time look for a campaign of this code and make it."""
    locks.hold(locks.Lock.CAMPAIGN_CODE, names.fold(code))


def hold_changed(decision: UnitDecision) -> None:
    """Hold what a decision changes or has changed, and what is below what it moved."""
    units.lock_tree()
    changes = decision.changes.all()
    moved = changes.filter(act=UnitChange.Act.MOVE)
    parts = UnitPart.objects.filter(change__decision=decision, unit__isnull=False)
    begun = UnitState.objects.filter(decision=decision)
    named = PartyUnit.objects.filter(
        Q(pk__in=changes.values("unit")) | Q(pk__in=changes.values("target"))
    )
    ids = set(named.values_list("pk", flat=True))
    tops = PartyUnit.objects.filter(
        Q(pk__in=moved.values("unit"))
        | Q(pk__in=parts.values("unit"))
        | Q(pk__in=begun.values("unit"))
    )
    below = PartyUnit.objects.filter(scope.within(tops.values_list("path", flat=True)))
    ids.update(below.values_list("pk", flat=True))
    _hold_ids(ids)


def hold_campaigns_of(member: Member, *, around: Collection[str]) -> list[Campaign]:
    """Hold the open campaigns that know a member or have a unit at these paths."""
    having = CampaignUnit.objects.filter(live_unit__path__in=around)
    known = Participant.objects.filter(member=member)
    return _hold_open(
        Q(pk__in=having.values("campaign")) | Q(pk__in=known.values("campaign"))
    )


def hold_campaigns_with(paths: Collection[str]) -> list[Campaign]:
    """Hold the open campaigns that have a unit at one of these paths."""
    having = CampaignUnit.objects.filter(live_unit__path__in=paths)
    return _hold_open(Q(pk__in=having.values("campaign")))


def _hold_open(concerned: Q) -> list[Campaign]:
    """Hold open campaigns, so that nobody fixes their roll or reorganises them.

    Always in the same order, so that nobody waits in a ring.
    """
    open_ones = Campaign.objects.filter(concerned, state__in=FLOWS_IN)
    return list(open_ones.select_for_update(no_key=True).order_by("pk"))


def _ids_of(codes: Sequence[str]) -> list[int]:
    return [
        pk
        for some in batches(codes)
        for pk in PartyUnit.objects.filter(code_key__in=some).values_list(
            "pk", flat=True
        )
    ]


def _hold_ids(ids: Collection[int]) -> None:
    for some in batches(sorted(ids)):
        _hold(PartyUnit.objects.filter(pk__in=some))


def _hold(live: QuerySet[PartyUnit]) -> None:
    held = live.select_for_update(no_key=True).order_by("pk")
    list(held.values_list("pk", flat=True))
