"""What every page shares: who asks, which fragment, where one can go."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from members import queries
from members.models import Account
from members.policy import NOBODY, Actor, Area


class AccountRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: Account
    actor: Actor
    htmx: HtmxDetails


def _actor_of(request: HttpRequest) -> Actor:
    if isinstance(request.user, AnonymousUser):
        return NOBODY
    return queries.actor_for(request.user)


class ActorMiddleware:
    """Give each request its actor, worked out from the posts in force now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined] -- this is what adds it
        return self.get_response(request)


def page_or_fragment(
    request: AccountRequest, template: str, context: dict[str, object], fragment: str
) -> HttpResponse:
    """Render the page, or only its named fragment for a request by htmx."""
    name = f"{template}#{fragment}" if request.htmx else template
    return render(request, name, context)
