"""An account is shut, and opened again: by whoever prints its slips, or on the server.

Source: docs/rules/accounts.md § 10.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from members import events, queries
from members.models import Account, AccountSession, Member, PartyUnit, Slip
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import sessions


class NotShut(Exception):
    """The account is neither shut nor opened like this; the text says why."""


@opened_for(Purpose.ACT)
def shut_account(
    *,
    account: Account,
    document: str,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    """Let nobody in by this account any more; its sessions and its slip are gone.

    Waits for the acts of the account that are under way.
    Raises: NotShut if it is shut already, or is not the actor's to shut.
    """
    with events.written_last():
        held = _held(account, actor)
        _refuse_barred(held, actor)
        if not held.is_active:
            raise NotShut(_("The account is shut already."))
        _shut(held, queries.unit_of_account(held), document, actor, now, system_reason)


@opened_for(Purpose.ACT)
def reopen_account(
    *,
    account: Account,
    document: str,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    """Let the owner in again, by the password as it was, and by a log-in of its own.

    Raises: NotShut if it is open, or is not the actor's to open.
    """
    with events.written_last():
        held = _held(account, actor)
        _refuse_barred(held, actor)
        if held.is_active:
            raise NotShut(_("The account is open already."))
        held.is_active = True
        held.shut_at, held.shut_by, held.shut_document = None, None, ""
        held.save(update_fields=_COLUMNS)
        # A log-in that was under way when it was shut may have begun another.
        _end_sessions(held, actor, now, system_reason)
        _record(
            "reopened",
            held,
            queries.unit_of_account(held),
            document,
            actor,
            now,
            system_reason,
        )


def shut_at_death(
    *,
    member: Member,
    unit: PartyUnit,
    document: str,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    """Shut the account of somebody who has died, if there is one that is open.

    Within the act that records the death, whoever does that.
    """
    account = Account.objects.filter(member=member, is_active=True).first()
    if account is None or not (held := _held(account, actor)).is_active:
        return
    _shut(held, unit, document, actor, now, system_reason)


_COLUMNS = ("is_active", "shut_at", "shut_by", "shut_document")


def _held(account: Account, actor: Actor) -> Account:
    """Return the account as it is, held until the transaction ends.

    Together with the actor's, by their numbers: two who shut one another at once would
    wait in a ring, because each act holds the account by which it is done.
    """
    both = {account.pk, actor.account_id} - {None}
    locked = Account.objects.select_for_update(of=("self",), no_key=True)
    rows = locked.filter(pk__in=both).order_by("pk").select_related("member")
    found: Account = next(each for each in rows if each.pk == account.pk)
    return found


def _refuse_barred(account: Account, actor: Actor) -> None:
    if bar := queries.shutting_bar(account, actor=actor):
        raise NotShut(bar)


def _shut(
    account: Account,
    unit: PartyUnit | None,
    document: str,
    actor: Actor,
    now: datetime,
    system_reason: str,
) -> None:
    account.is_active = False
    account.shut_at, account.shut_by_id = now, actor.account_id
    account.shut_document = document
    account.save(update_fields=_COLUMNS)
    Slip.objects.filter(account=account).delete()
    _end_sessions(account, actor, now, system_reason)
    _record("shut", account, unit, document, actor, now, system_reason)


def _end_sessions(
    account: Account, actor: Actor, now: datetime, system_reason: str
) -> None:
    sessions.end_sessions(
        AccountSession.objects.filter(account=account),
        account=account,
        actor=actor,
        now=now,
        system_reason=system_reason,
    )


def _record(
    act: str,
    account: Account,
    unit: PartyUnit | None,
    document: str,
    actor: Actor,
    now: datetime,
    system_reason: str,
) -> None:
    events.record(
        action=f"accounts.{act}",
        subject=account,
        member=account.member,
        actor=actor,
        now=now,
        unit=unit,
        area=Area.ACCOUNTS,
        data={"document": document},
        system_reason=system_reason,
    )
