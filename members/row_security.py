"""As whom the database is asked, and the purposes for which it shows more. Pure.

Row-level security of PostgreSQL is the second lock: whoever asks gets the rows that
`visible_to` would give, also from a query that forgot to ask it. `config.postgresql`
tells the server what stands here. Source: docs/adr/0012-a-second-lock-on-rows.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum


class Purpose(StrEnum):
    """Why more is read or written than whoever asks may see; all there are.

    What each opens stands in the policies of the tables, and as a table in
    docs/policy.md § 6.
    """

    COMMAND = "command"  # `manage.py` on the server
    UPKEEP = "upkeep"  # work by the clock, for nobody: sweep, seal, forget
    JOB = "job"  # finding the rows of a claimed job, whoever asked for it
    IMPORT = "import"  # a file that was checked, written as a whole
    ACT = "act"  # carrying out what a scope allowed, wherever it has effects
    RETALLY = "retally"  # counting the people of a unit, also after one's own submit
    RECORD = "record"  # the record of somebody who was got by a scope
    RESULTS = "results"  # results of oneself, or of another for a stated reason
    REASON = "reason"  # texts of another that are read for a stated reason
    COUNT = "count"  # records and people of a unit that was got by a scope, as figures
    LATE = "late"  # whom a campaign counts elsewhere than the roll that one keeps
    MEETING = "meeting"  # who belongs at a meeting got by a scope; counts of its tasks
    HOLDERS = "holders"  # who holds the posts of a unit that was got by a scope
    LOG = "log"  # appending to the event log, or asking whether an act is in it
    LOOK_UP = "look_up"  # whether a code, a number or a post is taken anywhere
    REMIND = "remind"  # who is reminded today, and the e-mail of the day
    COMING_IN = "coming_in"  # printing a slip, using it; whose session it is
    # Set by a function of the database alone, which reads the posts of who asks.
    REACH = "reach"


@dataclass(frozen=True, slots=True)
class Asker:
    """What the database is told; nobody, for nothing, sees nothing."""

    account_id: int | None = None
    purpose: Purpose | None = None


NOBODY = Asker()
_asker: ContextVar[Asker] = ContextVar("_asker", default=NOBODY)


def asker() -> Asker:
    """Return as whom, and for what, the database is asked now."""
    return _asker.get()


@contextmanager
def asked_by(account_id: int | None) -> Iterator[None]:
    """Ask the database as an account, for no purpose; None is nobody."""
    token = _asker.set(Asker(account_id))
    try:
        yield
    finally:
        _asker.reset(token)


@contextmanager
def opened_for(purpose: Purpose) -> Iterator[None]:
    """Ask for a purpose, still as the same account.

    Usable as a decorator. A query set is read inside, or it is read without. Inside a
    purpose that opens more it changes nothing.
    """
    now = _asker.get()
    wider = now.purpose in _WIDE
    token = _asker.set(now if wider else replace(now, purpose=purpose))
    try:
        yield
    finally:
        _asker.reset(token)


_WIDE = frozenset({Purpose.COMMAND, Purpose.UPKEEP, Purpose.IMPORT, Purpose.ACT})
