"""The addresses of the cases, and how they are asked."""

from functools import cache

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.cases import PARAMETERS, Case
from tests.access.world import District


def address(case: Case, district: District) -> str:
    """The address of a case for one district."""
    _, *rest = case.path.split(" ")
    suffix = rest[-1] if rest else ""
    route = routes()[case.name]
    found = {
        name: value(district, suffix)
        for name, value in PARAMETERS.items()
        if f":{name}>" in route
    }
    extension = {"extension": rest[0]} if len(rest) > 1 else {}
    return reverse(case.name, kwargs={**found, **extension})


def has_object(case: Case) -> bool:
    """Whether it names a row: the kind of file alone is none."""
    return any(f":{name}>" in routes()[case.name] for name in PARAMETERS)


@cache
def routes() -> dict[str, str]:
    """Every named address of the site with its route."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, namespace, prefix):
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, route)
        else:
            assert isinstance(pattern, URLPattern)
            assert pattern.name, f"{route} has no name"
            yield f"{namespace}{pattern.name}", route


def ask(client: Client, method: str, path: str) -> int:
    response = getattr(client, method)(path)
    if response.streaming:
        list(response.streaming_content)  # reading it to the end closes the file
    return response.status_code


def ask_and_take_back(client: Client, method: str, path: str) -> int:
    """Ask, and take back what it did, so that the next who asks finds the same."""
    with transaction.atomic():
        found = ask(client, method, path)
        transaction.set_rollback(True)
    return found
