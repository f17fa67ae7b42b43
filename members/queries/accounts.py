"""Whose account may be shut and opened again, and which are shut.

Source: docs/rules/accounts.md § 10.
"""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from members.models import Account, Member, Post
from members.policy import Actor, Area, Role
from members.queries.slips import account_candidates
from members.row_security import Purpose, opened_for


def accounts_in_charge(actor: Actor) -> QuerySet[Account, Account]:
    """Return the accounts for whose owners the actor prints slips, the shut too."""
    kept = Member.objects.editable_by(actor, Area.ACCOUNTS)
    beside = account_candidates(actor).order_by()
    found: QuerySet[Account, Account] = Account.objects.filter(
        Q(member__in=kept) | Q(pk__in=beside.values("pk"))
    )
    return found.select_related("member", "shut_by")


def shut_accounts(actor: Actor) -> QuerySet[Account, Account]:
    """Return those of these accounts that are shut, the last first."""
    shut = accounts_in_charge(actor).filter(is_active=False)
    return shut.order_by("-shut_at", "-pk")


@opened_for(Purpose.COMING_IN)
def shutting_bar(account: Account, *, actor: Actor) -> str:
    """Return why the actor neither shuts nor opens the account; "" where nothing bars.

    A command on the server is barred by nothing. One query, or none.
    """
    if actor.is_system:
        return ""
    if account.pk == actor.account_id:
        return _("Nobody shuts the own account: the office above does.")
    if account.is_technical:
        return _("The account runs the machine: it is shut on the server.")
    posts = Post.objects.not_over().exclude(role=Role.OUTSIDE)
    held = posts.held_by(account_id=account.pk, member_id=account.member_id)
    for unit_id, path in held.values_list("unit_id", "unit__path"):
        if not actor.reaches_unit(Area.ACCOUNTS, unit_id, path):
            return _("Holds a post beyond this roll: the office above does this.")
    return ""
