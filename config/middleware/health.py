"""The load balancer's question, answered before anything else looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from members.views import site


class HealthMiddleware:
    """Answer by whatever host name, and without HTTPS.

    A load balancer asks the machine by its number and over plain HTTP; both would be
    refused further on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == reverse("health"):
            return site.health(request)
        return self.get_response(request)
