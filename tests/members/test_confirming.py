"""The password again, for one act: when it is asked, and what becomes of the form."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from members.http import FRESH
from members.models import Account, FailedTry, FormReceipt, OidcLink, Post
from members.policy import Role
from tests.clients import english_client, forget_password
from tests.factories import NOON, PASSWORD, AccountFactory, PostFactory

pytestmark = pytest.mark.django_db

HOME = reverse("home")
LOGIN = reverse("members:login")
SEND = reverse("members:form_send")
UNLOCK = reverse("members:unlock")
OLD, BACK = "confirming-old", "confirming-back"
ELSEWHERE = "confirming-elsewhere"
ENDING = {
    "document": "QĐ 7 <b>",
    "once": "7f9c2ba4-e88f-4ae5-8d4f-0f8b2f2b1d11",
}


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_FACTOR_ASKED = False
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def post():
    return PostFactory(role=Role.SECRETARY)


@pytest.fixture
def act(post) -> str:
    """The address at which a post is ended."""
    return reverse("members:post_end", args=[post.pk])


@pytest.fixture
def clerk(post) -> Account:
    return PostFactory(unit=post.unit, account=AccountFactory(login="yen")).account


@pytest.fixture
def client(clerk):
    client = english_client()
    client.post(LOGIN, {"username": "yen", "password": PASSWORD})
    return client


def is_ended(post) -> bool:
    return Post.objects.get(pk=post.pk).ended_at is not None


def kept_in(page) -> dict[str, str]:
    found = re.findall(
        r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page.text, re.DOTALL
    )
    return {name: html.unescape(text) for name, text in found}


def test_within_five_minutes_of_the_log_in_nothing_is_asked(client, clock, act, post):
    clock.shift(FRESH - timedelta(seconds=1))

    assert client.post(act, ENDING).status_code == 302
    assert is_ended(post)


def test_after_five_minutes_it_is_asked_and_then_not_again(client, clock, act, post):
    clock.shift(FRESH)
    asked = client.post(act, ENDING)
    assert (asked.status_code, is_ended(post)) == (422, False)
    assert kept_in(asked) == ENDING

    client.post(
        act, {**ENDING, "document": "", OLD: PASSWORD}
    )  # refused for another reason
    done = client.post(act, ENDING)

    assert (done.status_code, is_ended(post)) == (302, True)


def test_pages_are_opened_without_it(client, clock, act):
    clock.shift(FRESH)

    assert client.get(act).status_code == 200


@pytest.mark.parametrize("typed", [{OLD: PASSWORD}, {}])
def test_a_form_sent_twice_is_one_act(client, act, post, typed):
    """By a double click on the page that asks, or from the page before it."""
    forget_password(client)
    first = client.post(act, {**ENDING, BACK: HOME, OLD: PASSWORD})

    second = client.post(act, {**ENDING, **typed})

    assert is_ended(post)
    assert (second.status_code, second.url) == (302, first.url)
    assert FormReceipt.objects.count() == 1


def test_six_wrong_passwords_lock_the_name(client, act, post):
    forget_password(client)
    for _ in range(6):
        assert client.post(act, {**ENDING, OLD: "x"}).status_code == 422

    locked = client.post(act, {**ENDING, OLD: PASSWORD})

    assert "15 minutes" in locked.text
    assert (is_ended(post), FailedTry.objects.count()) == (False, 6)


def test_one_goes_back_to_whom_was_chosen(client, act):
    forget_password(client)
    page = f"{HOME}?to=7"
    chosen, elsewhere = (
        client.post(act, ENDING, headers={"Referer": f"http://testserver{where}"})
        for where in (f"{page}#name", "//example.com/?to=7")
    )

    assert chosen.context["back"] == page
    assert f'href="{page}"' in chosen.text
    assert elsewhere.context["back"] == HOME


def test_without_it_one_goes_back_to_where_the_form_was(client, act):
    forget_password(client)
    page = f"http://testserver{HOME}"
    elsewhere = {BACK: "https://example.com/", OLD: "x"}

    asked = client.post(act, ENDING, headers={"Referer": page})
    wrong = client.post(
        act, {BACK: HOME, OLD: "x"}, headers={"Referer": f"http://testserver{act}"}
    )
    strange = client.post(act, elsewhere, headers={"Referer": page})

    for answer in (asked, wrong, strange):
        assert answer.context["back"] == HOME


def test_a_page_that_locks_while_it_asks_keeps_the_form_and_not_the_password(
    client, clock, act, post
):
    client.get(HOME)
    clock.shift(timedelta(minutes=31))
    late = client.post(act, {**ENDING, OLD: PASSWORD})
    assert late.url.startswith(UNLOCK)

    client.post(UNLOCK, {"old": PASSWORD})
    kept = kept_in(client.get(SEND))

    assert kept == ENDING
    assert client.post(act, kept).status_code == 302
    assert is_ended(post)


@pytest.fixture
def linked(settings, clerk):
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://id.example.vn", "VNeID"
    OidcLink.objects.create(
        account=clerk, issuer=settings.OIDC_ISSUER, subject="7", linked_at=NOON
    )


def test_who_logs_in_elsewhere_may_log_in_again_and_finds_the_form(
    client, linked, act, post
):
    forget_password(client)
    assert "VNeID" in client.post(act, ENDING).text

    out = client.post(act, {**ENDING, OLD: "", ELSEWHERE: "1"})

    assert (out.url, client.get(HOME).status_code) == (LOGIN, 302)
    came_in = client.post(LOGIN, {"username": "yen", "password": PASSWORD})
    assert came_in.url == SEND
    kept = kept_in(client.get(SEND))
    assert kept == ENDING
    assert client.post(act, kept).status_code == 302
    assert is_ended(post)


def test_others_are_told_nothing_of_it(client, settings, act):
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://id.example.vn", "VNeID"
    forget_password(client)

    assert "VNeID" not in client.post(act, ENDING).text
