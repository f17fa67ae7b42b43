"""Which rolls that were given out somebody stood on, by when acts were recorded.

An act counts from a day that may lie before it was recorded; what was given out between
the two holds what was recorded then.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TypeAlias

from django.db.models import Q
from django.utils import timezone

from members.models import (
    Event,
    Member,
    Membership,
    PartyUnit,
    Transfer,
    UnitState,
    UnitSuccession,
)
from members.models.events import ADMITTED, ENDED, EXPORTED


@dataclass(frozen=True, slots=True)
class Time:
    """A time between two moments; None is without an end."""

    begins: datetime | None
    ends: datetime | None

    def meet(self, other: "Time") -> "Time | None":
        """Return the time that both have in common; None if there is none."""
        begins = max(filter(None, (self.begins, other.begins)), default=None)
        ends = min(filter(None, (self.ends, other.ends)), default=None)
        if begins is not None and ends is not None and begins >= ends:
            return None
        return Time(begins, ends)


Times: TypeAlias = Mapping[int, Sequence[Time]]  # by the number of a unit


def exports_of(member: Member) -> Q:
    """Return the filter for rolls given out while the person was on them.

    Four queries, and one for each level of the tree.
    """
    times = _belonged(member)
    found = Q(pk__in=[])
    while times:
        for unit_id, several in times.items():
            for one in several:
                found |= _exports_from(unit_id, one)
        times = _above(times)
    return found


def _exports_from(unit_id: int, one: Time) -> Q:
    exports = Q(
        action=EXPORTED,
        subject_kind=PartyUnit._meta.label_lower,
        subject_id=unit_id,
    )
    if one.begins is not None:
        exports &= Q(at__gte=one.begins)
    if one.ends is not None:
        exports &= Q(at__lt=one.ends)
    return exports


def _belonged(member: Member) -> Times:
    """Return when the registry had the person officially in which cell."""
    official = Membership.objects.official().filter(member=member)
    rows = sorted(official, key=lambda each: (each.until_on or date.max, each.pk))
    admitted, moved = _moments(member)
    decided = _decided(rows)
    times: dict[int, list[Time]] = defaultdict(list)
    before = Time(None, None)
    for row, earlier in zip(rows, [None, *rows], strict=False):
        begins = before.ends
        if begins is None or (earlier and earlier.until_on != row.from_on):
            later = (at for at in admitted if begins is None or at >= begins)
            begins = next(later, _midnight(row.from_on) if row.from_on else begins)
        before = Time(begins, _ended(row, moved, decided))
        times[row.unit_id].append(before)
    return times


def _moments(member: Member) -> tuple[list[datetime], list[datetime]]:
    """Return when it was recorded that somebody came, and that they went elsewhere."""
    acts = Event.objects.filter(member=member, action__in=(ADMITTED, ENDED))
    known = list(acts.order_by("pk").values_list("action", "at"))
    received = Transfer.objects.filter(
        member=member, kind=Transfer.Kind.FORMAL, state=Transfer.State.RECEIVED
    )
    came = [at for action, at in known if action == ADMITTED]
    went = [at for action, at in known if action == ENDED]
    settled = received.values_list("settled_at", flat=True)
    return came, sorted([*went, *filter(None, settled)])


def _ended(
    row: Membership,
    moved: Sequence[datetime],
    decided: Mapping[tuple[int, date], datetime],
) -> datetime | None:
    """Return when the end of a membership was recorded, else the end of its day."""
    if row.until_on is None:
        return None
    over = _midnight(row.until_on + timedelta(days=1))
    if row.ending == Membership.Ending.REORGANISED:
        return decided.get((row.unit_id, row.until_on), over)
    first = _midnight(row.until_on)
    return next((at for at in moved if at >= first), over)


def _decided(rows: Sequence[Membership]) -> dict[tuple[int, date], datetime]:
    """Return when each decision was carried out, by unit and the day it took effect."""
    successions = UnitSuccession.objects.filter(
        predecessor__in={each.unit_id for each in rows},
        decision__applied_at__isnull=False,
    )
    columns = ("predecessor", "on", "decision__applied_at")
    return {(unit, on): at for unit, on, at in successions.values_list(*columns)}


def _above(times: Times) -> Times:
    """Return when which unit stood above these, as the registry had it; one query."""
    found: dict[int, list[Time]] = defaultdict(list)
    states = UnitState.objects.filter(unit__in=times).select_related("decision")
    in_order = states.order_by("unit", "from_on")
    for unit_id, several in groupby(in_order, attrgetter("unit_id")):
        for parent_id, stood in _stood(list(several)):
            met = (one.meet(stood) for one in times[unit_id])
            found[parent_id] += filter(None, met)
    return {unit_id: several for unit_id, several in found.items() if several}


def _stood(states: Sequence[UnitState]) -> Iterator[tuple[int, Time]]:
    """Give the unit above in each state of one unit, by when that was recorded."""
    for state, later in pairwise([*states, None]):
        assert state is not None  # only the last is none
        if state.parent_id is not None:
            # What is closed stands where it stood: nothing below it goes on from there.
            begins = None if state is states[0] else _recorded(state)
            yield state.parent_id, Time(begins, _recorded(later) if later else None)


def _recorded(state: UnitState) -> datetime:
    decision = state.decision
    if decision is not None and decision.applied_at is not None:
        return decision.applied_at
    return _midnight(state.from_on)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
