"""Changes to the live tree: one service writes paths, each change leaves a state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min, QuerySet, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext as _

from members import events, locks, names
from members.models import (
    Membership,
    PartyUnit,
    Post,
    UnitChange,
    UnitDecision,
    UnitState,
    UnitSuccession,
)
from members.paths import MAX_DEPTH, SEGMENT, TooDeep, child_path, is_within
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services import posts
from members.vocabulary import vocabulary


class UnitNotChangeable(Exception):
    """The tree does not take this change; the text says why."""


def create_unit(
    *,
    code: str,
    name: str,
    kind: str,
    on: date,
    parent: PartyUnit | None = None,
    sector: str = "",
    decision: UnitDecision | None = None,
) -> PartyUnit:
    """Add a unit below `parent`, or a root, with its first dated state.

    Raises: UnitNotChangeable if the code is taken or holds what cannot be seen, the unit above is closed or on the
        lowest level, or kind or sector do not exist on that day.
    """
    _demand_terms(kind, sector, on=on)
    code = _clean(code)
    with transaction.atomic():
        lock_tree()
        if PartyUnit.objects.filter(code_key=code).exists():
            raise UnitNotChangeable(_("The unit code %s is taken.") % code)
        unit = PartyUnit.objects.create(
            code=code,
            name=name,
            kind=kind,
            sector=sector,
            parent=parent,
            path=next_path(parent),
            opened_on=on,
        )
        _begin_state(unit, on=on, decision=decision)
    return unit


def lock_tree() -> None:
    """Let one change of the tree happen at a time, until the transaction ends.

    A move rewrites the paths of a subtree; a unit that is added below it meanwhile
    would keep the old one. Rows that only refer to a unit do not wait.
    """
    locks.hold(locks.Lock.TREE)


def next_path(parent: PartyUnit | None, *, levels: int = 1) -> str:
    """Return the path for the next unit below `parent`, in a tree that is locked.

    Raises: UnitNotChangeable if the unit above is closed, or if the `levels` that the
        unit brings have no room there.
    """
    if parent is None:
        last = PartyUnit.objects.filter(parent=None).aggregate(last=Max("path"))["last"]
        return child_path("", int(last or 0) + 1)
    above = PartyUnit.objects.select_for_update(no_key=True).get(pk=parent.pk)
    if above.closed_on is not None:
        raise UnitNotChangeable(
            _("%(unit)s was closed on %(day)s and takes no unit below it.")
            % {"unit": above.name, "day": f"{above.closed_on:%d/%m/%Y}"}
        )
    return free_path(above, levels=levels)


def free_path(above: PartyUnit, *, levels: int = 1) -> str:
    """Return the next free path below a unit, closed or not, in a locked tree.

    Raises: UnitNotChangeable if the `levels` have no room there.
    """
    # By the path, not by the parent: a unit that moved away may still have the number.
    below = PartyUnit.objects.in_subtree_of(above).filter(parent=above)
    last = below.aggregate(last=Max("path"))["last"]
    with refusing_depth(above.name):
        return child_path(above.path, int((last or "0")[-SEGMENT:]) + 1, levels=levels)


@contextmanager
def refusing_depth(above: str) -> Iterator[None]:
    """Refuse in a sentence what would stand too deep below the unit of this name.

    Raises: UnitNotChangeable.
    """
    try:
        yield
    except TooDeep as refusal:
        raise UnitNotChangeable(
            _("Below %(above)s the tree would have more than %(most)d levels.")
            % {"above": above, "most": MAX_DEPTH}
        ) from refusal


def levels_of(subtree: QuerySet[Any]) -> int:
    """Return how many levels a unit has together with everything below it."""
    found = subtree.aggregate(top=Min(Length("path")), lowest=Max(Length("path")))
    return int(found["lowest"] - found["top"]) // SEGMENT + 1


@opened_for(Purpose.ACT)
def apply_decision(
    *, decision: UnitDecision, actor: Actor, now: datetime, system_reason: str = ""
) -> None:
    """Carry out all changes of a decision on the live tree, in their order, or none.

    Open campaigns keep their own tree until somebody applies the decision there.
    Posts at a unit that is closed or merged end with it.
    Raises: UnitNotChangeable if it was applied before, or a change is impossible.
    """
    with events.written_last():
        lock_tree()
        locked = UnitDecision.objects.select_for_update().get(pk=decision.pk)
        if locked.applied_at is not None:
            raise UnitNotChangeable(
                _("Decision %s has been carried out already.") % locked.number
            )
        for change in locked.changes.select_related("unit", "target"):
            _ACTS[UnitChange.Act(change.act)](change, locked)
        gone = locked.changes.filter(act__in=_CLOSING).values("unit")
        for post in Post.objects.filter(unit__in=gone, ended_at=None).order_by("pk"):
            posts.end_post(
                post=post,
                actor=actor,
                now=now,
                document=locked.number,
                system_reason=system_reason,
            )
        locked.applied_at = now
        locked.applied_by_id = actor.account_id
        locked.save(update_fields=["applied_at", "applied_by"])
        events.record(
            action="units.decision_applied",
            subject=locked,
            actor=actor,
            now=now,
            system_reason=system_reason,
            data={"changes": locked.changes.count()},
        )


def _create(change: UnitChange, decision: UnitDecision) -> None:
    change.unit = create_unit(
        code=change.code,
        name=change.name,
        kind=change.kind,
        sector=change.sector,
        parent=change.target,
        on=decision.effective_on,
        decision=decision,
    )
    change.save(update_fields=["unit"])


def _rename(change: UnitChange, decision: UnitDecision) -> None:
    unit = _locked(change.unit_id)
    _demand_terms(change.kind, change.sector, on=decision.effective_on)
    unit.name = change.name or unit.name
    unit.kind = change.kind or unit.kind
    unit.sector = change.sector or unit.sector
    unit.version += 1
    unit.save(update_fields=["name", "kind", "sector", "version"])
    _turn_state(unit, decision)


def _move(change: UnitChange, decision: UnitDecision) -> None:
    unit, above = _locked(change.unit_id), _locked(change.target_id)
    if is_within(above.path, unit.path):
        raise UnitNotChangeable(
            _("%(unit)s cannot move below itself (%(above)s).")
            % {"unit": unit.name, "above": above.name}
        )
    subtree = PartyUnit.objects.in_subtree_of(unit)
    old, new = unit.path, next_path(above, levels=levels_of(subtree))
    subtree.update(
        path=Concat(Value(new), Substr("path", len(old) + 1)), version=F("version") + 1
    )
    PartyUnit.objects.filter(pk=unit.pk).update(parent=above)
    unit.refresh_from_db()
    _turn_state(unit, decision)


def _merge(change: UnitChange, decision: UnitDecision) -> None:
    unit, successor = _locked(change.unit_id), _locked(change.target_id)
    on = decision.effective_on
    _demand_mergeable(unit, successor, on=on)
    for child in PartyUnit.objects.open().filter(parent=unit).order_by("path"):
        _move(UnitChange(unit=child, target=successor), decision)
    staying = Membership.objects.current().filter(unit=unit)
    moved = [
        Membership(member_id=member_id, unit=successor, kind=kind, from_on=on)
        for member_id, kind in staying.values_list("member_id", "kind")
    ]
    staying.update(until_on=on, ending=Membership.Ending.REORGANISED)
    Membership.objects.bulk_create(moved)
    UnitSuccession.objects.create(
        predecessor=unit, successor=successor, decision=decision, on=on
    )
    _end(unit, on=on)


def _demand_mergeable(unit: PartyUnit, successor: PartyUnit, *, on: date) -> None:
    if is_within(successor.path, unit.path):
        raise UnitNotChangeable(
            _("%(unit)s cannot merge into itself or a unit below it.")
            % {"unit": unit.name}
        )
    members = Membership.objects.current().filter(unit=unit)
    if members.exists() and not vocabulary().kinds[successor.kind].holds_members:
        raise UnitNotChangeable(
            _("%(unit)s has members, but %(successor)s is no cell.")
            % {"unit": unit.name, "successor": successor.name}
        )
    late = members.filter(from_on__gt=on).order_by("-from_on").first()
    if late is not None:
        raise UnitNotChangeable(
            _("%(unit)s took in a member on %(day)s, later than this decision.")
            % {"unit": unit.name, "day": f"{late.from_on:%d/%m/%Y}"}
        )


def _close(change: UnitChange, decision: UnitDecision) -> None:
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


_ACTS: dict[UnitChange.Act, Callable[[UnitChange, UnitDecision], None]] = {
    UnitChange.Act.CREATE: _create,
    UnitChange.Act.RENAME: _rename,
    UnitChange.Act.MOVE: _move,
    UnitChange.Act.MERGE: _merge,
    UnitChange.Act.CLOSE: _close,
}
_CLOSING = (UnitChange.Act.MERGE, UnitChange.Act.CLOSE)


def _clean(code: str) -> str:
    try:
        return names.clean_text(code)
    except names.UnfitText as refusal:
        raise UnitNotChangeable(
            _("The text holds a character that cannot be seen (%(name)s).")
            % {"name": refusal.name}
        ) from refusal


def _demand_terms(kind: str, sector: str, *, on: date) -> None:
    """Refuse what the vocabulary lacks on that day; "" stands for no change."""
    terms = vocabulary()
    for code, known in ((kind, terms.kinds), (sector, terms.sectors)):
        term = known.get(code)
        if code and (term is None or not term.is_valid_on(on)):
            raise UnitNotChangeable(
                _("“%(code)s” is no kind or sector that is valid on %(day)s.")
                % {"code": code, "day": f"{on:%d/%m/%Y}"}
            )


def _locked(unit_id: int | None) -> PartyUnit:
    assert unit_id is not None  # unitchange_names_its_unit, …_its_target
    unit = PartyUnit.objects.select_for_update(no_key=True).get(pk=unit_id)
    if unit.closed_on is not None:
        raise UnitNotChangeable(
            _("%(unit)s was closed on %(day)s.")
            % {"unit": unit.name, "day": f"{unit.closed_on:%d/%m/%Y}"}
        )
    return unit


def _begin_state(unit: PartyUnit, *, on: date, decision: UnitDecision | None) -> None:
    UnitState.objects.create(
        unit=unit,
        name=unit.name,
        kind=unit.kind,
        sector=unit.sector,
        parent_id=unit.parent_id,
        from_on=on,
        decision=decision,
    )


def _turn_state(unit: PartyUnit, decision: UnitDecision) -> None:
    """End the state in force and begin the next; a second change of a day joins it."""
    _end_state(unit, on=decision.effective_on)
    _begin_state(unit, on=decision.effective_on, decision=decision)


def _end_state(unit: PartyUnit, *, on: date) -> None:
    """End the state in force; one that would not have lasted a day is dropped."""
    current = UnitState.objects.get(unit=unit, until_on=None)
    if current.from_on > on:
        raise UnitNotChangeable(
            _("%(unit)s was changed on %(day)s, later than this decision takes effect.")
            % {"unit": unit.name, "day": f"{current.from_on:%d/%m/%Y}"}
        )
    if current.from_on == on:
        current.delete()
    else:
        current.until_on = on
        current.save(update_fields=["until_on"])


def _end(unit: PartyUnit, *, on: date) -> None:
    _end_state(unit, on=on)
    unit.closed_on = on
    unit.version += 1
    unit.save(update_fields=["closed_on", "version"])
