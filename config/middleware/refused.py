"""What was refused to somebody who is logged in goes into the event log."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from members.http import AccountRequest
from members.services.refused import note_refused

NOT_FOUND = 404
# A page of another account that is still open asks by itself, every two minutes.
ASKED_BY_PAGES = {"members:session_use"}


class RefusedMiddleware:
    """Note each 404 of an address that there is, alike for every reason.

    The answer is complete by then, and waits for the log in any case.
    Source: docs/rules/accounts.md § 9.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: AccountRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NOT_FOUND:
            _note(request)
        return response


def _note(request: AccountRequest) -> None:
    match = request.resolver_match
    if match is None or match.view_name in ASKED_BY_PAGES:
        return
    if request.actor.account_id is not None:
        note_refused(
            address=match.view_name,
            given=match.kwargs,
            actor=request.actor,
            now=timezone.now(),
        )
