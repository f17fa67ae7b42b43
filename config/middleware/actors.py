"""Who asks, for the pages and for the database."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from members import queries
from members.policy import NOBODY, Actor
from members.row_security import Purpose, asked_by, opened_for


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
