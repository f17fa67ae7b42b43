"""Reads that are made of several rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members import dates
from members.models import Account, Member, Membership, PartyUnit, Post
from members.policy import Actor, Area, PostInForce, Reach, Role, Tier, reach_of
from members.vocabulary import tier_of


def actor_for(account: Account) -> Actor:
    """Return the actor behind an account, with the posts in force this moment.

    One query; none for an account that may not log in any more. A technical
    administrator has no authority, whatever posts somebody gave the account.
    """
    if not account.is_active:
        return Actor(account_id=account.pk, member_id=None)
    if account.is_technical:
        return Actor(account_id=account.pk, member_id=account.member_id)
    posts = Post.objects.in_force().held_by(
        account_id=account.pk, member_id=account.member_id
    )
    rows = posts.order_by("pk").values_list(
        "pk", "role", "unit_id", "unit__path", "unit__kind"
    )
    return Actor(
        account_id=account.pk,
        member_id=account.member_id,
        posts=tuple(
            PostInForce(
                post_id=pk,
                role=Role(role),
                tier=Tier(tier_of(kind)),
                unit_id=unit_id,
                unit_path=path,
            )
            for pk, role, unit_id, path, kind in rows
        ),
    )


@dataclass(frozen=True, slots=True)
class RollRow:
    """One line of the roll."""

    name: str
    birth: str
    cell: str  # with the unit above: villages of two communes have the same name
    status: str


def roll_rows(members: Sequence[Member]) -> list[RollRow]:
    """Return the lines of these members, in their order; one query.

    The caller got the members through `visible_to`.
    """
    current = Membership.objects.current().official().filter(member__in=members)
    cells = {
        member_id: f"{cell}, {above}" if above else cell
        for member_id, cell, above in current.values_list(
            "member_id", "unit__name", "unit__parent__name"
        )
    }
    return [
        RollRow(
            name=member.full_name,
            birth=dates.display_partial(member.born_on),
            cell=cells.get(member.pk, ""),
            status=_("Full member") if member.official_on else _("Probationary member"),
        )
        for member in members
    ]


def units_in_charge(actor: Actor) -> str:
    """Return the names of the units by which the actor sees a roll; one query."""
    unit_ids = {
        post.unit_id
        for post in actor.posts
        if reach_of(post.standing, Area.ROLL) is not Reach.NONE
    }
    units = PartyUnit.objects.filter(pk__in=unit_ids).order_by("path")
    return ", ".join(units.values_list("name", flat=True))


def post_title(actor: Actor) -> str:
    """Return how the actor's first post is called; one query, none without a post."""
    if not actor.posts:
        return ""
    post = Post.objects.select_related("unit").get(pk=actor.posts[0].post_id)
    return post.title or f"{post.get_role_display()}, {post.unit.name}"
