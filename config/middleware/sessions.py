"""Sessions lock after a time without use, and end after a time in any case."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import auth, messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members import queries
from members.http import AccountRequest, View, came_from, fields_sent
from members.models import Account, AccountSession
from members.policy import NOBODY
from members.services import held_forms, sessions
from members.services.held_forms import HeldForm

ENDED = "ended_account"  # whose session it was that ended in this browser


class SessionLimitsMiddleware:
    """Lock or end a session that has reached a limit; note the use of another.

    A fragment that htmx asks for is no use: pages ask by themselves. A form that comes
    too late is kept for whoever filled it in.
    Source: docs/rules/accounts.md § 3 and § 5.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: AccountRequest) -> HttpResponse:
        request.locked = None
        if request.user.is_authenticated:
            _hold_limits(request, is_use="HX-Request" not in request.headers)
        return self.get_response(request)

    def process_view(
        self, request: AccountRequest, view: View, *_arguments: object
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        if request.method == "POST":
            _hold_or_drop_form(request)
        if request.locked is None:
            return None
        is_form = request.method == "POST"
        then = came_from(request) if is_form else request.get_full_path()
        query = urlencode({auth.REDIRECT_FIELD_NAME: then})
        return redirect(f"{reverse('members:unlock')}?{query}")


def _hold_limits(request: AccountRequest, *, is_use: bool) -> None:
    now = timezone.now()
    session = sessions.session_of(
        key=str(request.session.session_key),
        account=request.user,
        user_agent=request.headers.get("User-Agent", ""),
        now=now,
    )
    limits = queries.session_limits(request.user, request.actor)
    if limits.is_over(session, now=now):
        _end(request, is_use=is_use)
    elif limits.is_locked(session, now=now):
        _lock(request, session)
    elif is_use:
        sessions.note_use(session, now=now)


def _end(request: AccountRequest, *, is_use: bool) -> None:
    ended = request.user.pk
    auth.logout(request)
    request.session[ENDED] = ended
    request.actor = NOBODY
    if is_use:
        messages.info(
            request,
            _("You were logged out after a long time. Log in again to go on."),
        )


def _lock(request: AccountRequest, session: AccountSession) -> None:
    """Let the request be a visitor's; the session stays as it is."""
    request.locked = Account.objects.select_related("member").get(pk=session.account_id)
    request.user = AnonymousUser()  # type: ignore[assignment]  # no account asks
    request.actor = NOBODY


def _hold_or_drop_form(request: AccountRequest) -> None:
    """Keep what came too late; forget what was kept once it is sent again."""
    if request.actor.account_id is not None:
        held = held_forms.held(request.session, account_id=request.actor.account_id)
        if held is not None and held.address == request.get_full_path():
            held_forms.drop(request.session)
        return
    account_id = request.locked.pk if request.locked else request.session.get(ENDED)
    if account_id is not None:
        held_forms.hold(request.session, _form_of(request, account_id))


def _form_of(request: HttpRequest, account_id: int) -> HeldForm:
    return HeldForm(
        account_id=account_id,
        address=request.get_full_path(),
        page=came_from(request),
        fields=fields_sent(request),
    )
