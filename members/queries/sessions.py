"""How long a session lasts, and which are open.

Source: docs/rules/accounts.md § 3.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Account, AccountSession
from members.policy import Actor


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lasts without use, and in any case."""

    idle: timedelta
    whole: timedelta

    def is_over(self, session: AccountSession, *, now: datetime) -> bool:
        """Tell whether the session has ended."""
        return session.begun_at <= now - self.whole

    def is_locked(self, session: AccountSession, *, now: datetime) -> bool:
        """Tell whether the password has to open the session again."""
        return session.seen_at <= now - self.idle

    def in_words(self) -> str:
        """Return both in a sentence."""
        return _(
            "A session locks %(idle)s after its last use: the password opens it again. "
            "It ends %(whole)s after it began."
        ) % {"idle": _in_words(self.idle), "whole": _in_words(self.whole)}


def _in_words(time: timedelta) -> str:
    minutes = time // timedelta(minutes=1)
    if minutes % 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    return ngettext("%d hour", "%d hours", minutes // 60) % (minutes // 60)


def session_limits(account: Account, actor: Actor) -> SessionLimits:
    """Return the limits of an account, by the posts that it has now."""
    is_only_member = (
        actor.member_id is not None and not actor.posts and not account.is_technical
    )
    kind = "member" if is_only_member else "holder"
    idle, whole = settings.SESSION_LIMITS[kind]
    return SessionLimits(timedelta(seconds=idle), timedelta(seconds=whole))


def open_sessions(
    account: Account, actor: Actor, *, current: str | None, now: datetime
) -> QuerySet[AccountSession]:
    """Return one's own sessions that can be used, the locked too.

    The `current` one first, by its key, then the last used.
    """
    limits = session_limits(account, actor)
    return (
        AccountSession.objects.visible_to(actor)
        .filter(begun_at__gt=now - limits.whole)
        .annotate(is_this=ExpressionWrapper(Q(session=current), BooleanField()))
        .order_by("-is_this", "-seen_at", "-pk")
    )
