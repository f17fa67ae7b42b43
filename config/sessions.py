"""Sessions end after a time without use, and after a time in any case."""

from collections.abc import Callable

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from members import queries
from members.http import AccountRequest
from members.policy import NOBODY
from members.services import sessions


class SessionLimitsMiddleware:
    """Log out whoever has reached a limit; note the use of a session.

    A fragment that htmx asks for is no use: pages ask by themselves.
    Source: docs/rules/accounts.md § 3.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: AccountRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _hold_limits(request, is_use="HX-Request" not in request.headers)
        return self.get_response(request)


def _hold_limits(request: AccountRequest, *, is_use: bool) -> None:
    now = timezone.now()
    session = sessions.session_of(
        key=str(request.session.session_key),
        account=request.user,
        user_agent=request.headers.get("User-Agent", ""),
        now=now,
    )
    limits = queries.session_limits(request.user, request.actor)
    if limits.are_over(session, now=now):
        auth.logout(request)
        request.actor = NOBODY
        if is_use:
            messages.info(
                request,
                _("You were logged out after a long time. Log in again to go on."),
            )
    elif is_use:
        sessions.note_use(session, now=now)
