"""How a policy's reach becomes a filter: path ranges and unit ids."""

from collections.abc import Iterable

from django.db.models import Q

from members.paths import subtree_range
from members.policy import Actor, Area


def within(paths: Iterable[str], field: str = "path") -> Q:
    """Return the filter for rows whose `field` lies in one of the subtrees.

    A range over the path searches an index on both databases; `LIKE` scans on
    SQLite. No path: nothing matches.
    """
    condition = Q(pk__in=[])
    for path in paths:
        lower, upper = subtree_range(path)
        condition |= Q(**{f"{field}__gte": lower, f"{field}__lt": upper})
    return condition


def reachable(actor: Actor, area: Area, unit: str = "") -> Q:
    """Return the filter for rows whose unit the actor reaches in `area`.

    `unit` is the look-up to the `PartyUnit` with its separator ("unit__"),
    empty for units themselves.
    """
    if actor.is_system:
        return Q()
    condition = within(actor.subtrees(area), f"{unit}path")
    if units := actor.units(area):
        condition |= Q(**{f"{unit}pk__in": units})
    return condition


def of_own_person(actor: Actor, person: str = "member") -> Q:
    """Return the filter for rows whose `person`, a look-up to a member, is the actor.

    Who is no member has none: compared with None, a column would match the rows in
    which it is empty.
    """
    return Q(**{person: actor.member_id}) if actor.member_id else Q(pk__in=[])


def of_own_account(actor: Actor, account: str = "account") -> Q:
    """Return the filter for rows whose `account`, a look-up to one, is the actor's."""
    return Q(**{account: actor.account_id}) if actor.account_id else Q(pk__in=[])
