"""A password that its owner chooses; nobody else ever writes one."""

from datetime import datetime

from django.db import transaction

from members import events
from members.models import Account
from members.policy import Actor
from members.services import sessions


def choose_password(
    *,
    account: Account,
    password: str,
    actor: Actor,
    now: datetime,
    action: str = "accounts.password_changed",
    kept_session: str = "",
) -> None:
    """Replace the password and end every session but one, by its key.

    Source: docs/rules/accounts.md § 3.
    """
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        events.record(
            action=action,
            subject=account,
            member=account.member,
            actor=actor,
            now=now,
        )
        sessions.end_others(
            account=account, actor=actor, now=now, kept_session=kept_session
        )
