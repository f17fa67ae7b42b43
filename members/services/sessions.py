"""Sessions: noted while they are used, ended at once.

Source: docs/rules/accounts.md § 3.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import QuerySet

from members import events
from members.models import Account, AccountSession
from members.policy import Actor

NOTED_EVERY = timedelta(minutes=1)

# The first that occurs in the text by which a browser names itself; nearly all of
# them also name those whose pages they want to be given.
BROWSERS = {
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def begin(
    store: SessionBase, *, account: Account, user_agent: str, now: datetime
) -> None:
    """Begin the session of a log-in: it is listed, limited and ended from here on.

    Whoever has only logged in and asked for nothing yet is in, too.
    """
    if store.session_key is None:
        store.create()
    session_of(
        key=str(store.session_key), account=account, user_agent=user_agent, now=now
    )


def session_of(
    *, key: str, account: Account, user_agent: str, now: datetime
) -> AccountSession:
    """Return the row of a session, begun now where it has none."""
    row = AccountSession.objects.filter(session=key).first()
    if row is None:
        row = AccountSession(
            session_id=key,
            account=account,
            begun_at=now,
            seen_at=now,
            browser=browser_in_words(user_agent),
        )
        # A page and its fragments may be the first at once.
        AccountSession.objects.bulk_create([row], ignore_conflicts=True)
    return row


def note_use(session: AccountSession, *, now: datetime) -> None:
    """Write that a session is in use, at most once a minute."""
    if now - session.seen_at >= NOTED_EVERY:
        AccountSession.objects.filter(pk=session.pk).update(seen_at=now)


def reopen(store: SessionBase, *, now: datetime) -> None:
    """Open a session that was locked, under a new key."""
    with under_a_new_key(store, now=now):
        store.cycle_key()


@contextmanager
def under_a_new_key(store: SessionBase, *, now: datetime) -> Iterator[None]:
    """Let a session get a new key inside; it is used now, and ends when it would have."""
    begun = AccountSession.objects.filter(session=store.session_key).first()
    yield
    if begun is not None:
        # The row before went with its key.
        AccountSession.objects.create(
            session_id=str(store.session_key),
            account_id=begun.account_id,
            begun_at=begun.begun_at,
            seen_at=now,
            browser=begun.browser,
        )


def end_sessions(
    sessions: QuerySet[AccountSession],
    *,
    account: Account,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> int:
    """End sessions of one account, from their next request on; return how many."""
    with transaction.atomic():
        keys = list(sessions.values_list("session", flat=True))
        Session.objects.filter(pk__in=keys).delete()
        if keys:
            events.record(
                action="sessions.ended",
                subject=account,
                member=account.member,
                actor=actor,
                now=now,
                data={"sessions": len(keys)},
                system_reason=system_reason,
            )
        return len(keys)


def end_others(
    *, account: Account, actor: Actor, now: datetime, kept_session: str
) -> None:
    """End every session of the account but one, by its key."""
    others = AccountSession.objects.filter(account=account)
    end_sessions(
        others.exclude(session=kept_session), account=account, actor=actor, now=now
    )


def forget_sessions(*, now: datetime) -> None:
    """Delete the sessions that no cookie opens any more.

    On PostgreSQL by a function of the database: a worker may not read their keys.
    """
    if connection.vendor != "postgresql":
        Session.objects.filter(expire_date__lte=now).delete()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT members_forget_sessions(%s)", [now])


def browser_in_words(user_agent: str) -> str:
    """Return browser and system by their own names, as far as they are known."""
    known = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(filter(None, known))


def _first(names: dict[str, str], text: str) -> str:
    return next((name for sign, name in names.items() if sign in text), "")
