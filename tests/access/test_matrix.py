"""Every address × whom it answers and whom it might × an object inside and one outside.

The table is written by hand, so that a new address or a widened reach is a decision.
What is out of scope looks like what does not exist. `test_whole_matrix.py`, of the long
tests, asks as everybody about every object.
"""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Account, Event
from tests.access.addresses import address, ask, has_object, routes
from tests.access.cases import CASES, EVERYONE, OPEN, PARAMETERS

pytestmark = pytest.mark.django_db


WITH_OBJECT = [case for case in CASES if has_object(case)]
EACH_ADDRESS = list({case.name: case for case in reversed(CASES)}.values())
EACH_WITH_OBJECT = [case for case in EACH_ADDRESS if has_object(case)]
EACH_POST = list({case.name: case for case in CASES if case.method == "post"}.values())
# Each stands for others, and reaches at least as far as they.
NEAREST = (
    "clerk",
    "upper committee",
    "grassroots committee",
    "cell secretary",
    "neighbour secretary",
    "former clerk",
    "member",
)
FURTHER = [name for name in EVERYONE if name not in NEAREST]
FROM_OUTSIDE = ("clerk", "upper committee", "cell secretary", "member")


def asked_as(case):
    """Two whom the table names, one of the others that are near and one, by turns."""
    named, at = {*case.seen_by, *case.sent_on}, CASES.index(case)
    inside = [name for name in EVERYONE if name in named]
    near = [name for name in NEAREST if name not in named]
    further = [name for name in FURTHER if name not in named]
    asked = {*turn(inside, at, of=2), *turn(near, at, of=1), *turn(further, at, of=1)}
    return [name for name in EVERYONE if name in asked]


def turn(names, at, *, of):
    """The next few, beginning anew at the end."""
    return [names[(at * of + step) % len(names)] for step in range(of) if names]


def test_every_address_is_in_the_matrix():
    assert set(routes()) == {case.name for case in CASES} | set(OPEN)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_address_answers_whom_the_table_names_and_nobody_else(world, case):
    inside = address(case, world.a)
    answered = {
        name: ask(world.client_of(name), case.method, inside) for name in asked_as(case)
    }

    expected = {name: case.status if name in case.seen_by else 404 for name in answered}
    sent_on = {name: 302 for name in case.sent_on if name in answered}
    assert answered == expected | sent_on


@pytest.mark.parametrize("case", WITH_OBJECT, ids=str)
def test_nobody_of_one_district_reaches_the_same_object_of_another(world, case):
    outside = address(case, world.b)

    [name] = turn(FROM_OUTSIDE, CASES.index(case), of=1)
    assert ask(world.client_of(name), case.method, outside) == 404
    by_a_clerk = ask(world.client_of("other clerk"), case.method, outside)
    is_for_nobody = case.is_personal or not case.seen_by
    assert by_a_clerk == (404 if is_for_nobody else case.status)


@pytest.mark.parametrize("case", EACH_ADDRESS, ids=str)
def test_a_visitor_is_sent_to_the_log_in_page(world, case):
    path = address(case, world.a)

    response = getattr(Client(), case.method)(path)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("members:login"))


@pytest.mark.parametrize("case", EACH_ADDRESS, ids=str)
def test_an_account_that_is_disabled_is_out_at_once(world, case):
    client = world.client_of("clerk")
    clerks = Account.objects.filter(pk=world.accounts["clerk"].pk)
    clerks.update(is_active=False)

    response = getattr(client, case.method)(address(case, world.a))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("members:login"))


@pytest.mark.parametrize("case", EACH_WITH_OBJECT, ids=str)
def test_out_of_scope_looks_like_what_does_not_exist(world, case):
    client = world.client_of("other clerk")
    existing = getattr(client, case.method)(address(case, world.a))
    route = routes()[case.name]
    arguments = {
        key: value
        for key, value in {
            **dict.fromkeys(PARAMETERS, 999999),
            "extension": "pdf",
        }.items()
        if f":{key}>" in route
    }
    missing = getattr(client, case.method)(reverse(case.name, kwargs=arguments))

    assert (existing.status_code, missing.status_code) == (404, 404)
    assert _neutral(existing) == _neutral(missing)


def _neutral(response) -> tuple[bytes, list[str]]:
    """The body without its token, and the names of the headers."""
    lines = [
        line
        for line in response.content.splitlines()
        if b"csrfmiddlewaretoken" not in line
    ]
    kept = [line for line in lines if b'name="next"' not in line]
    return b"\n".join(kept), sorted(response.headers)


@pytest.mark.parametrize("case", EACH_ADDRESS, ids=str)
def test_other_methods_are_refused_and_change_nothing(world, case):
    client = world.client_of("clerk")
    path = address(case, world.a)
    allowed = {each.method for each in CASES if each.name == case.name}
    methods = {"get", "post", "delete"} - allowed
    before = Event.objects.count()

    answered = {method: ask(client, method, path) for method in methods}

    assert answered == dict.fromkeys(methods, 405)
    assert Event.objects.count() == before


@pytest.mark.parametrize("case", EACH_POST, ids=str)
def test_a_post_without_a_token_is_refused(world, case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts["clerk"])

    assert client.post(address(case, world.a)).status_code == 403
