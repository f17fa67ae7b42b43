"""What the pages of units show: a unit as it is, or as it was on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from members.models import (
    Membership,
    PartyUnit,
    Post,
    UnitState,
    UnitSuccession,
)
from members.models.people import MemberQuerySet
from members.policy import Actor, Area
from members.queries.actors import post_name
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary

MOST_UNITS = 200
MOST_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list, as it was called on the day in question."""

    url: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class StateRow:
    """How a unit was between two days, and by which decision it began."""

    name: str
    kind: str
    above: str
    from_on: date
    until_on: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """Who holds a post, since when, and which acts are offered."""

    pk: int
    post: str
    holder: str
    from_on: date
    until_on: date | None
    document: str
    is_overdue: bool
    is_delegated: bool
    may_end: bool
    may_hand_over: bool
    may_delegate: bool


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
    """Return the units that stood directly below a unit on a day; one query.

    Of those that the actor reaches today: whoever may see a unit may see what it was.
    """
    below = UnitState.objects.on(on).filter(
        parent=unit, unit__in=PartyUnit.objects.visible_to(actor)
    )
    rows = below.order_by("unit__path").values_list("unit_id", "name", "kind")
    return [
        UnitRow(unit_url(pk, on), name, kind_name(kind))
        for pk, name, kind in rows[:MOST_UNITS]
    ]


def state_on(unit: PartyUnit, on: date) -> UnitState | None:
    """Return how the unit was on a day; None before it began or after it ended."""
    states = UnitState.objects.on(on).select_related("parent")
    return states.filter(unit=unit).first()


def states_of(unit: PartyUnit) -> list[StateRow]:
    """Return all dated states of a unit, the latest first; one query."""
    states = UnitState.objects.filter(unit=unit).select_related("parent", "decision")
    return [
        StateRow(
            name=state.name,
            kind=kind_name(state.kind),
            above=state.parent.name if state.parent else "",
            from_on=state.from_on,
            until_on=state.until_on,
            decision=str(state.decision or ""),
        )
        for state in states.order_by("-from_on", "-pk")
    ]


def successions_of(unit: PartyUnit) -> list[UnitSuccession]:
    """Return what became of the unit and what it came from; one query."""
    either = Q(predecessor=unit) | Q(successor=unit)
    related = UnitSuccession.objects.filter(either).select_related(
        "predecessor", "successor", "decision"
    )
    return list(related.order_by("on", "pk"))


@opened_for(Purpose.HOLDERS)
def posts_at(unit: PartyUnit, actor: Actor, *, today: date) -> list[PostRow]:
    """Return the posts at a unit that were not ended; one query."""
    posts = Post.objects.filter(unit=unit, ended_at__isnull=True).select_related(
        "unit", "member", "account"
    )
    records = actor.reaches_below(Area.POSTS, unit.path)
    return [
        _post_row(post, actor, records=records, today=today)
        for post in posts.order_by("role", "from_on", "pk")
        if post.ends_on is None or post.ends_on >= today
    ]


def _post_row(post: Post, actor: Actor, *, records: bool, today: date) -> PostRow:
    is_own = (post.account_id is not None and post.account_id == actor.account_id) or (
        post.member_id is not None and post.member_id == actor.member_id
    )
    is_delegated = post.delegated_by_id is not None
    return PostRow(
        pk=post.pk,
        post=post_name(post),
        holder=str(post.member or post.account),
        from_on=post.from_on,
        until_on=post.ends_on or post.planned_until,
        document=post.appointed_by_document,
        is_overdue=bool(post.planned_until and post.planned_until < today),
        is_delegated=is_delegated,
        may_end=records and not is_own or is_delegated and is_own,
        may_hand_over=(records or is_own) and not is_delegated,
        may_delegate=is_own and not is_delegated,
    )


@opened_for(Purpose.HOLDERS)
def overdue_rows(posts: QuerySet[Post]) -> list[tuple[str, str, str, date]]:
    """Return address, unit, post and planned end of posts whose end has passed.

    The caller got them by a scope; one query.
    """
    related = posts.select_related("unit", "member", "account")
    return [
        (
            unit_url(post.unit_id, None),
            post_name(post),
            str(post.member or post.account),
            post.planned_until,
        )
        for post in related.order_by("planned_until", "pk")[:MOST_UNITS]
        if post.planned_until
    ]


def people_choices(
    members: MemberQuerySet, unit: PartyUnit, text: str
) -> list[tuple[int, str, str]]:
    """Return number, name and cell of people to choose from; one query.

    Without a name those of the unit itself, which only a cell has.
    """
    belongs = Membership.objects.current().official()
    at_unit = belongs.filter(unit=unit).values("member")
    found = members.named(text) if text else members.filter(pk__in=at_unit)
    cell = belongs.filter(member=OuterRef("pk")).values("unit__name")
    rows = found.in_name_order().annotate(cell=Subquery(cell[:1]))
    return list(rows.values_list("pk", "full_name", "cell")[:MOST_PEOPLE])
