"""Plans of remediation of a unit: what it keeps, what came to it, the numbers below.

Source: docs/rules/remediation.md § 5, § 7.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from members.models import Membership, PartyUnit, within
from members.paths import is_within
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from reviews.models import (
    NamedPerson,
    RemediationItem,
    RemediationPlan,
)
from reviews.models.remediation import ItemQuerySet, PlanQuerySet
from reviews.queries.remediation.reading import ItemRead, items_read, names_of

State = RemediationItem.State


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in a list, of whom, and how many of its items are open and late."""

    plan: RemediationPlan
    name: str
    items: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in the list of what is followed, and of whom."""

    read: ItemRead
    plan: RemediationPlan
    name: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """What goes up: numbers and nothing else."""

    unit: PartyUnit
    open: int = 0
    overdue: int = 0
    done: int = 0
    referred: int = 0


def own_plans(actor: Actor, *, today: date) -> list[PlanLine]:
    """Return one's own plans, the latest first; four queries."""
    return lines_of(RemediationPlan.objects.own(actor).order_by("-pk"), today=today)


def own_named(actor: Actor) -> list[NamedPerson]:
    """Return where one is named oneself, what waits for an answer first."""
    rows = NamedPerson.objects.own(actor).order_by("answered_at", "-pk")
    return list(rows)


def kept_at(unit: PartyUnit, actor: Actor, *, today: date) -> list[PlanLine]:
    """Return the plans that one keeps at a unit: its own, and of whoever is on its roll.

    Those still to be acted upon first. Five queries.
    """
    lines = lines_of(_kept_at(unit, actor).order_by("-pk"), today=today)
    waiting = (RemediationPlan.State.GIVEN, RemediationPlan.State.MINUTED)
    return sorted(lines, key=lambda line: line.plan.state not in waiting)


def came_to(unit: PartyUnit, actor: Actor, *, today: date) -> list[PlanLine]:
    """Return the plans that were sent to the committee of a unit, unanswered first."""
    plans = RemediationPlan.objects.came_to(actor).filter(goes_to=unit)
    lines = lines_of(plans.order_by("-pk"), today=today)
    return sorted(lines, key=lambda line: line.plan.state != RemediationPlan.State.SENT)


def followed_at(unit: PartyUnit, actor: Actor, *, today: date) -> list[ItemLine]:
    """Return the open items that one follows at a unit; what is behind first.

    Five queries.
    """
    items = RemediationItem.objects.visible_to(actor).followed()
    lines = _item_lines(items.filter(plan__in=_kept_at(unit, actor)), today)
    return sorted(lines, key=lambda line: not line.read.is_behind)


def book_of(unit: PartyUnit, actor: Actor, *, today: date) -> list[ItemLine]:
    """Return all items that were ever followed of the plans that one keeps at a unit.

    By the day on which they are due. Five queries.
    """
    items = RemediationItem.objects.visible_to(actor).filter(
        plan__in=_kept_at(unit, actor), plan__state__in=RemediationItem.FOLLOWED
    )
    return _item_lines(items, today)


def _item_lines(items: ItemQuerySet, today: date) -> list[ItemLine]:
    rows = items.select_related("plan").order_by("due_on", "pk")
    read = items_read(rows, today=today)
    names = names_of([each.item.plan for each in read])
    return [ItemLine(each, each.item.plan, names[each.item.plan_id]) for each in read]


def _kept_at(unit: PartyUnit, actor: Actor) -> PlanQuerySet:
    return RemediationPlan.objects.kept_by(actor).filter(_at(unit))


def _at(unit: PartyUnit) -> Q:
    on_roll = Membership.objects.current().official().filter(unit=unit)
    return Q(unit=unit) | Q(member__in=on_roll.values("member"))


def lines_of(plans: Iterable[RemediationPlan], *, today: date) -> list[PlanLine]:
    """Return plans that were got by a scope as lines, in their order; four queries."""
    rows = list(plans)
    counts: dict[str, Counter[int]] = {
        name: Counter() for name in ("items", "open", "overdue")
    }
    items = RemediationItem.objects.filter(plan__in=rows)
    for plan_id, state, due_on in items.values_list("plan", "state", "due_on"):
        counts["items"][plan_id] += 1
        counts["open"][plan_id] += state == State.OPEN
        counts["overdue"][plan_id] += state == State.OPEN and due_on < today
    names = names_of(rows)
    return [
        PlanLine(
            row,
            names[row.pk],
            items=counts["items"][row.pk],
            open=counts["open"][row.pk],
            overdue=counts["overdue"][row.pk],
        )
        for row in rows
    ]


@opened_for(Purpose.COUNT)
def numbers_of(
    unit: PartyUnit, *, with_below: bool, today: date
) -> tuple[Numbers, Sequence[Numbers]]:
    """Return the numbers of a unit that was got by a scope, and of those right below.

    Of plans that their collective has discussed. Two queries.
    Source: docs/rules/remediation.md § 7.
    """
    of_person = (
        Membership.objects.current().official().filter(member=OuterRef("plan__member"))
    )
    items = RemediationItem.objects.filter(plan__state__in=RemediationItem.FOLLOWED)
    placed = items.annotate(
        path=Coalesce(
            F("plan__unit__path"), Subquery(of_person.values("unit__path")[:1])
        )
    ).filter(within([unit.path], "path"))
    grouped = (
        placed.order_by()
        .values("path")
        .annotate(
            open_=Count("pk", filter=Q(state=State.OPEN)),
            overdue_=Count("pk", filter=Q(state=State.OPEN, due_on__lt=today)),
            done_=Count("pk", filter=Q(state=State.DONE)),
            referred_=Count("pk", filter=Q(state=State.REFERRED)),
        )
    )
    rows: list[Mapping[str, Any]] = [*grouped]
    below: list[Numbers] = []
    if with_below:
        children = PartyUnit.objects.open().filter(parent=unit).order_by("path")
        below = [_sum(child, rows) for child in children]
    return _sum(unit, rows), below


def _sum(unit: PartyUnit, rows: Sequence[Mapping[str, Any]]) -> Numbers:
    inside = [row for row in rows if is_within(row["path"], unit.path)]
    names = ("open", "overdue", "done", "referred")
    return Numbers(
        unit, **{name: sum(row[f"{name}_"] for row in inside) for name in names}
    )


def may_read_below(unit: PartyUnit, actor: Actor) -> bool:
    """Tell whether the reader gets the numbers of each unit below."""
    return actor.reaches_below(Area.PROGRESS, unit.path)
