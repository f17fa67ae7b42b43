"""What the pages of units show: a unit as it is, or as it was on a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language

from members import dates
from members.models import (
    Membership,
    PartyUnit,
    Post,
    PostCharge,
    UnitDecision,
    UnitState,
    UnitSuccession,
    UnitTerm,
)
from members.models.people import MemberQuerySet
from members.names import fold
from members.policy import COMMITTEE_ROLES, Actor, Area
from members.queries.actors import post_name
from members.queries.terms import name_on
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary

MOST_UNITS = 200
MOST_PEOPLE = 100
MOST_CHOICES = 20


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
    above: str
    from_on: date
    until_on: date | None
    decision: str
    decision_url: str  # "" where the reader does not see the decision


@dataclass(frozen=True, slots=True)
class PostRow:
    """Who holds a post, since when, and which acts are offered."""

    pk: int
    post: str
    holder: str
    from_on: date
    term: str  # in which it began; "" where none is recorded
    until_on: date | None
    document: str
    is_overdue: bool
    is_delegated: bool
    may_end: bool
    may_hand_over: bool
    may_delegate: bool
    may_charge: bool
    charges: str  # units and fields in charge, one after the other


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
    """Return how the unit was on a day; None before it began or after it ended."""
    states = UnitState.objects.on(on).select_related("parent")
    return states.filter(unit=unit).first()


def states_of(unit: PartyUnit, actor: Actor) -> list[StateRow]:
    """Return all dated states of a unit, the latest first; two queries."""
    states = UnitState.objects.filter(unit=unit).select_related("parent", "decision")
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
            above=state.parent.name if state.parent else "",
            from_on=state.from_on,
            until_on=state.until_on,
            decision=str(state.decision or ""),
            decision_url=urls.get(state.decision_id or 0, ""),
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
def posts_at(
    unit: PartyUnit, actor: Actor, *, terms: Sequence[UnitTerm], today: date
) -> list[PostRow]:
    """Return the posts at a unit that were not ended; two queries.

    `terms` are those of the unit: a post belongs to the one in which it began.
    """
    posts = Post.objects.filter(unit=unit, ended_at__isnull=True).select_related(
        "unit", "member", "account"
    )
    records = actor.reaches_below(Area.POSTS, unit.path)
    charges = charges_of(Post.objects.filter(unit=unit))
    return [
        replace(
            _post_row(post, actor, terms=terms, records=records, today=today),
            charges="; ".join(map(str, charges.get(post.pk, []))),
        )
        for post in posts.order_by("role", "from_on", "pk")
        if post.ends_on is None or post.ends_on >= today
    ]


def _post_row(
    post: Post,
    actor: Actor,
    *,
    terms: Sequence[UnitTerm],
    records: bool,
    today: date,
) -> PostRow:
    is_own = (post.account_id is not None and post.account_id == actor.account_id) or (
        post.member_id is not None and post.member_id == actor.member_id
    )
    is_delegated = post.delegated_by_id is not None
    is_held = is_own and post.from_on <= today
    return PostRow(
        pk=post.pk,
        post=post_name(post),
        holder=str(post.member or post.account),
        from_on=post.from_on,
        term=name_on(terms, post.from_on),
        until_on=post.ends_on or post.planned_until,
        document=post.appointed_by_document,
        is_overdue=bool(post.planned_until and post.planned_until < today),
        is_delegated=is_delegated,
        may_end=records and not is_own or is_delegated and is_own,
        may_hand_over=(records or is_held) and not is_delegated,
        may_delegate=is_held and not is_delegated,
        may_charge=records and post.role in COMMITTEE_ROLES,
        charges="",
    )


def charges_of(posts: QuerySet[Post]) -> dict[int, list[PostCharge]]:
    """Return what is in charge of each of these posts, units first; one query."""
    rows = PostCharge.objects.filter(post__in=posts).select_related("unit")
    found: dict[int, list[PostCharge]] = {}
    for row in rows.order_by("unit__path", "field"):
        found.setdefault(row.post_id, []).append(row)
    return found


def charges_as_entered(post: Post) -> dict[str, object]:
    """Return what is in charge of a post as its form takes it; one query."""
    rows = charges_of(Post.objects.filter(pk=post.pk)).get(post.pk, [])
    return {
        "version": post.version,
        "units": [row.unit_id for row in rows if row.unit_id],
        "fields_of_work": "\n".join(row.field for row in rows if row.field),
    }


@opened_for(Purpose.HOLDERS)
def overdue_rows(posts: QuerySet[Post]) -> list[tuple[str, str, str, date]]:
    """Return address, post, holder and planned end of posts whose end has passed.

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


def units_named(units: QuerySet[Any], text: str) -> list[tuple[int, str, str]]:
    """Return number, name, and unit above with code, of units to choose from.

    Their code, name and unit above have words that begin as those of the text; the
    likelier come first: the text as it stands in the name, then its words there. Case
    and accents are forgiven. One more than `MOST_CHOICES` says that there are more.
    One query over all of them, in their order.
    """
    phrase = " ".join(fold(text).split())
    if not phrase:
        return []
    found = [
        (_distance(phrase, name, f"{code} {above or ''}"), pk, name, code, above)
        for pk, code, name, above in units.values_list(
            "pk", "code", "name", "parent__name"
        )
    ]
    near = sorted((each for each in found if each[0] is not None), key=itemgetter(0))
    return [
        (pk, name, f"{above or ''} ({code})".strip())
        for _far, pk, name, code, above in near[: MOST_CHOICES + 1]
    ]


def _distance(phrase: str, name: str, beside: str) -> int | None:
    """Return how far a name is from what was typed; None where words are missing."""
    words, own = phrase.split(), fold(name).split()
    both = [*own, *fold(beside).split()]
    if f" {phrase} " in f" {' '.join(own)} ":
        return 0
    if set(words) <= set(own):
        return 1
    if _all_begin(words, own):
        return 2
    if set(words) <= set(both):
        return 3
    return 4 if _all_begin(words, both) else None


def _all_begin(words: Sequence[str], parts: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in parts) for word in words)


def people_choices(
    members: MemberQuerySet, unit: PartyUnit, text: str
) -> list[tuple[int, str, str]]:
    """Return number, name, and birth and cell, of people to choose from; one query.

    Without a name those of the unit itself, which only a cell has.
    """
    belongs = Membership.objects.current().official()
    at_unit = belongs.filter(unit=unit).values("member")
    found = members.named(text) if text else members.filter(pk__in=at_unit)
    cell = belongs.filter(member=OuterRef("pk")).values("unit__name")
    rows = found.in_name_order().annotate(cell=Subquery(cell[:1]))
    return [
        (pk, name, ", ".join(filter(None, (dates.display_partial(born_on), where))))
        for pk, name, born_on, where in rows.values_list(
            "pk", "full_name", "born_on", "cell"
        )[:MOST_PEOPLE]
    ]
