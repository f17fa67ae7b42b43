"""How often somebody may try to come in by one name.

Source: docs/rules/accounts.md § 2.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from members import events, locks, names
from members.models import Account, FailedTry
from members.policy import NOBODY
from members.row_security import Purpose, opened_for

MOST_FAILED = 6
WINDOW = timedelta(minutes=15)


class LockedOut(Exception):
    """There were too many failures for this name; the text says what to do."""


@contextmanager
def one_try(*, login: str, now: datetime) -> Iterator[None]:
    """Let one step of a log-in by this name be tried; an exception is its failure.

    The try is counted before it is made, so that of many at once no more are made
    than one after the other. A step that succeeds is no failure; those before it are
    forgotten only by `forget_failures`, or the password would open guessing codes.
    Raises: LockedOut, alike for names that no account has.
    """
    attempt, failed = _count(_hash_of(login), now)
    try:
        with opened_for(Purpose.COMING_IN):  # the name is known, not yet who it is
            yield
    except Exception:
        if failed == MOST_FAILED:
            _note_lock_out(login, now)
        raise
    attempt.delete()


def forget_failures(*, login: str) -> None:
    """Forget the failures of a name by which somebody has come in."""
    FailedTry.objects.filter(name_hash=_hash_of(login)).delete()


def forget_tries(*, now: datetime) -> None:
    """Delete the failures that lock nobody out any more."""
    FailedTry.objects.filter(at__lte=now - WINDOW).delete()


@opened_for(Purpose.COMING_IN)
def account_of(login: str) -> Account | None:
    """Return the account of a log-in name as it was typed."""
    try:
        return Account.objects.get_by_natural_key(login)
    except Account.DoesNotExist:
        return None


def _hash_of(login: str) -> str:
    """People type passwords into the wrong field: what was typed is not kept."""
    return salted_hmac(__name__, names.fold(login), algorithm="sha256").hexdigest()


def _count(name_hash: str, now: datetime) -> tuple[FailedTry, int]:
    """Count one more try for the name; return it, and how many there are with it."""
    tries = FailedTry.objects.filter(name_hash=name_hash, at__gt=now - WINDOW)
    with transaction.atomic():
        locks.hold(locks.Lock.FAILED_TRIES, name_hash)
        failed = tries.count()
        if failed >= MOST_FAILED:
            raise LockedOut(
                _(
                    "There were too many failed tries with this account name. Wait "
                    "15 minutes, then try again."
                )
            )
        return FailedTry.objects.create(name_hash=name_hash, at=now), failed + 1


@opened_for(Purpose.COMING_IN)
def _note_lock_out(login: str, now: datetime) -> None:
    account = account_of(login)
    if account:
        events.record(
            action="accounts.locked_out",
            subject=account,
            member=account.member,
            actor=NOBODY,
            now=now,
            system_reason="failed tries",
        )
