"""The live tree: who writes paths, and how a unit begins.

What decisions change in it stands in `members.services.changing`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from members import dates, locks, names
from members.models import PartyUnit, UnitDecision, UnitState
from members.paths import MAX_DEPTH, SEGMENT, TooDeep, child_path
from members.vocabulary import vocabulary


class UnitNotChangeable(Exception):
    """The tree does not take this change; the text says why.

    `change_id`: which change of a decision it is, where it is one of them.
    """

    change_id: int | None = None


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
    demand_terms(kind, sector, on=on)
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
        begin_state(unit, on=on, decision=decision)
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
            % {"unit": above.name, "day": dates.display_day(above.closed_on)}
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


def _clean(code: str) -> str:
    try:
        return names.clean_text(code)
    except names.UnfitText as refusal:
        raise UnitNotChangeable(
            _("The text holds a character that cannot be seen (%(name)s).")
            % {"name": refusal.code_point}
        ) from refusal


def demand_terms(kind: str, sector: str, *, on: date) -> None:
    """Refuse what the vocabulary lacks on that day; "" stands for no change.

    Raises: UnitNotChangeable.
    """
    terms = vocabulary()
    for code, known in ((kind, terms.kinds), (sector, terms.sectors)):
        term = known.get(code)
        if code and (term is None or not term.is_valid_on(on)):
            raise UnitNotChangeable(
                _("“%(code)s” is no kind or sector that is valid on %(day)s.")
                % {"code": code, "day": dates.display_day(on)}
            )


def begin_state(unit: PartyUnit, *, on: date, decision: UnitDecision | None) -> None:
    """Begin the dated state that a unit is in now."""
    UnitState.objects.create(
        unit=unit,
        name=unit.name,
        kind=unit.kind,
        sector=unit.sector,
        parent_id=unit.parent_id,
        from_on=on,
        decision=decision,
    )
