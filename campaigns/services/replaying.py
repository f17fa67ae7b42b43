"""Each change of a decision on units, made once more in a campaign's own tree.

Only `campaigns.services.reorganising` calls it: locks, refusals of the whole and the
event are there.

Source: docs/rules/lifecycle.md § 4.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from campaigns.lifecycle import FLOWS_IN, State
from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
)
from campaigns.services import custody, following, trees
from campaigns.services.opening import CampaignNotChangeable, refuse_overlap
from members import names
from members.models import Membership, PartyUnit, UnitChange, UnitDecision, UnitState
from members.paths import is_within
from members.services.units import (
    UnitNotChangeable,
    below_siblings,
    carry,
    levels_of,
)


@dataclass(slots=True)
class Replayed:
    """Whom the campaign gained and lost (members), and who moved inside it.

    `units`: those in which it counts others than before.
    """

    joined: set[int] = field(default_factory=set)
    left: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)


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

    What goes to a unit that comes into the campaign only by a later change of the
    decision waits for that one.
    Raises: CampaignNotChangeable, naming the change, if one does not fit what the
        campaign holds.
    """
    world = _World(campaign, decision)
    waiting: list[UnitChange] = []
    for change in decision.changes.select_related("unit", "target"):
        if _goes_where_nothing_is_yet(world, change):
            waiting.append(change)
            continue
        _make(world, change)
        for late in [*waiting]:
            if not _goes_where_nothing_is_yet(world, late):
                waiting.remove(late)
                _make(world, late)
    for late in waiting:
        _make(world, late)  # refuses: nobody leaves by mistake
    trees.derive(world.campaign)
    _bring_people(world)
    return world.replayed


def _make(world: _World, change: UnitChange) -> None:
    try:
        _ACTS[UnitChange.Act(change.act)](world, change)
    except (UnitNotChangeable, CampaignNotChangeable) as refusal:
        refused = CampaignNotChangeable(str(refusal))
        refused.change_id = change.pk
        raise refused from refusal


def _goes_where_nothing_is_yet(world: _World, change: UnitChange) -> bool:
    """Tell whether a unit held goes to one that is inside, but not held so far."""
    return (
        change.act in _GOING
        and change.target is not None
        and world.find(change.unit_id) is not None
        and world.find(change.target_id) is None
        and following.is_inside(world.campaign, change.target.path)
    )


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
    _move_to(world, change.unit, change.target)


def _move_to(world: _World, live: PartyUnit, target: PartyUnit) -> None:
    unit, above = world.find(live.pk), world.find(target.pk)
    if unit is None:
        if above is not None:
            _arrive(world, live, above)
    elif unit.parent_id is None:
        return  # what stands above the root is no matter of the campaign
    elif above is None:
        _leave(world, unit, target)
    else:
        _re_parent(world, [unit], above)


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
        below = list(world.units.filter(parent=unit).order_by("path"))
        _re_parent(world, below, successor)
        staying = Placement.objects.open().filter(unit=unit)
        _move_people(world, staying, successor)
        _end(world, unit)


def _divide(world: _World, change: UnitChange) -> None:
    """Let the named parts go, as units that move and people of a unit that is merged."""
    assert change.unit is not None
    assert change.target is not None
    unit, successor = world.find(change.unit_id), world.find(change.target_id)
    for part in change.parts.select_related("unit").order_by("pk"):
        if part.unit is not None:
            _move_to(world, part.unit, change.target)
    named = set(change.parts.values_list("member_id", flat=True)) - {None}
    if unit is None:
        if successor is not None:
            world.merged_in |= named
        return
    going = Placement.objects.open().filter(unit=unit, participant__member__in=named)
    if successor is not None:
        _move_people(world, going, successor)
    elif going.exists():
        _demand_outside(world, unit, change.target)
        _let_go(world, going)


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
    UnitChange.Act.DIVIDE: _divide,
    UnitChange.Act.CLOSE: _close,
}
_GOING = (UnitChange.Act.MOVE, UnitChange.Act.MERGE, UnitChange.Act.DIVIDE)


def _re_parent(
    world: _World, units: Sequence[CampaignUnit], above: CampaignUnit
) -> None:
    """Move units that stand below one unit; as many queries for any number of them."""
    if not units:
        return
    for unit in units:
        if is_within(above.path, unit.path):
            raise CampaignNotChangeable(
                _("%(unit)s cannot move below itself (%(above)s).")
                % {"unit": unit.name, "above": above.name}
            )
    tree = CampaignUnit.objects.filter(campaign=world.campaign)
    levels = levels_of(below_siblings(tree, units))
    carry(tree, units, first=trees.next_path(above, levels=levels))
    tree.filter(pk__in=[unit.pk for unit in units]).update(
        parent=above, decision=world.decision
    )


def _leave(world: _World, unit: CampaignUnit, target: PartyUnit) -> None:
    """Close a unit that went outside, with all below it; its people have left."""
    _demand_outside(world, unit, target)
    leaving = world.units & CampaignUnit.objects.in_subtree_of(unit)
    _let_go(world, Placement.objects.open().filter(unit__in=leaving))
    leaving.update(
        closed_on=world.on, decision=world.decision, version=F("version") + 1
    )


def _demand_outside(world: _World, unit: CampaignUnit, target: PartyUnit) -> None:
    """Refuse a target below a unit of the campaign that the campaign lacks.

    Nobody leaves by mistake.
    """
    if following.is_inside(world.campaign, target.path):
        raise CampaignNotChangeable(
            _("%(unit)s goes to %(target)s, a unit that this campaign does not hold.")
            % {"unit": unit.name, "target": target.name}
        )


def _let_go(world: _World, placements: QuerySet[Placement]) -> None:
    world.replayed.units.update(placements.values_list("unit", flat=True))
    gone = following.let_go(placements, on=world.on, presence=Participant.Presence.LEFT)
    people = Participant.objects.filter(pk__in=gone)
    world.replayed.left |= set(people.values_list("member_id", flat=True))


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
            _re_parent(world, [held], parent)
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
    found = custody.custodies_of([live.pk])[live.pk]
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
            "path": trees.next_path(above),
            "closed_on": None,
            "decision": world.decision,
        },
    )
    if is_new:
        CampaignBody.objects.create(unit=unit, kind=CampaignBody.Kind.ORGANISATION)
    return unit


def _move_people(
    world: _World, staying: QuerySet[Placement], successor: CampaignUnit
) -> None:
    people = set(staying.values_list("participant__member_id", flat=True))
    world.replayed.units |= following.place(
        world.campaign,
        dict.fromkeys(people, successor.pk),
        on=world.on,
        event=Placement.Event.REORGANISATION,
    )
    world.replayed.moved |= people


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
    world.replayed.units |= following.place(
        world.campaign, homes, on=world.on, event=Placement.Event.REORGANISATION
    )
    world.replayed.joined = homes.keys() - present


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
