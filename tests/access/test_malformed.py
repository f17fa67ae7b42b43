"""No request, however malformed, is answered by a fault; as visitor and signed in.

A few in each run, thousands in the long tests. Source: docs/security.md,
16.5: an answer says nothing of what is inside.
"""

import gc
import re
import warnings
from collections.abc import Iterator
from zlib import crc32

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.test import Client

from tests.access.addresses import address, routes
from tests.access.cases import CASES, OPEN
from tests.malformed import requests_for

# Django forgets the file of an upload that broke off; it goes with its object.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
]

ACTORS = ("", "clerk", "cell secretary", "member")
INSIDE = re.compile(
    rb"Traceback|File &quot;|\.py&quot;|SELECT .* FROM |psycopg|DoesNotExist"
    rb"|Django/|gunicorn|Python/|members_\w+|campaigns_\w+unit"
)
_FIELD = re.compile(r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"')


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def paths(world) -> dict[str, str]:
    """One path for each address of the site, of an object that is there."""
    with_cases = {case.name: address(case, world.a) for case in reversed(CASES)}
    return with_cases | {
        name: "/" + routes()[name] for name in OPEN if "<" not in routes()[name]
    }


def client_of(world, actor) -> Client:
    client = world.client_of(actor) if actor else Client()
    client.raise_request_exception = False
    return client


def fields_of(client: Client, path: str) -> list[str]:
    """The names in the forms of a page, as far as the actor gets to see it."""
    with transaction.atomic():
        answer = client.get(path)
        transaction.set_rollback(True)
    if answer.streaming:
        list(answer.streaming_content)  # reading it to the end closes the file
        return []
    names = set(_FIELD.findall(answer.content.decode(errors="replace")))
    return sorted(names - {"csrfmiddlewaretoken"})


def faults_of(world, actor: str, path: str, *, count: int) -> list[str]:
    """What is wrong with the answers to so many requests by one actor."""
    client = client_of(world, actor)
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    faults = []
    seed = f"{actor} {path}"
    for request in requests_for(path, fields_of(client, path), seed=seed, count=count):
        environment = request.environment
        if session and "HTTP_COOKIE" not in environment:
            environment["HTTP_COOKIE"] = f"{session.key}={session.value}"
        with transaction.atomic():
            try:
                answer = client.request(**environment)
            except SuspiciousOperation:  # answered around Django: config/malformed.py
                continue
            content = b"" if answer.streaming else answer.content
            if answer.streaming:
                list(answer.streaming_content)
            transaction.set_rollback(True)
        heads = "\n".join(f"{name}: {value}" for name, value in answer.items())
        is_fault = answer.status_code >= 500
        is_telling = answer.status_code >= 400 and INSIDE.search(content)
        if is_fault or is_telling or INSIDE.search(heads.encode()):
            faults.append(f"{answer.status_code} {actor} {path}: {request.said}")
    return faults


def test_no_address_answers_a_malformed_request_by_a_fault(world):
    faults = []
    for name, path in paths(world).items():
        # A third of the addresses, each by another: turns that stay the same.
        turn, is_another_time = divmod(crc32(name.encode()), 3)
        if is_another_time:
            continue
        actor = ACTORS[turn % len(ACTORS)]
        faults += faults_of(world, actor, path, count=1)

    assert faults == []


@pytest.mark.long
@pytest.mark.parametrize("actor", ["", "clerk"])
@pytest.mark.parametrize("name", sorted({case.name for case in CASES} | set(OPEN)))
def test_no_malformed_request_is_answered_by_a_fault(world, name, actor):
    path = paths(world).get(name)

    if path:
        assert faults_of(world, actor, path, count=15) == []


def test_a_fault_would_be_seen(world, monkeypatch):
    """A page that fails on what is typed into its field, as any might."""

    def fails(request):
        return str(int(request.GET.get("q", "1")))

    monkeypatch.setattr("members.views.roll.text_sought", fails)
    path = paths(world)["members:member_list"]

    assert any(
        fault.startswith("500 clerk")
        for fault in faults_of(world, "clerk", path, count=60)
    )
