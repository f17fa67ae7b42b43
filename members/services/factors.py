"""What every change of a second factor brings with it.

Source: docs/rules/accounts.md § 4.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from members import events, queries
from members.models import Account
from members.policy import Actor
from members.services import sessions


class LastFactor(Exception):
    """A holder of a post keeps one factor; the text says so."""


def note_change(
    action: str,
    *,
    account: Account,
    actor: Actor,
    now: datetime,
    kept_session: str = "",
) -> None:
    """Record the change, and end every session of the account but one, by its key."""
    events.record(
        action=action, subject=account, member=account.member, actor=actor, now=now
    )
    sessions.end_others(
        account=account, actor=actor, now=now, kept_session=kept_session
    )


def refuse_none_left(*, account: Account, actor: Actor, now: datetime) -> None:
    """Refuse what leaves a holder of a post without any.

    Raises: LastFactor.
    """
    left = queries.factors_of(account, now=now)
    if queries.asks_for_factor(account, actor) and not left.can_be_shown:
        raise LastFactor(
            _("This is the only one that you have. Choose another one first.")
        )
