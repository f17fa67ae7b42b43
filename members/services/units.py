"""The live tree: who writes paths, and how a unit begins.

What decisions change in it stands in `members.services.changing`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import (
    CharField,
    F,
    IntegerField,
    Max,
    Min,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Concat, Length, LPad, Substr
from django.utils.translation import gettext as _

from members import dates, locks, names
from members.models import PartyUnit, UnitDecision, UnitState
from members.paths import (
    MAX_DEPTH,
    SEGMENT,
    TooDeep,
    child_path,
    segment,
    subtree_range,
)
from members.vocabulary import vocabulary

UnitT = TypeVar("UnitT", bound=Any)  # a live unit, or one of a campaign


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

    Raises: UnitNotChangeable if the code is taken or holds what cannot be seen, the
        unit above is closed or on the lowest level, or kind or sector do not exist on
        that day.
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
        begin_states([unit], on=on, decision=decision)
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


def below_siblings(tree: QuerySet[UnitT], siblings: Sequence[UnitT]) -> QuerySet[UnitT]:
    """Return units that stand below one unit, with everything below them."""
    paths = sorted(unit.path for unit in siblings)
    inside = tree.filter(path__gte=paths[0], path__lt=subtree_range(paths[-1])[1])
    tops = inside.alias(top=Substr("path", 1, len(paths[0])))
    below: QuerySet[UnitT] = tops.filter(top__in=paths)
    return below


def carry(tree: QuerySet[UnitT], siblings: Sequence[UnitT], *, first: str) -> None:
    """Let siblings, with everything below them, stand from the path `first` on.

    They keep their order and the gaps between them; one statement for any number. The
    caller has asked `next_path` for `first`, in a tree that is locked.
    """
    paths = sorted(unit.path for unit in siblings)
    begin = len(paths[0]) - SEGMENT
    by = int(first[-SEGMENT:]) - int(paths[0][-SEGMENT:])
    segment(int(paths[-1][-SEGMENT:]) + by)  # has room
    number = Cast(Substr("path", begin + 1, SEGMENT), IntegerField()) + by
    below_siblings(tree, siblings).update(
        path=Concat(
            Value(first[:-SEGMENT]),
            LPad(Cast(number, CharField()), SEGMENT, Value("0")),
            Substr("path", begin + SEGMENT + 1),
        ),
        version=F("version") + 1,
    )


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


def begin_states(
    units: Sequence[PartyUnit], *, on: date, decision: UnitDecision | None
) -> None:
    """Begin the dated states that units are in now; one query."""
    UnitState.objects.bulk_create(
        UnitState(
            unit=unit,
            name=unit.name,
            kind=unit.kind,
            sector=unit.sector,
            parent_id=unit.parent_id,
            from_on=on,
            decision=decision,
        )
        for unit in units
    )
