"""How often somebody may ask for documents that were never issued.

Source: docs/rules/documents.md § 16.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from members import locks
from members.models import FailedTry
from members.policy import Actor
from reports.queries.verification import Answer, Verdict, verdict_on

WINDOW = timedelta(minutes=15)
# The site sees one address for all visitors (deploy/README.md): theirs count together.
MOST_OF_VISITORS = 600
MOST_OF_AN_ACCOUNT = 60


class TooManyTries(Exception):
    """Too much was asked for that is unknown; the text says how long to wait."""


def ask(*, code: str, sha256: str, actor: Actor, now: datetime) -> Verdict:
    """Return what is told of a document; what is not confirmed counts as a try.

    The try is counted before it is made, so that many at once are no more than one
    after the other.
    Raises: TooManyTries.
    """
    counted = _count(actor, now)
    verdict = verdict_on(code=code, sha256=sha256, actor=actor)
    if verdict.answer in (Answer.GENUINE, Answer.SUPERSEDED):
        counted.delete()
    return verdict


def _count(actor: Actor, now: datetime) -> FailedTry:
    who = f"account {actor.account_id}" if actor.account_id else "visitors"
    most = MOST_OF_AN_ACCOUNT if actor.account_id else MOST_OF_VISITORS
    who_hash = salted_hmac(__name__, who, algorithm="sha256").hexdigest()
    tries = FailedTry.objects.filter(name_hash=who_hash, at__gt=now - WINDOW)
    with transaction.atomic():
        locks.hold(locks.Lock.FAILED_TRIES, who_hash)
        if tries.count() >= most:
            raise TooManyTries(
                _("Too many unknown documents were asked for. Wait 15 minutes.")
            )
        return FailedTry.objects.create(name_hash=who_hash, at=now)
