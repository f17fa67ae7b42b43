"""Slips for a first or a forgotten password: printed, handed over, used once.

Source: docs/rules/accounts.md § 1.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from urllib.parse import urlencode

from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from members import events, locks, names, queries
from members.models import Account, Member, Membership, PartyUnit, Slip
from members.policy import NOBODY, Actor, Area
from members.row_security import Purpose, asked_by, opened_for
from members.services import log_ins, passwords

VALID = timedelta(days=14)
CODE_LENGTH, GROUP = 12, 4
CODE_ALPHABET = "23456789CFGHJKMNPQRTVX"
_READ_AS = str.maketrans("ZSB", "258")
_LOGINS_AT_ONCE = 50


class SlipNotPrinted(Exception):
    """There is no slip for somebody among these; the text says for whom and why."""


class SlipRefused(Exception):
    """Name and code open nothing; the text does not say which of the reasons it is."""


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What stands on one slip; the code is kept nowhere else."""

    name: str
    cell: str
    login: str
    code: str
    valid_until: date


@opened_for(Purpose.COMING_IN)
def print_slips(
    *,
    members: Sequence[Member],
    accounts: Sequence[Account] = (),
    actor: Actor,
    now: datetime,
) -> list[PrintedSlip]:
    """Make a new slip for each of these people on a roll, and an account for the new.

    With them the slips of accounts without a member are printed.
    Shape: in the order given.
    Raises: SlipNotPrinted if there can be none for one of them; then none is made.
    """
    with events.written_last():
        # Two sheets at once would give two people one log-in name.
        locks.hold(locks.Lock.SLIPS)
        bars = queries.slip_bars(members, actor=actor)
        for member in members:
            if member.pk in bars:
                raise SlipNotPrinted(f"{member.full_name}: {bars[member.pk]}")
        cells = _cells_of(members)
        owned = queries.accounts_of(members)
        printed = [
            _print(
                owned.get(member.pk) or _new_account(member),
                cells[member.pk],
                actor,
                now,
            )
            for member in members
        ]
        if accounts:
            printed += print_account_slips(accounts=accounts, actor=actor, now=now)
    return printed


@opened_for(Purpose.COMING_IN)
def print_account_slips(
    *,
    accounts: Sequence[Account],
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> list[PrintedSlip]:
    """Make a new slip for each of these accounts, of people who are on no roll.

    A command on the server says why it prints.
    Shape: in the order given.
    Raises: SlipNotPrinted if there can be none for one of them; then none is made.
    """
    with events.written_last():
        locks.hold(locks.Lock.SLIPS)
        bars = queries.slip_bars_of_accounts(accounts, actor=actor)
        for account in accounts:
            if account.pk in bars:
                raise SlipNotPrinted(f"{account.display_name}: {bars[account.pk]}")
        return [
            _print(each, queries.unit_of_account(each), actor, now, system_reason)
            for each in accounts
        ]


def free_login(name: str) -> str:
    """Return the first log-in name that goes with a name and that nobody has."""
    with transaction.atomic():
        locks.hold(locks.Lock.SLIPS)
        return _free_login(name)


@opened_for(Purpose.COMING_IN)
def use_slip(*, login: str, code: str, password: str, now: datetime) -> Account:
    """Let the holder of a slip choose a password; the slip is used up.

    Raises: SlipRefused for whatever reason; log_ins.LockedOut.
    """
    account = log_ins.account_of(login)
    with log_ins.one_try(login=login, now=now):
        if account is None or not _redeem(account, code, password, now):
            _note_refusal(account, now)
            raise SlipRefused(
                _(
                    "This account name and this code open nothing. Compare both with "
                    "the slip. A code works once, for 14 days, and only from the "
                    "newest slip; ask for a new one where needed."
                )
            )
    return account


def start_address(slip: PrintedSlip, address: str) -> str:
    """Return the address of the first log-in with what stands on the slip.

    It stands behind "#", which browsers do not send.
    """
    return f"{address}#{urlencode({'login': slip.login, 'code': slip.code})}"


def forget_slips(*, now: datetime) -> None:
    """Delete the slips that are too old to be used."""
    Slip.objects.filter(printed_at__lte=now - VALID).delete()


def _cells_of(members: Sequence[Member]) -> dict[int, PartyUnit]:
    official = Membership.objects.current().official().filter(member__in=members)
    return {each.member_id: each.unit for each in official.select_related("unit")}


def _new_account(member: Member) -> Account:
    account = Account(
        login=_free_login(member.full_name),
        display_name=member.full_name,
        member=member,
    )
    account.set_password(None)
    account.save()
    return account


def _free_login(full_name: str) -> str:
    """Return the first of an, an2, an3 … that nobody has."""
    base = names.login_name(full_name)
    numbered = (base if number == 1 else f"{base}{number}" for number in count(1))
    while True:
        wanted = [next(numbered) for _ in range(_LOGINS_AT_ONCE)]
        folded = Account.objects.alias(folded=Lower("login")).filter(folded__in=wanted)
        taken = {login.lower() for login in folded.values_list("login", flat=True)}
        for login in wanted:
            if login not in taken:
                return login


def _print(
    account: Account,
    unit: PartyUnit | None,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> PrintedSlip:
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    Slip.objects.update_or_create(
        account=account,
        defaults={
            "code_hash": _hash_of(account, code),
            "printed_at": now,
            "printed_by_id": actor.account_id,
        },
    )
    events.record(
        action="slips.printed",
        subject=account,
        member=account.member,
        actor=actor,
        now=now,
        unit=unit,
        area=Area.ACCOUNTS,
        system_reason=system_reason,
    )
    return PrintedSlip(
        name=account.member.full_name if account.member else account.display_name,
        cell=unit.name if unit else "",
        login=account.login,
        code="-".join(
            code[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP)
        ),
        valid_until=timezone.localdate(now + VALID),
    )


def _redeem(account: Account, code: str, password: str, now: datetime) -> bool:
    """Use the slip up and write the password, if the code is that of the slip."""
    with transaction.atomic():
        valid = Slip.objects.filter(account=account, printed_at__gt=now - VALID)
        slip = valid.select_for_update().first()
        fits = slip and constant_time_compare(slip.code_hash, _hash_of(account, code))
        if not (slip and fits and account.is_active and not account.is_technical):
            return False
        slip.delete()
        # Whoever sits there, logged in as another perhaps: it is the owner's act.
        with asked_by(account.pk), opened_for(Purpose.COMING_IN):
            passwords.choose_password(
                account=account,
                password=password,
                actor=Actor(account_id=account.pk, member_id=account.member_id),
                now=now,
                action="slips.used",
            )
    return True


def _hash_of(account: Account, code: str) -> str:
    read = "".join(filter(str.isalnum, code.upper())).translate(_READ_AS)
    return salted_hmac(__name__, f"{account.pk} {read}", algorithm="sha256").hexdigest()


def _note_refusal(account: Account | None, now: datetime) -> None:
    if account is not None:
        events.record(
            action="slips.refused",
            subject=account,
            member=account.member,
            actor=NOBODY,
            now=now,
            system_reason="name and code typed by a visitor",
        )
