"""The second step of a log-in: begun by the password, done by what one has.

Source: docs/rules/accounts.md § 4.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from members import events
from members.models import Account
from members.policy import NOBODY
from members.row_security import Purpose, opened_for
from members.services import authenticators, code_cards, log_ins, passkeys
from members.services.passkeys import Place

VALID = timedelta(minutes=10)
_KEY = "second_step"


class StepRefused(Exception):
    """What was typed opens nothing; the text does not say which of the reasons it is."""


def begin(
    session: SessionBase, account: Account, *, next_url: str, now: datetime
) -> None:
    """Keep who has shown the password, for a few minutes; nobody is logged in by it."""
    session.cycle_key()
    session[_KEY] = {
        "account": account.pk,
        "password": account.get_session_auth_hash(),
        "next": next_url,
        "at": now.timestamp(),
    }


@opened_for(Purpose.COMING_IN)
def begun(session: SessionBase, *, now: datetime) -> tuple[Account, str] | None:
    """Return who is at the second step, and where they want to go.

    None where nobody is, it took too long, or the password counts no more.
    """
    held = session.get(_KEY)
    if not held or now.timestamp() - held["at"] >= VALID.total_seconds():
        return None
    active = Account.objects.filter(pk=held["account"], is_active=True)
    account = active.select_related("member").first()
    if account is None:
        return None
    if not constant_time_compare(held["password"], account.get_session_auth_hash()):
        return None
    return account, held["next"]


def end(session: SessionBase) -> None:
    """Forget who was at the second step."""
    session.pop(_KEY, None)


@opened_for(Purpose.COMING_IN)
def take(*, account: Account, code: str, now: datetime) -> None:
    """Take the second step by a code of the card or of the app, which is used up.

    Raises: StepRefused; log_ins.LockedOut.
    """
    way = {
        code_cards.DIGITS: code_cards.use_code,
        authenticators.DIGITS: authenticators.use_code,
    }.get(len(code))
    with log_ins.one_try(login=account.login, now=now):
        if way is None or not way(account=account, code=code, now=now):
            _refuse(account, now)


@opened_for(Purpose.COMING_IN)
def take_by_passkey(
    *,
    account: Account,
    answer: str,
    state: Mapping[str, object] | None,
    place: Place,
    now: datetime,
) -> None:
    """Take the second step by what the browser answers for a passkey.

    Raises: StepRefused; log_ins.LockedOut.
    """
    with log_ins.one_try(login=account.login, now=now):
        if not passkeys.is_proven(
            account=account, answer=answer, state=state, place=place
        ):
            _refuse(account, now)


def _refuse(account: Account, now: datetime) -> None:
    events.record(
        action="accounts.second_step_refused",
        subject=account,
        member=account.member,
        actor=NOBODY,
        now=now,
        system_reason="second step of a visitor",
    )
    raise StepRefused(
        _(
            "This code does not count. Each works once; that of the app only while it "
            "is shown. Type the next one."
        )
    )
