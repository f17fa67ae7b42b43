"""What the pages of units show: a unit as it is, or as it was on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from members.models import PartyUnit, UnitDecision, UnitState, UnitSuccession
from members.policy import Actor, Area
from members.vocabulary import vocabulary

MOST_UNITS = 200


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list, as it was called on the day in question."""

    url: str
    name: str
    kind: str
    is_deeper: bool = False  # below the one that stands before it in the list


@dataclass(frozen=True, slots=True)
class StateRow:
    """How a unit was between two days, and by which decision it began."""

    name: str
    kind: str
    above: str  # as it was called then, at last
    from_on: date
    until_on: date | None
    decision: str
    decision_url: str  # "" where the reader does not see the decision


def kept_cells(actor: Actor) -> QuerySet[PartyUnit]:
    """Return the open cells whose rolls the actor keeps, in the order of the tree."""
    kept = PartyUnit.objects.visible_to(actor, Area.ROLL_EDIT).open()
    return kept.filter(kind__in=vocabulary().cells).order_by("path")


def unit_url(unit_id: int, on: date | None) -> str:
    """Return the address of a unit's page, as of a day or today."""
    url = reverse("members:unit_detail", args=[unit_id])
    return f"{url}?on={on:%Y-%m-%d}" if on else url


def kind_name(kind: str) -> str:
    """Return how a kind of party body is called, at the beginning of a line."""
    label = vocabulary().kinds[kind].label.text(get_language() or "vi")
    return str(capfirst(label))


def units_of(actor: Actor) -> list[UnitRow]:
    """Return the outermost units in reach; one query."""
    visible = PartyUnit.objects.visible_to(actor).open()
    outermost = visible.exclude(parent__in=visible).order_by("path")
    return [
        UnitRow(unit_url(unit.pk, None), unit.name, kind_name(unit.kind))
        for unit in outermost[:MOST_UNITS]
    ]


def units_below(unit: PartyUnit, actor: Actor, *, on: date) -> list[UnitRow]:
    """Return the units that stood below a unit on a day, two levels; two queries.

    One level only where two would be too many for a page. Of those that the actor
    reaches today: whoever may see a unit may see what it was.
    """
    visible = PartyUnit.objects.visible_to(actor)
    states = UnitState.objects.on(on).filter(unit__in=visible).order_by("unit__path")
    columns = ("unit_id", "name", "kind", "parent_id")
    first = states.filter(parent=unit).values_list(*columns)[:MOST_UNITS]
    ids = [pk for pk, *_ in first]
    room = MOST_UNITS - len(ids)
    second = list(states.filter(parent__in=ids).values_list(*columns)[: room + 1])
    deeper: dict[int | None, list[UnitRow]] = defaultdict(list)
    for pk, name, kind, parent_id in second if len(second) <= room else ():
        row = UnitRow(unit_url(pk, on), name, kind_name(kind), is_deeper=True)
        deeper[parent_id].append(row)
    return [
        row
        for pk, name, kind, _ in first
        for row in (UnitRow(unit_url(pk, on), name, kind_name(kind)), *deeper[pk])
    ]


def state_on(unit: PartyUnit, on: date) -> UnitState | None:
    """Return how the unit was on a day; None before it began or after it ended.

    Beside it as `above` how the unit above was called on that day.
    """
    states = UnitState.objects.on(on).filter(unit=unit)
    return states.annotate(above=_name_above(before=on + timedelta(days=1))).first()


def states_of(unit: PartyUnit, actor: Actor) -> list[StateRow]:
    """Return all dated states of a unit, the latest first; two queries."""
    ends = Coalesce("until_on", Value(date.max))
    states = (
        UnitState.objects.filter(unit=unit)
        .alias(ends=ends)
        .annotate(above=_name_above(before=OuterRef("ends")))
        .select_related("decision")
    )
    seen = UnitDecision.objects.visible_to(actor)
    urls = {
        pk: reverse("decision_detail", args=[pk])
        for pk in seen.filter(pk__in=states.values("decision")).values_list(
            "pk", flat=True
        )
    }
    return [
        StateRow(
            name=state.name,
            kind=kind_name(state.kind),
            above=state.above or "",
            from_on=state.from_on,
            until_on=state.until_on,
            decision=str(state.decision or ""),
            decision_url=urls.get(state.decision_id or 0, ""),
        )
        for state in states.order_by("-from_on", "-pk")
    ]


def _name_above(*, before: Any) -> Subquery:
    """Return how the unit above a state was called last before a day."""
    states = UnitState.objects.filter(unit=OuterRef("parent"), from_on__lt=before)
    return Subquery(states.order_by("-from_on").values("name")[:1])


def successions_of(unit: PartyUnit) -> list[UnitSuccession]:
    """Return what became of the unit and what it came from; one query."""
    either = Q(predecessor=unit) | Q(successor=unit)
    related = UnitSuccession.objects.filter(either).select_related(
        "predecessor", "successor", "decision"
    )
    return list(related.order_by("on", "pk"))
