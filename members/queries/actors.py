"""Who asks: the actor behind an account, and the units by which it sees a roll."""

from members.models import Account, PartyUnit, Post
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


def units_in_charge(actor: Actor) -> str:
    """Return the names of the units by which the actor sees a roll; one query."""
    unit_ids = {
        post.unit_id
        for post in actor.posts
        if reach_of(post.standing, Area.ROLL) is not Reach.NONE
    }
    units = PartyUnit.objects.filter(pk__in=unit_ids).order_by("path")
    return ", ".join(units.values_list("name", flat=True))
