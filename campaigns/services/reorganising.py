"""A reorganisation of the live tree enters an open campaign only by this door.

Source: docs/rules/lifecycle.md § 4.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from campaigns.lifecycle import TAKES_ACTS, State
from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Placement,
)
from campaigns.services import movements, tallies, worlds
from campaigns.services.opening import CampaignNotChangeable
from members import events
from members.models import Membership, PartyUnit, UnitChange, UnitDecision
from members.paths import SEGMENT, child_path, is_within
from members.policy import Actor
from members.services import units as unit_services
from members.vocabulary import vocabulary


@dataclass(slots=True)
class _World:
    """What the replay of a decision needs at hand."""

    campaign: Campaign
    decision: UnitDecision
    touched: set[int] = field(default_factory=set)  # units to recount

    @property
    def on(self) -> date:
        return self.decision.effective_on

    def find(self, live_unit_id: int | None) -> CampaignUnit | None:
        return CampaignUnit.objects.filter(
            campaign=self.campaign, live_unit_id=live_unit_id, closed_on=None
        ).first()


def carry_out(
    *, decision: UnitDecision, actor: Actor, now: datetime, system_reason: str = ""
) -> None:
    """Carry a decision out on the live tree; old campaigns get new custodians.

    No campaign's own tree or figures change.
    Raises: members.services.units.UnitNotChangeable.
    """
    with transaction.atomic():
        unit_services.apply_decision(
            decision=decision, actor=actor, now=now, system_reason=system_reason
        )
        for change in decision.changes.filter(act=UnitChange.Act.MERGE):
            CampaignUnit.objects.filter(custodian=change.unit_id).update(
                custodian=change.target_id
            )
        for change in decision.changes.filter(act=UnitChange.Act.CLOSE):
            closed = PartyUnit.objects.get(pk=change.unit_id)
            if closed.parent_id is not None:
                CampaignUnit.objects.filter(custodian=closed).update(
                    custodian=closed.parent_id
                )


def apply_reorganisation(
    *,
    campaign: Campaign,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    """Replay a carried-out decision in a campaign: its tree, placements, figures.

    Raises: CampaignNotChangeable if the campaign is not running, the decision was
        not carried out, or was applied here before.
    """
    with transaction.atomic():
        locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
        _refuse_unfit(locked, decision)
        world = _World(locked, decision)
        for change in decision.changes.select_related("unit", "target"):
            _ACTS[UnitChange.Act(change.act)](world, change)
        _derive(world)
        tallies.recount(world.touched)
        locked.only_imported = False
        locked.save(update_fields=["only_imported"])
        _follow_people(world)
        events.record(
            action="campaigns.reorganised",
            subject=locked,
            actor=actor,
            now=now,
            unit=locked.root_unit,
            data={"decision": decision.pk, "recounted": len(world.touched)},
            system_reason=system_reason,
        )


def _refuse_unfit(campaign: Campaign, decision: UnitDecision) -> None:
    if State(campaign.state) not in TAKES_ACTS:
        raise CampaignNotChangeable(
            _("“%(name)s” is in the state “%(state)s” and does not take this act.")
            % {"name": campaign.name, "state": campaign.get_state_display()}
        )
    if decision.applied_at is None:
        raise CampaignNotChangeable(
            _("Decision %s has not been carried out in the list of units yet.")
            % decision.number
        )
    done = events.happened(
        action="campaigns.reorganised", subject=campaign, data={"decision": decision.pk}
    )
    if done:
        raise CampaignNotChangeable(
            _("Decision %s has been applied to this campaign already.")
            % decision.number
        )


def _create(world: _World, change: UnitChange) -> None:
    above = world.find(change.target_id)
    if above is None or world.find(change.unit_id) is not None:
        return
    assert change.unit_id is not None
    unit = CampaignUnit.objects.create(
        campaign=world.campaign,
        live_unit_id=change.unit_id,
        custodian_id=change.unit_id,
        code=change.code,
        code_order=worlds.code_order(change.code),
        name=change.name,
        kind=change.kind,
        sector=change.sector,
        parent=above,
        path=_next_path(above),
        decision=world.decision,
    )
    CampaignBody.objects.create(unit=unit, kind=CampaignBody.Kind.ORGANISATION)
    world.touched |= {unit.pk, above.pk}


def _rename(world: _World, change: UnitChange) -> None:
    unit = world.find(change.unit_id)
    if unit is None:
        return
    unit.name = change.name or unit.name
    unit.kind = change.kind or unit.kind
    unit.sector = change.sector or unit.sector
    _save(unit, world, ["name", "kind", "sector"])
    world.touched |= {unit.pk} | ({unit.parent_id} if unit.parent_id else set())


def _move(world: _World, change: UnitChange) -> None:
    unit, above = world.find(change.unit_id), world.find(change.target_id)
    if unit is None:
        return
    if above is None or is_within(above.path, unit.path):
        raise CampaignNotChangeable(
            _("%s moves to a unit that this campaign does not hold.") % unit.name
        )
    world.touched |= {above.pk} | ({unit.parent_id} if unit.parent_id else set())
    old, new = unit.path, _next_path(above)
    below = CampaignUnit.objects.in_subtree_of(unit)
    world.touched |= set(below.values_list("pk", flat=True))
    below.update(
        path=Concat(Value(new), Substr("path", len(old) + 1)), version=F("version") + 1
    )
    CampaignUnit.objects.filter(pk=unit.pk).update(
        parent=above, decision=world.decision
    )


def _merge(world: _World, change: UnitChange) -> None:
    unit, successor = world.find(change.unit_id), world.find(change.target_id)
    if unit is None:
        return
    if successor is None:
        raise CampaignNotChangeable(
            _("%s is merged into a unit that this campaign does not hold.") % unit.name
        )
    for child in CampaignUnit.objects.filter(parent=unit, closed_on=None):
        _move(world, UnitChange(unit_id=child.live_unit_id, target_id=change.target_id))
    _move_people(world, unit, successor)
    _end(world, unit)


def _close(world: _World, change: UnitChange) -> None:
    unit = world.find(change.unit_id)
    if unit is not None:
        _refuse_people_left(unit)
        _end(world, unit)


_ACTS: dict[UnitChange.Act, Callable[[_World, UnitChange], None]] = {
    UnitChange.Act.CREATE: _create,
    UnitChange.Act.RENAME: _rename,
    UnitChange.Act.MOVE: _move,
    UnitChange.Act.MERGE: _merge,
    UnitChange.Act.CLOSE: _close,
}


def _move_people(world: _World, unit: CampaignUnit, successor: CampaignUnit) -> None:
    staying = Placement.objects.open().filter(unit=unit)
    moved = [
        Placement(
            participant_id=participant_id,
            unit=successor,
            from_on=max(world.on, from_on),
            event=Placement.Event.REORGANISATION,
        )
        for participant_id, from_on in staying.values_list("participant_id", "from_on")
    ]
    for placement in staying:
        movements.end_placement(placement, on=world.on)
    Placement.objects.bulk_create(moved)
    world.touched |= {unit.pk, successor.pk}


def _refuse_people_left(unit: CampaignUnit) -> None:
    if Placement.objects.open().filter(unit=unit).exists():
        raise CampaignNotChangeable(
            _(
                "%s is closed, but this campaign still counts people there: place "
                "them elsewhere first."
            )
            % unit.name
        )


def _end(world: _World, unit: CampaignUnit) -> None:
    unit.closed_on = world.on
    _save(unit, world, ["closed_on"])
    world.touched |= {unit.pk} | ({unit.parent_id} if unit.parent_id else set())


def _save(unit: CampaignUnit, world: _World, columns: list[str]) -> None:
    unit.decision = world.decision
    unit.version += 1
    unit.save(update_fields=[*columns, "decision", "version"])


def _next_path(above: CampaignUnit) -> str:
    below = CampaignUnit.objects.filter(parent=above).aggregate(last=Max("path"))
    return child_path(above.path, int((below["last"] or "0")[-SEGMENT:]) + 1)


def _derive(world: _World) -> None:
    """Work out the grassroots unit and the sector of the whole tree again."""
    kinds = vocabulary().kinds
    units = CampaignUnit.objects.filter(campaign=world.campaign).order_by("path")
    above: dict[int | None, CampaignUnit | None] = {None: None}
    changed = []
    for unit in units:
        grassroots = unit if kinds[unit.kind].is_grassroots else above[unit.parent_id]
        above[unit.pk] = grassroots
        sector = (grassroots or unit).sector
        if (unit.grassroots_id, unit.figure_sector) != (
            grassroots and grassroots.pk,
            sector,
        ):
            unit.grassroots, unit.figure_sector = grassroots, sector
            changed.append(unit)
            world.touched |= {unit.pk} | ({unit.parent_id} if unit.parent_id else set())
    CampaignUnit.objects.bulk_update(
        changed, ["grassroots", "figure_sector"], batch_size=500
    )


def _follow_people(world: _World) -> None:
    """Place those who moved on the live roll into units that have just come."""
    if State(world.campaign.state) is not State.OPEN:
        return
    arrived = CampaignUnit.objects.filter(
        campaign=world.campaign, decision=world.decision
    )
    belongs = Membership.objects.current().official()
    people = belongs.filter(unit__in=arrived.values("live_unit"))
    movements.follow(list(people.values_list("member_id", flat=True)), on=world.on)
