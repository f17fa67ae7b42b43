"""Each change that a decision makes in the live tree; each leaves a dated state.

Only `members.services.decisions` calls it, with the tree locked.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from members import dates
from members.models import (
    Membership,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitPart,
    UnitState,
    UnitSuccession,
)
from members.paths import is_within
from members.services.units import (
    UnitNotChangeable,
    begin_states,
    below_siblings,
    carry,
    create_unit,
    demand_terms,
    levels_of,
    next_path,
)
from members.vocabulary import vocabulary


@dataclass(slots=True)
class Carried:
    """What a decision has changed: units by number, people by number, posts ended."""

    units: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    posts: int = 0


def make(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    """Make one change, and add to `carried` what it changed.

    Raises: UnitNotChangeable, naming the change, if the tree does not take it.
    """
    try:
        _know_target(change)
        _ACTS[UnitChange.Act(change.act)](change, decision, carried)
    except UnitNotChangeable as refusal:
        refusal.change_id = change.pk
        raise


def _know_target(change: UnitChange) -> None:
    """Put the unit in its place that an earlier change of the decision has created."""
    if change.target_id is None and change.target_change_id is not None:
        created = UnitChange.objects.select_related("unit").get(
            pk=change.target_change_id
        )
        assert created.unit is not None  # it stands before this one
        change.target = created.unit
        change.save(update_fields=["target"])


def _create(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    change.unit = create_unit(
        code=change.code,
        name=change.name,
        kind=change.kind,
        sector=change.sector,
        parent=change.target,
        on=decision.effective_on,
        decision=decision,
    )
    if change.target is not None:
        _demand_no_cell(change.target)
    change.save(update_fields=["unit"])
    carried.units.add(change.unit.pk)


def _rename(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    unit = _locked(change.unit_id)
    demand_terms(change.kind, change.sector, on=decision.effective_on)
    _demand_kind_for_its_roll(unit, change.kind)
    unit.name = change.name or unit.name
    unit.kind = change.kind or unit.kind
    unit.sector = change.sector or unit.sector
    unit.version += 1
    unit.save(update_fields=["name", "kind", "sector", "version"])
    _turn_states([unit], decision)
    carried.units.add(unit.pk)


def _move(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    assert change.unit_id is not None  # unitchange_names_its_unit
    _move_all([change.unit_id], change.target_id, decision, carried)


def _move_all(
    unit_ids: Collection[int],
    target_id: int | None,
    decision: UnitDecision,
    carried: Carried,
) -> None:
    """Move units that stand below one unit; as many queries for any number of them."""
    if not unit_ids:
        return
    units, above = _all_locked(unit_ids), _locked(target_id)
    for unit in units:
        if is_within(above.path, unit.path):
            raise UnitNotChangeable(
                _("%(unit)s cannot move below itself (%(above)s).")
                % {"unit": unit.name, "above": above.name}
            )
    _demand_no_cell(above)
    tree = PartyUnit.objects.all()
    moving = below_siblings(tree, units)
    carried.units.update(moving.filter(closed_on=None).values_list("pk", flat=True))
    carry(tree, units, first=next_path(above, levels=levels_of(moving)))
    PartyUnit.objects.filter(pk__in=unit_ids).update(parent=above)
    for unit in units:
        unit.parent = above
    _turn_states(units, decision)


def _merge(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    unit, successor = _locked(change.unit_id), _locked(change.target_id)
    if is_within(successor.path, unit.path):
        raise UnitNotChangeable(
            _("%(unit)s cannot merge into itself or a unit below it.")
            % {"unit": unit.name}
        )
    staying = Membership.objects.current().filter(unit=unit)
    _demand_movable(staying, unit, successor, on=decision.effective_on)
    below = PartyUnit.objects.open().filter(parent=unit)
    _move_all(below.values_list("pk", flat=True), successor.pk, decision, carried)
    _hand_over_people(staying, successor, decision, carried)
    _succeed(unit, successor, decision, is_part=False)
    _end(unit, on=decision.effective_on)
    carried.units.add(unit.pk)


def _divide(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    unit, successor = _locked(change.unit_id), _locked(change.target_id)
    if unit == successor:
        raise UnitNotChangeable(
            _("%(unit)s cannot give a part to itself.") % {"unit": unit.name}
        )
    parts = list(change.parts.select_related("unit", "member").order_by("pk"))
    if not parts:
        raise UnitNotChangeable(
            _("Say who, or which units, go from %(unit)s to %(successor)s.")
            % {"unit": unit.name, "successor": successor.name}
        )
    staying = _memberships_of(parts, unit)
    _demand_movable(staying, unit, successor, on=decision.effective_on)
    going = [part.unit for part in parts if part.unit is not None]
    for part in going:
        _demand_directly_below(part, unit)
    _move_all([part.pk for part in going], successor.pk, decision, carried)
    _hand_over_people(staying, successor, decision, carried)
    _succeed(unit, successor, decision, is_part=True)
    carried.units.add(unit.pk)


def _close(change: UnitChange, decision: UnitDecision, carried: Carried) -> None:
    unit = _locked(change.unit_id)
    if PartyUnit.objects.open().filter(parent=unit).exists():
        raise UnitNotChangeable(
            _("%s still has units below it: move or close them first.") % unit.name
        )
    if Membership.objects.current().filter(unit=unit).exists():
        raise UnitNotChangeable(
            _("%s still has members: transfer them or merge the unit.") % unit.name
        )
    _end(unit, on=decision.effective_on)
    carried.units.add(unit.pk)


_Act = Callable[[UnitChange, UnitDecision, Carried], None]
_ACTS: dict[UnitChange.Act, _Act] = {
    UnitChange.Act.CREATE: _create,
    UnitChange.Act.RENAME: _rename,
    UnitChange.Act.MOVE: _move,
    UnitChange.Act.MERGE: _merge,
    UnitChange.Act.DIVIDE: _divide,
    UnitChange.Act.CLOSE: _close,
}


def _demand_no_cell(above: PartyUnit) -> None:
    """Refuse that a unit comes below a cell, which holds people and nothing else."""
    if vocabulary().kinds[above.kind].holds_members:
        raise UnitNotChangeable(
            _("%s is a cell: no unit stands below one.") % above.name
        )


def _memberships_of(parts: Iterable[UnitPart], unit: PartyUnit) -> QuerySet[Membership]:
    """Return what the named people have at the unit; each has something.

    Raises: UnitNotChangeable, naming the first who is not there any more.
    """
    people = [part.member for part in parts if part.member is not None]
    staying = Membership.objects.current().filter(unit=unit, member__in=people)
    there = set(staying.values_list("member_id", flat=True))
    for member in people:
        if member.pk not in there:
            raise UnitNotChangeable(
                _("%(member)s is not on the roll of %(unit)s.")
                % {"member": member.full_name, "unit": unit.name}
            )
    return staying


def _demand_directly_below(part: PartyUnit, unit: PartyUnit) -> None:
    if part.parent_id != unit.pk:
        raise UnitNotChangeable(
            _("%(part)s does not stand directly below %(unit)s.")
            % {"part": part.name, "unit": unit.name}
        )


def _demand_kind_for_its_roll(unit: PartyUnit, kind: str) -> None:
    """Refuse a kind that does not fit what the unit holds; "" is no change."""
    if not kind:
        return
    if vocabulary().kinds[kind].holds_members:
        if PartyUnit.objects.open().filter(parent=unit).exists():
            raise UnitNotChangeable(
                _("%s still has units below it: move or close them first.") % unit.name
            )
        return
    if Membership.objects.current().filter(unit=unit).exists():
        raise UnitNotChangeable(
            _("%s still has members: transfer them before it becomes no cell.")
            % unit.name
        )


def _demand_movable(
    members: QuerySet[Membership], unit: PartyUnit, successor: PartyUnit, *, on: date
) -> None:
    if members.exists() and not vocabulary().kinds[successor.kind].holds_members:
        raise UnitNotChangeable(
            _("%(unit)s has members, but %(successor)s is no cell.")
            % {"unit": unit.name, "successor": successor.name}
        )
    late = members.filter(from_on__gt=on).order_by("-from_on").first()
    if late is not None:
        raise UnitNotChangeable(
            _(
                "%(unit)s took in a member on %(day)s, later than this decision: change "
                "the day from which it holds, or take this content out."
            )
            % {"unit": unit.name, "day": dates.display_day(late.from_on)}
        )


def _hand_over_people(
    staying: QuerySet[Membership],
    successor: PartyUnit,
    decision: UnitDecision,
    carried: Carried,
) -> None:
    on = decision.effective_on
    columns = ("member_id", "kind", "planned_until")
    going = list(staying.values_list(*columns))
    member_ids = {member_id for member_id, *_ in going}
    there = Membership.objects.current().filter(unit=successor, member__in=member_ids)
    twice = set(there.values_list("member_id", "kind"))
    staying.update(until_on=on, ending=Membership.Ending.REORGANISED)
    Membership.objects.bulk_create(
        Membership(
            member_id=member_id,
            unit=successor,
            kind=kind,
            from_on=on,
            planned_until=planned_until,
        )
        for member_id, kind, planned_until in going
        if (member_id, kind) not in twice
    )
    _end_beside_official(successor, member_ids, on)
    carried.people.update(member_ids)


def _end_beside_official(
    unit: PartyUnit, member_ids: Collection[int], on: date
) -> None:
    """End what people have beside in the cell that is the official one now.

    One day not before it began. Source: docs/rules/rolls.md § 5.
    """
    there = Membership.objects.current().filter(unit=unit, member__in=member_ids)
    officially = there.official().values("member")
    Membership.objects.beside().filter(unit=unit, member__in=officially).update(
        until_on=Greatest(Coalesce("from_on", Value(on)), Value(on)),
        ending=Membership.Ending.OVER,
    )


def _succeed(
    unit: PartyUnit, successor: PartyUnit, decision: UnitDecision, *, is_part: bool
) -> None:
    UnitSuccession.objects.get_or_create(
        predecessor=unit,
        successor=successor,
        decision=decision,
        is_part=is_part,
        defaults={"on": decision.effective_on},
    )


def _locked(unit_id: int | None) -> PartyUnit:
    assert unit_id is not None  # unitchange_names_its_unit, …_its_target
    return _all_locked([unit_id])[0]


def _all_locked(unit_ids: Collection[int]) -> list[PartyUnit]:
    units = PartyUnit.objects.select_for_update(no_key=True).filter(pk__in=unit_ids)
    found = list(units.order_by("path"))
    for unit in found:
        if unit.closed_on is not None:
            raise UnitNotChangeable(
                _("%(unit)s was closed on %(day)s.")
                % {"unit": unit.name, "day": dates.display_day(unit.closed_on)}
            )
    return found


def _turn_states(units: Sequence[PartyUnit], decision: UnitDecision) -> None:
    """End the states in force, begin the next; a second change of a day joins it."""
    _end_states(units, on=decision.effective_on)
    begin_states(units, on=decision.effective_on, decision=decision)


def _end_states(units: Sequence[PartyUnit], *, on: date) -> None:
    """End the states in force; one that would not have lasted a day is dropped."""
    current = UnitState.objects.filter(unit__in=units, until_on=None)
    late = current.filter(from_on__gt=on).select_related("unit").first()
    if late is not None:
        raise UnitNotChangeable(
            _(
                "%(unit)s was changed on %(day)s, later than this decision takes effect: "
                "change the day from which it holds to %(day)s or later, or take this "
                "content out."
            )
            % {"unit": late.unit.name, "day": dates.display_day(late.from_on)}
        )
    current.filter(from_on=on).delete()
    current.update(until_on=on)


def _end(unit: PartyUnit, *, on: date) -> None:
    _end_states([unit], on=on)
    unit.closed_on = on
    unit.version += 1
    unit.save(update_fields=["closed_on", "version"])
