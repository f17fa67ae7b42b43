"""Every address × whom it answers and whom it might × an object inside and one outside.

The table is written by hand, so that a new address or a widened reach is a decision.
What is out of scope looks like what does not exist. `test_whole_matrix.py`, of the long
tests, asks as everybody about every object.
"""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Account, Event
from tests.access.addresses import (
    address,
    ask,
    ask_and_take_back,
    has_object,
    routes,
)
from tests.access.cases import CASES, EVERYONE, OPEN, PARAMETERS

pytestmark = pytest.mark.django_db


def of_each_address(cases):
    """Return for each address its first case; one that somebody may see, if it has one."""
    first = {}
    for case in sorted(cases, key=lambda case: not case.seen_by):
        first.setdefault(case.name, case)
    return list(first.values())


EACH_ADDRESS = of_each_address(CASES)
EACH_WITH_OBJECT = [case for case in EACH_ADDRESS if has_object(case)]
OTHERS = [case for case in CASES if case not in EACH_ADDRESS]
WITH_OBJECT = [case for case in CASES if has_object(case)]
EACH_POST = list({case.name: case for case in CASES if case.method == "post"}.values())
IN_THE_DISTRICT = [name for name in EVERYONE if name != "other clerk"]


def test_every_address_is_in_the_matrix():
    assert set(routes()) == {case.name for case in CASES} | set(OPEN)


@pytest.mark.usefixtures("bare_answers")
@pytest.mark.parametrize("case", EACH_ADDRESS, ids=str)
def test_an_address_answers_all_whom_the_table_names_and_no_other_by_turns(world, case):
    """All whom the table names and five of the others; `make long` asks as all."""
    named, others = sides(case)
    asked = [*named, *turn(others, CASES.index(case), of=5)]

    answered = answers(world, case, world.a, asked)

    assert answered == {name: expected(case, name) for name in asked}


@pytest.mark.usefixtures("bare_answers")
@pytest.mark.parametrize("case", OTHERS, ids=str)
def test_the_other_cases_are_asked_by_turns(world, case):
    """Two whom the table names and two of the others; `make long` asks as all."""
    at = CASES.index(case)
    named, others = sides(case)
    asked = [*turn(named, at, of=2), *turn(others, at, of=2)]

    answered = answers(world, case, world.a, asked)

    assert answered == {name: expected(case, name) for name in asked}


@pytest.mark.usefixtures("bare_answers")
@pytest.mark.parametrize("case", WITH_OBJECT, ids=str)
def test_the_same_object_of_another_district_is_reached_by_its_clerk_alone(world, case):
    """Asked by turns as four of one district's own; `make long` asks as all."""
    asked = turn(IN_THE_DISTRICT, CASES.index(case), of=1 + 3 * (case in EACH_ADDRESS))

    answered = answers(world, case, world.b, [*asked, "other clerk"])

    assert answered.pop("other clerk") == of_the_clerk_there(case)
    assert answered == dict.fromkeys(asked, 404)


def sides(case):
    """Whom the table names, and the others."""
    named = [name for name in EVERYONE if name in {*case.seen_by, *case.sent_on}]
    return named, [name for name in EVERYONE if name not in named]


def answers(world, case, district, names):
    """Return what each is answered about the object of a district."""
    path = address(case, district)
    return {
        name: ask_and_take_back(world.client_of(name), case.method, path)
        for name in names
    }


def expected(case, name):
    if name in case.sent_on:
        return 302
    return case.status if name in case.seen_by else 404


def of_the_clerk_there(case):
    is_for_nobody = case.is_personal or not case.seen_by
    return 404 if is_for_nobody else case.status


def turn(names, at, *, of):
    """The next few, beginning anew at the end."""
    return [names[(at * of + step) % len(names)] for step in range(of) if names]


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
