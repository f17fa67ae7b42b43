"""What stands around every page: who asks, what opens, what is answered instead."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import psycopg2
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.views import defaults
from psycopg2 import errors

from members import queries
from members.events import AuthorityEnded
from members.http import FACTOR_DUE, AccountRequest, View, came_from
from members.policy import NOBODY, Actor
from members.row_security import Purpose, asked_by, opened_for

logger = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 10


def _actor_of(request: HttpRequest) -> Actor:
    if isinstance(request.user, AnonymousUser):
        return NOBODY
    return queries.actor_for(request.user)


class ActorMiddleware:
    """Give each request its actor, worked out from the posts in force now.

    The database is asked as the account, so that the second lock holds on its rows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined]  # this is what adds it
        with opened_for(Purpose.COMING_IN):  # a session may end here, with its row
            account_id = request.user.pk
        with asked_by(account_id):
            return self.get_response(request)


class LoginRequired(LoginRequiredMiddleware):
    """Send a visitor to the log-in page, and from there to a page that opens.

    Who has to choose a second factor gets no further than that choice.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, *arguments: Any
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, *arguments)
        if refusal or not getattr(view_func, "login_required", True):
            return refusal
        opens = getattr(view_func, "opens_without_factor", False)
        if not opens and request.session.get(FACTOR_DUE):
            return redirect("members:second_factor_list")
        return None

    def handle_no_permission(
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        # The session ended over an open page: the address of an act shows nothing.
        return redirect_to_login(
            came_from(request),
            self.get_login_url(view_func),
            self.get_redirect_field_name(view_func),
        )


class NotAllowedPage:
    """Answer an address that is only for forms with a page of this site.

    Django has handlers for its other refusals, none for this one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        why = {"exception": response.reason_phrase}
        page = render(request, "405.html", why, status=response.status_code)
        page["Allow"] = response["Allow"]
        return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not hold, with the way back to it."""
    page = render_to_string("403_csrf.html", {"back_url": came_from(request)})
    return HttpResponseForbidden(page)


class BusyPage:
    """Say what the database cut off in a view; `server_error` does so for the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return _busy(request, exception)


class AuthorityEndedPage:
    """Answer whose authority ended while the act was under way as after it: not found.

    Source: docs/policy.md § 4.2.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: AccountRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, AuthorityEnded):
            return None
        request.actor = queries.actor_for(request.user)
        return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a fault, also of what runs around the views: a session may have to wait."""
    fault = sys.exception()
    return _busy(request, fault) or defaults.server_error(request)


def _busy(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """Say what the database cut off: a wait for others, or a statement for its time.

    The first passes by itself, the second is a fault of ours. The page asks for
    nothing: the menu's own questions might wait as long again.
    """
    is_slow = _is_caused_by(fault, (errors.QueryCanceled,))
    if is_slow:
        logger.error("%s: took too long", request.path, exc_info=fault)
    elif _is_caused_by(fault, (errors.LockNotAvailable, errors.DeadlockDetected)):
        logger.warning("%s: waited too long for others", request.path)
    else:
        return None
    return HttpResponse(
        render_to_string(
            "503.html", {"is_slow": is_slow, "back_url": came_from(request)}
        ),
        status=503,
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )


def _is_caused_by(
    fault: BaseException | None, causes: tuple[type[psycopg2.Error], ...]
) -> bool:
    return isinstance(fault, OperationalError) and isinstance(fault.__cause__, causes)
