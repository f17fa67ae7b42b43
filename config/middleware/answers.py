"""What is answered instead of a page: not allowed, too late, busy, at fault."""

import logging
import sys
from collections.abc import Callable

import psycopg2
from django.db import OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseForbidden,
    HttpResponseNotAllowed,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from psycopg2 import errors

from members import queries
from members.events import AuthorityEnded
from members.http import AccountRequest, came_from

logger = logging.getLogger(__name__)
RETRY_AFTER_SECONDS = 10


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
