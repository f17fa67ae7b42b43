"""Cards of one-time codes: printed, handed over or printed by oneself, used up.

Source: docs/rules/accounts.md § 4.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from members import events, queries
from members.models import Account, CodeCard, Member
from members.policy import Actor, Area
from members.queries.second_factors import CARD_WAITS
from members.row_security import Purpose, asked_by, opened_for
from members.services import factors, sessions

CODES = 40
DIGITS = 8


class CardNotPrinted(Exception):
    """There is no card for somebody among these; the text says for whom and why."""


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """What stands on one card; its codes are shown nowhere else."""

    name: str
    login: str
    codes: tuple[str, ...]
    printed_on: date
    valid_until: date | None  # to be taken into use; None: it is in use


def accounts_of(members: Sequence[Member]) -> list[Account]:
    """Return the accounts of these people, in their order.

    Raises: CardNotPrinted for somebody who has none yet.
    """
    accounts = queries.accounts_of(members)
    for member in members:
        if member.pk not in accounts:
            raise CardNotPrinted(
                _("%s has no account yet: print a slip first.") % member.full_name
            )
    return [accounts[member.pk] for member in members]


@opened_for(Purpose.COMING_IN)
def print_cards(
    *,
    accounts: Sequence[Account],
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> list[PrintedCard]:
    """Make a card for each of these accounts, which waits for its first code.

    Until then the card in use stays valid, so nobody is locked out by a printing.
    Shape: in the order given.
    Raises: CardNotPrinted if there can be none for one of them; then none is made.
    """
    with events.written_last():
        bars = queries.card_bars(accounts, actor=actor)
        for account in accounts:
            if account.pk in bars:
                raise CardNotPrinted(f"{account.display_name}: {bars[account.pk]}")
        return [
            _print(each, actor, now, taken_at=None, system_reason=system_reason)
            for each in accounts
        ]


def print_own_card(
    *, account: Account, actor: Actor, now: datetime, kept_session: str
) -> PrintedCard:
    """Replace one's own card, and end every session but the one by this key."""
    with events.written_last():
        CodeCard.objects.filter(account=account).delete()
        card = _print(account, actor, now, taken_at=now)
        sessions.end_others(
            account=account, actor=actor, now=now, kept_session=kept_session
        )
    return card


@opened_for(Purpose.COMING_IN)
def use_code(*, account: Account, code: str, now: datetime) -> bool:
    """Use a code up, if it is one of the account's cards; the others stay valid.

    The first code of a card that was handed over takes it into use: the card before it
    ends, and with it every session that is open.
    """
    with transaction.atomic():
        cards = CodeCard.objects.filter(account=account).select_for_update()
        for card in cards.order_by("pk"):
            if card.taken_at is None and card.printed_at <= now - CARD_WAITS:
                continue
            codes = card.codes.split()
            fitting = [each for each in codes if constant_time_compare(each, code)]
            if fitting:
                codes.remove(fitting[0])
                _keep(account, card, codes, now)
                return True
    return False


def forget_cards(*, now: datetime) -> None:
    """Delete the cards that waited too long to be taken into use."""
    waiting = CodeCard.objects.filter(taken_at=None)
    waiting.filter(printed_at__lte=now - CARD_WAITS).delete()


def _print(
    account: Account,
    actor: Actor,
    now: datetime,
    *,
    taken_at: datetime | None,
    system_reason: str = "",
) -> PrintedCard:
    numbers: set[int] = set()
    while len(numbers) < CODES:
        numbers.add(secrets.randbelow(10**DIGITS))
    codes = [f"{number:0{DIGITS}}" for number in numbers]
    secrets.SystemRandom().shuffle(codes)
    CodeCard.objects.filter(account=account, taken_at=None).delete()
    CodeCard.objects.create(
        account=account,
        codes=" ".join(codes),
        printed_at=now,
        printed_by_id=actor.account_id,
        taken_at=taken_at,
    )
    events.record(
        action="cards.printed",
        subject=account,
        member=account.member,
        actor=actor,
        now=now,
        unit=queries.unit_of_account(account),
        area=Area.ACCOUNTS,
        system_reason=system_reason,
    )
    return PrintedCard(
        name=account.display_name,
        login=account.login,
        codes=tuple(f"{code[:4]} {code[4:]}" for code in codes),
        printed_on=timezone.localdate(now),
        valid_until=None if taken_at else timezone.localdate(now + CARD_WAITS),
    )


def _keep(account: Account, card: CodeCard, codes: list[str], now: datetime) -> None:
    card.codes = " ".join(codes)
    if card.taken_at is not None:
        card.save(update_fields=["codes"])
        return
    CodeCard.objects.filter(account=account).exclude(pk=card.pk).delete()
    card.taken_at = now
    card.save(update_fields=["codes", "taken_at"])
    with asked_by(account.pk), opened_for(Purpose.COMING_IN):  # the owner's act
        factors.note_change(
            "cards.taken",
            account=account,
            actor=Actor(account_id=account.pk, member_id=account.member_id),
            now=now,
        )
