"""The e-mails of today: one for each reader, at most once.

Source: docs/rules/reminders.md § 3.4, § 3.6, § 4.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from campaigns.models import Digest, Participant, Reminder
from campaigns.queries import reminders as queries
from campaigns.reminding import may_send, oldest_to_send
from campaigns.services.reminders.checking import Line, still_due
from members.bulk import batches
from members.models import Account
from members.row_security import Purpose, opened_for

logger = logging.getLogger(__name__)
State = Reminder.State
BATCH = 500


@dataclass(slots=True)
class Outcome:
    """How many e-mails went out, and how many reminders stand on lists alone."""

    emails: int = 0
    listed: int = 0


@opened_for(Purpose.REMIND)
def send_today(*, now: datetime) -> Outcome:
    """Send what was planned, to each reader one e-mail a day; settle all of it.

    Outside the hours, and while the mail server cannot be reached, what would be sent
    waits. Doubled or broken off, it sends no e-mail twice.
    """
    outcome = Outcome()
    local = timezone.localtime(now, timezone.get_default_timezone())
    today, days = local.date(), queries.working_days()
    if not may_send(local, queries.mail_hours(), days):
        return outcome
    too_old = Reminder.objects.planned().filter(on__lt=oldest_to_send(today, days))
    too_old.update(state=State.LAPSED, settled_at=now)
    of_account, without = _readers()
    outcome.listed = _list(without, now, today)
    accounts = Account.objects.mailed().filter(pk__in=list(of_account))
    with _post_office(is_needed=bool(of_account)) as connection:
        if connection is None:
            return outcome
        for account in accounts.order_by("pk"):
            digest = _begin(account, of_account[account.pk], now, today)
            if digest:
                outcome.emails += _send(*digest, connection, now)
    return outcome


def _readers() -> tuple[dict[int, list[int]], list[int]]:
    """Return the planned reminders by the account that gets e-mails, and the others."""
    planned = Reminder.objects.planned().order_by("pk")
    rows = list(planned.values_list("pk", "participant", "account"))
    own = _accounts_of({participant for _pk, participant, _a in rows if participant})
    mailed = (
        set(Account.objects.mailed().values_list("pk", flat=True))
        if settings.SENDS_EMAIL
        else set()
    )
    found: dict[int, list[int]] = defaultdict(list)
    without = []
    for pk, participant, account in rows:
        reader = account or own.get(participant or 0)
        if reader and reader in mailed:
            found[reader].append(pk)
        else:
            without.append(pk)
    return found, without


@opened_for(Purpose.RETALLY)
def _accounts_of(participant_ids: Iterable[int]) -> dict[int, int]:
    people = Participant.objects.filter(pk__in=list(participant_ids))
    member_of = dict(people.values_list("pk", "member"))
    accounts = Account.objects.filter(member__in=set(member_of.values()))
    account_of = dict(accounts.values_list("member", "pk"))
    return {
        pk: account_of[member]
        for pk, member in member_of.items()
        if member in account_of
    }


def _list(pks: Sequence[int], now: datetime, today: date) -> int:
    """Settle the reminders of readers without an address; return how many hold."""
    listed = 0
    of_reader: dict[int | None, list[int]] = defaultdict(list)
    rows = Reminder.objects.filter(pk__in=pks).order_by("pk")
    for pk, reader in rows.values_list("pk", "account"):
        of_reader[reader].append(pk)
    accounts = Account.objects.in_bulk([pk for pk in of_reader if pk])
    for account_id, own in of_reader.items():
        account = accounts[account_id] if account_id else None
        for some in batches(own, BATCH):
            with transaction.atomic():
                held = _held(some)
                lines = _checked(held, account, now, today)
                _settle(lines, State.LISTED, now)
            listed += len(lines)
    return listed


def _begin(
    account: Account, pks: Sequence[int], now: datetime, today: date
) -> tuple[Digest, Account, list[Line]] | None:
    """Write that the e-mail of today is begun, with what it tells; None: there is none.

    Whoever else begins it at this moment finds the rows held or the e-mail there. It
    is written for good before anything is sent.
    """
    with transaction.atomic(), override(account.email_language):
        held = _held(pks)
        lines = _checked(held, account, now, today)
        if not lines:
            return None
        digest, is_new = Digest.objects.get_or_create(
            account=account, on=today, defaults={"begun_at": now}
        )
        if not is_new:
            return None  # they wait for the next working day
        _settle(lines, State.SENT, now, digest=digest)
    return digest, account, list(lines.values())


def _held(pks: Sequence[int]) -> list[Reminder]:
    rows = Reminder.objects.planned().select_for_update(of=("self",), skip_locked=True)
    related = rows.select_related("unit__campaign", "unit__custodian")
    return list(related.filter(pk__in=pks).order_by("pk"))


def _checked(
    held: Sequence[Reminder], account: Account | None, now: datetime, today: date
) -> Mapping[int, Line]:
    """Return what still holds; what does not is settled as that."""
    checked = still_due(held, account=account, today=today)
    for state in set(checked.settled.values()):
        _settle(
            [pk for pk, each in checked.settled.items() if each == state], state, now
        )
    return checked.lines


def _settle(
    pks: Iterable[int], state: State, now: datetime, digest: Digest | None = None
) -> None:
    rows = Reminder.objects.filter(pk__in=list(pks))
    rows.update(state=state, settled_at=now, digest=digest)


def _send(
    digest: Digest,
    account: Account,
    lines: Sequence[Line],
    connection: BaseEmailBackend,
    now: datetime,
) -> int:
    """Send the e-mail that is begun; what the server refuses stands on the lists."""
    own = Digest.objects.filter(pk=digest.pk)
    try:
        _message(account, lines, connection).send()
    except (SMTPException, OSError) as fault:
        logger.warning("e-mail %s was not sent: %s", digest.pk, type(fault).__name__)
        own.update(is_refused=True)
        Reminder.objects.filter(digest=digest).update(state=State.LISTED)
        return 0
    own.update(sent_at=now)
    return 1


def _message(
    account: Account, lines: Sequence[Line], connection: BaseEmailBackend
) -> EmailMessage:
    with override(account.email_language):
        subject = ngettext(
            "Tự Soi: %(count)d thing waits for you",
            "Tự Soi: %(count)d things wait for you",
            len(lines),
        ) % {"count": len(lines)}
        context = {
            "name": account.display_name,
            "lines": lines,
            "first_page": settings.SITE_URL + reverse("home"),
            "why": settings.SITE_URL + reverse("own_reminders"),
        }
        body = render_to_string("campaigns/email/digest.txt", context)
    return EmailMessage(subject, body, to=[account.email], connection=connection)


@contextmanager
def _post_office(*, is_needed: bool) -> Iterator[BaseEmailBackend | None]:
    """Give a connection to the mail server; None: not needed, or not to be reached."""
    if not is_needed:
        yield None
        return
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as fault:
        logger.warning("the mail server cannot be reached: %s", type(fault).__name__)
        yield None
        return
    try:
        yield connection
    finally:
        connection.close()
