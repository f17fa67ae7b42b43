"""Each change of a decision on units, made once more in a campaign's own tree.

Only `campaigns.services.reorganising` calls it: locks, refusals of the whole and the
event are there.

Source: docs/rules/lifecycle.md § 4.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Max, Q, QuerySet, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from campaigns.lifecycle import FLOWS_IN, State
from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
)
from campaigns.services import custody, movements
from campaigns.services.opening import CampaignNotChangeable, refuse_overlap
from members import names
from members.models import Membership, PartyUnit, UnitChange, UnitDecision, UnitState
from members.paths import SEGMENT, child_path, is_within
from members.services.units import UnitNotChangeable, levels_of, refusing_depth
from members.vocabulary import vocabulary


@dataclass(slots=True)
class Replayed:
    """How many people the campaign gained and lost."""

    joined: int = 0
    left: int = 0


@dataclass(slots=True)
class _World:
    """What the replay of a decision needs at hand."""

    campaign: Campaign
    decision: UnitDecision
    entered: set[int] = field(default_factory=set)  # live units whose people come
    merged_in: set[int] = field(default_factory=set)  # members of merged outsiders
    replayed: Replayed = field(default_factory=Replayed)

    @property
    def on(self) -> date:
        return self.decision.effective_on

    @property
    def units(self) -> QuerySet[CampaignUnit]:
        """The units that the campaign holds now."""
        return CampaignUnit.objects.filter(campaign=self.campaign, closed_on=None)

    def find(self, live_unit_id: int | None) -> CampaignUnit | None:
        return self.units.filter(live_unit=live_unit_id).first()


def replay(campaign: Campaign, decision: UnitDecision) -> Replayed:
    """Make all changes of a decision in a campaign's tree, in their order.

    Raises: CampaignNotChangeable if one does not fit what the campaign holds.
    """
    world = _World(campaign, decision)
    for change in decision.changes.select_related("unit", "target"):
        try:
            _ACTS[UnitChange.Act(change.act)](world, change)
        except UnitNotChangeable as refusal:
            raise CampaignNotChangeable(str(refusal)) from refusal
    _derive(world)
    _bring_people(world)
    return world.replayed


def _create(world: _World, change: UnitChange) -> None:
    above = world.find(change.target_id)
    if above is None or change.unit is None or world.find(change.unit_id):
        return
    described = PartyUnit(
        pk=change.unit.pk,
        code=names.clean_text(change.code),
        name=change.name,
        kind=change.kind,
        sector=change.sector,
    )
    _add(world, described, above)
    if State(world.campaign.state) in FLOWS_IN:
        world.entered.add(change.unit.pk)


def _rename(world: _World, change: UnitChange) -> None:
    unit = world.find(change.unit_id)
    if unit is None:
        return
    unit.name = change.name or unit.name
    unit.kind = change.kind or unit.kind
    unit.sector = change.sector or unit.sector
    _save(unit, world, ["name", "kind", "sector"])


def _move(world: _World, change: UnitChange) -> None:
    assert change.unit is not None
    assert change.target is not None
    unit, above = world.find(change.unit_id), world.find(change.target_id)
    if unit is None:
        if above is not None:
            _arrive(world, change.unit, above)
    elif unit.parent_id is None:
        return  # what stands above the root is no matter of the campaign
    elif above is None:
        _leave(world, unit, change.target)
    else:
        _re_parent(world, unit, above)


def _merge(world: _World, change: UnitChange) -> None:
    assert change.unit is not None
    assert change.target is not None
    unit, successor = world.find(change.unit_id), world.find(change.target_id)
    if unit is None:
        if successor is not None:
            _receive(world, change.unit, successor)
    elif successor is None:
        _leave(world, unit, change.target)
    else:
        for child in world.units.filter(parent=unit).order_by("path"):
            _re_parent(world, child, successor)
        _move_people(world, unit, successor)
        _end(world, unit)


def _close(world: _World, change: UnitChange) -> None:
    unit = world.find(change.unit_id)
    if unit is None:
        return
    people = Placement.objects.open().filter(unit=unit)
    if people.exists() or world.units.filter(parent=unit).exists():
        raise CampaignNotChangeable(
            _(
                "%s is closed, but this campaign still counts people or units there: "
                "place them elsewhere first."
            )
            % unit.name
        )
    _end(world, unit)


_ACTS: dict[UnitChange.Act, Callable[[_World, UnitChange], None]] = {
    UnitChange.Act.CREATE: _create,
    UnitChange.Act.RENAME: _rename,
    UnitChange.Act.MOVE: _move,
    UnitChange.Act.MERGE: _merge,
    UnitChange.Act.CLOSE: _close,
}


def _re_parent(world: _World, unit: CampaignUnit, above: CampaignUnit) -> None:
    if is_within(above.path, unit.path):
        raise CampaignNotChangeable(
            _("%(unit)s cannot move below itself (%(above)s).")
            % {"unit": unit.name, "above": above.name}
        )
    subtree = CampaignUnit.objects.in_subtree_of(unit)
    old, new = unit.path, _next_path(above, levels=levels_of(subtree))
    subtree.update(
        path=Concat(Value(new), Substr("path", len(old) + 1)), version=F("version") + 1
    )
    CampaignUnit.objects.filter(pk=unit.pk).update(
        parent=above, decision=world.decision
    )


def _leave(world: _World, unit: CampaignUnit, target: PartyUnit) -> None:
    """Close a unit that went outside, with all below it; its people have left.

    Nobody leaves by mistake: a target that stands below a unit of the campaign, and
    that the campaign lacks, is refused.
    """
    if movements.is_inside(world.campaign, target.path):
        raise CampaignNotChangeable(
            _("%(unit)s goes to %(target)s, a unit that this campaign does not hold.")
            % {"unit": unit.name, "target": target.name}
        )
    leaving = world.units & CampaignUnit.objects.in_subtree_of(unit)
    world.replayed.left += movements.let_go(
        Placement.objects.open().filter(unit__in=leaving),
        on=world.on,
        presence=Participant.Presence.LEFT,
    )
    leaving.update(
        closed_on=world.on, decision=world.decision, version=F("version") + 1
    )


def _arrive(world: _World, live: PartyUnit, above: CampaignUnit) -> None:
    """Add a unit that came from outside, with all that stands below it today.

    What the campaign holds of that goes along and brings nobody.
    Raises: CampaignNotChangeable if another campaign of the year holds one of them.
    """
    arriving = list(PartyUnit.objects.open().in_subtree_of(live).order_by("path"))
    refuse_overlap(world.campaign, [unit.pk for unit in arriving])
    added: dict[int | None, CampaignUnit] = {live.parent_id: above}
    for unit in arriving:
        parent = added[unit.parent_id]
        if held := world.find(unit.pk):
            _re_parent(world, held, parent)
            held.refresh_from_db()
            added[unit.pk] = held
        else:
            added[unit.pk] = _add(world, unit, parent)
            world.entered.add(unit.pk)


def _receive(world: _World, merged: PartyUnit, successor: CampaignUnit) -> None:
    """Take in what a merged outside unit brought: its people, and the units below it."""
    ended = Membership.objects.official().filter(
        unit=merged, until_on=world.on, ending=Membership.Ending.REORGANISED
    )
    world.merged_in |= set(ended.values_list("member_id", flat=True))
    moved = UnitState.objects.filter(
        decision=world.decision, parent=successor.live_unit_id
    )
    below = PartyUnit.objects.open().filter(
        parent=successor.live_unit_id, pk__in=moved.values("unit")
    )
    for live in below.order_by("path"):
        if world.find(live.pk) is None:
            _arrive(world, live, successor)


def _add(world: _World, live: PartyUnit, above: CampaignUnit) -> CampaignUnit:
    """Add a live unit below `above`; one that had left comes back with its own row."""
    found = custody.custody_of([live.pk])[live.pk]
    unit, is_new = CampaignUnit.objects.update_or_create(
        campaign=world.campaign,
        live_unit_id=live.pk,
        defaults={
            "custodian_id": found.custodian_id,
            "custody_by_closing": found.by_closing,
            "code": live.code,
            "name": live.name,
            "kind": live.kind,
            "sector": live.sector,
            "parent": above,
            "path": _next_path(above),
            "closed_on": None,
            "decision": world.decision,
        },
    )
    if is_new:
        CampaignBody.objects.create(unit=unit, kind=CampaignBody.Kind.ORGANISATION)
    return unit


def _move_people(world: _World, unit: CampaignUnit, successor: CampaignUnit) -> None:
    staying = Placement.objects.open().filter(unit=unit)
    movements.place(
        world.campaign,
        dict.fromkeys(
            staying.values_list("participant__member_id", flat=True), successor.pk
        ),
        on=world.on,
        event=Placement.Event.REORGANISATION,
    )


def _bring_people(world: _World) -> None:
    """Place the people of units that have come, as the live roll has them.

    Before the roll is fixed the live roll decides. Afterwards whom the campaign
    counts already stays where they are, and only the others join.
    """
    belongs = Membership.objects.current().official()
    coming = belongs.filter(Q(unit__in=world.entered) | Q(member__in=world.merged_in))
    held = dict(world.units.values_list("live_unit_id", "pk"))
    homes = {
        member_id: held[unit_id]
        for member_id, unit_id in coming.values_list("member_id", "unit_id")
        if unit_id in held
    }
    present = _present(world.campaign, homes)
    if State(world.campaign.state) not in FLOWS_IN:
        homes = {one: unit for one, unit in homes.items() if one not in present}
    movements.place(
        world.campaign, homes, on=world.on, event=Placement.Event.REORGANISATION
    )
    world.replayed.joined = len(homes.keys() - present)


def _present(campaign: Campaign, member_ids: Iterable[int]) -> set[int]:
    people = Participant.objects.counted().filter(
        campaign=campaign, member__in=member_ids
    )
    return set(people.values_list("member_id", flat=True))


def _end(world: _World, unit: CampaignUnit) -> None:
    unit.closed_on = world.on
    _save(unit, world, ["closed_on"])


def _save(unit: CampaignUnit, world: _World, columns: list[str]) -> None:
    unit.decision = world.decision
    unit.version += 1
    unit.save(update_fields=[*columns, "decision", "version"])


def _next_path(above: CampaignUnit, *, levels: int = 1) -> str:
    # By the path, not by the parent: what was closed below a unit that has gone
    # away keeps its path.
    below = CampaignUnit.objects.in_subtree_of(above).exclude(pk=above.pk)
    last = below.aggregate(
        last=Max(Substr("path", len(above.path) + 1, SEGMENT), default="0")
    )["last"]
    with refusing_depth(above.name):
        return child_path(above.path, int(last) + 1, levels=levels)


def _derive(world: _World) -> None:
    """Work out the grassroots unit and the sector of the whole tree again."""
    kinds = vocabulary().kinds
    units = (
        CampaignUnit.objects.filter(campaign=world.campaign)
        .select_related("grassroots")
        .order_by("path")
    )
    above: dict[int | None, CampaignUnit | None] = {None: None}
    changed = []
    for unit in units:
        own = kinds[unit.kind].is_grassroots
        grassroots = unit if own else above[unit.parent_id]
        above[unit.pk] = grassroots
        sector = (grassroots or unit).sector
        if (unit.grassroots, unit.figure_sector) != (grassroots, sector):
            unit.grassroots, unit.figure_sector = grassroots, sector
            changed.append(unit)
    CampaignUnit.objects.bulk_update(
        changed, ["grassroots", "figure_sector"], batch_size=movements.BATCH
    )
