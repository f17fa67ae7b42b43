"""Who holds which post, what is in charge of it, and how it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from members.models import PartyUnit, Post, PostCharge, UnitTerm
from members.policy import COMMITTEE_ROLES, Actor, Area
from members.queries.terms import name_on
from members.queries.units import unit_url
from members.row_security import Purpose, opened_for

MOST_POSTS = 200


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
        _post_row(
            post,
            actor,
            terms=terms,
            charges=charges.get(post.pk, []),
            records=records,
            today=today,
        )
        for post in posts.order_by("role", "from_on", "pk")
        if post.ends_on is None or post.ends_on >= today
    ]


def _post_row(
    post: Post,
    actor: Actor,
    *,
    terms: Sequence[UnitTerm],
    charges: Sequence[PostCharge],
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
        charges="; ".join(map(str, charges)),
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
        for post in related.order_by("planned_until", "pk")[:MOST_POSTS]
        if post.planned_until
    ]


def post_title(actor: Actor) -> str:
    """Return how the actor's first post is called; one query, none without a post."""
    if not actor.posts:
        return ""
    return post_name(Post.objects.select_related("unit").get(pk=actor.posts[0].post_id))


def post_name(post: Post) -> str:
    """Return how a post is called, with the unit where its title does not say it.

    The caller has loaded the unit.
    """
    if post.organisation:
        return f"{post.title}, {post.organisation}"
    return post.title or f"{post.get_role_display()}, {post.unit.name}"
