"""Reads that are made of several rows."""

from members.models import Account, Post
from members.policy import Actor, PostInForce, Role, Tier
from members.vocabulary import tier_of


def actor_for(account: Account) -> Actor:
    """Return the actor behind an account, with the posts in force this moment.

    One query; none for an account that may not log in any more.
    """
    if not account.is_active:
        return Actor(account_id=account.pk, member_id=None)
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
