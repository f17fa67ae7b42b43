"""A session that locked: nothing that was written is lost, and nobody else reads it."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.models import AccountSession, Member
from members.policy import Role
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    MemberFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db

HOME = reverse("home")
LOGIN = reverse("members:login")
LOGOUT = reverse("members:logout")
ROLL = reverse("members:member_list")
UNLOCK = reverse("members:unlock")
IN_PLACE = reverse("members:unlock_in_place")
SEND = reverse("members:form_send")
USE = reverse("members:session_use")
ADD = reverse("member_add")
ROLLS = reverse("roll_import_list")
IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=12)
TEXT = 'Dòng một <b>"đậm"</b>\r\n\r\n  dòng hai'


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SECOND_FACTOR_ASKED = False
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account():
    post = PostFactory(role=Role.SECRETARY, account=AccountFactory(login="yen"))
    return post.account


@pytest.fixture
def locked(client, account, clock):
    """A client whose session has locked."""
    client.force_login(account)
    client.get(HOME)
    clock.shift(IDLE)
    return client


def unlock(client, password=PASSWORD, then=""):
    return client.post(f"{UNLOCK}?next={then}", {"old": password})


def in_place(client, account, password=PASSWORD):
    return client.post(IN_PLACE, {"old": password, "account": account.pk})


def log_in(client, login):
    return client.post(LOGIN, {"username": login, "password": PASSWORD})


def fields_of(page):
    """What the form on the page would send, but for its token."""
    found = re.findall(
        r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page.text, re.DOTALL
    )
    return [(name, html.unescape(value)) for name, value in found]


def test_the_password_opens_the_session_where_it_was(locked):
    asked = locked.get(f"{ROLL}?q=an")
    assert asked.url == f"{UNLOCK}?next=%2Fmembers%2F%3Fq%3Dan"
    assert "Trần Thị Bình" in locked.get(asked.url).text

    opened = unlock(locked, then=f"{ROLL}?q=an")

    assert opened.url == f"{ROLL}?q=an"
    assert locked.get(ROLL).status_code == 200


def test_a_wrong_password_opens_nothing_and_is_counted(locked, account):
    told = [unlock(locked, "x").status_code for _ in range(6)]

    assert told == [422] * 6
    assert unlock(locked).status_code == 422
    assert locked.get(ROLL).status_code == 302
    assert log_in(Client(), "yen").status_code == 200


def test_unlocking_changes_the_key_and_not_the_end(locked, clock):
    before = locked.session.session_key
    unlock(locked)

    assert locked.session.session_key != before
    (session,) = AccountSession.objects.all()
    assert (session.begun_at, session.seen_at) == (NOON, NOON + IDLE)
    clock.move_to(NOON + WHOLE)
    assert locked.get(ROLL).url.startswith(LOGIN)


def test_a_locked_session_has_no_authority_and_can_be_ended(locked):
    answer = locked.get(ROLL)
    assert answer.wsgi_request.actor.posts == ()

    assert locked.post(LOGOUT).url == LOGIN
    assert not AccountSession.objects.exists()
    assert unlock(locked).url == HOME
    assert locked.get(HOME).status_code == 302


def test_whoever_is_disabled_unlocks_nothing(locked, account):
    account.is_active = False
    account.save()

    unlock(locked)

    assert locked.get(HOME).status_code == 302


def test_a_form_that_came_after_the_lock_is_sent_on_after_the_password(locked):
    sent = {"full_name": TEXT, "many": ["1", "2"]}

    late = locked.post(ADD, sent, headers={"Referer": f"http://testserver{ROLL}"})
    assert late.url == f"{UNLOCK}?next=%2Fmembers%2F"
    assert TEXT.split()[0] not in locked.get(late.url).text
    assert unlock(locked).url == SEND
    page = locked.get(SEND)

    assert f'action="{ADD}"' in page.text
    assert fields_of(page) == [("full_name", TEXT), ("many", "1"), ("many", "2")]
    again = locked.post(ADD, dict(fields_of(page)))
    assert again.status_code in {404, 422}  # answered by the page that it was for
    assert locked.get(SEND).url == HOME


def test_what_came_too_late_can_be_dropped(locked):
    locked.post(
        ADD, {"full_name": "x"}, headers={"Referer": f"http://testserver{ROLL}"}
    )
    unlock(locked)

    assert locked.post(SEND).url == ROLL
    assert locked.get(SEND).url == HOME
    assert not Member.objects.exists()


def test_what_is_kept_lies_sealed(locked):
    locked.post(ADD, {"full_name": "bí mật riêng"})

    assert "bí mật riêng" not in str(dict(locked.session))


@pytest.mark.parametrize("limit", [IDLE, WHOLE])
@pytest.mark.parametrize("goes_by", ["log-in", "log-out"])
def test_nobody_else_gets_what_was_kept(client, account, clock, limit, goes_by):
    AccountFactory(login="an", member=MemberFactory())
    client.force_login(account)
    client.get(HOME)
    clock.shift(limit)
    client.post(ADD, {"full_name": "bí mật riêng"})
    if goes_by == "log-out":
        client.post(LOGOUT)

    log_in(client, "an")

    assert client.get(reverse("members:own_record")).status_code == 200
    assert client.get(SEND).url == HOME
    assert "held_form" not in client.session
    client.post(LOGOUT)
    log_in(client, "yen")
    assert client.get(SEND).url == HOME


def test_after_the_whole_time_the_log_in_carries_the_form_on(client, account, clock):
    client.force_login(account)
    client.get(HOME)
    clock.shift(WHOLE)
    assert client.get(HOME).url.startswith(LOGIN)  # any request may be the first

    late = client.post(ADD, {"full_name": TEXT})

    assert late.url.startswith(LOGIN)
    assert log_in(client, "yen").url == SEND
    assert fields_of(client.get(SEND)) == [("full_name", TEXT)]


def test_of_a_form_with_a_file_all_but_the_file_is_kept_and_that_is_said(client, clock):
    post = PostFactory(role=Role.CLERK)
    client.force_login(post.account)
    client.get(HOME)
    clock.shift(IDLE)
    workbook = SimpleUploadedFile("danh-sach.xlsx", b"PK")
    client.post(ROLLS, {"within": post.unit_id, "file": workbook})

    unlock(client)

    page = client.get(SEND)
    assert fields_of(page) == [("within", str(post.unit_id))]
    assert "tệp" in page.text
    again = client.post(ROLLS, dict(fields_of(page)))
    assert again.status_code == 422
    assert list(again.context["form"].errors) == ["file"]
    assert again.context["form"]["within"].value() == str(post.unit_id)


def test_a_form_without_a_token_is_not_kept(account, clock):
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    client.get(HOME)
    clock.shift(IDLE)

    assert client.post(ADD, {"full_name": "x"}).status_code == 403
    assert "held_form" not in client.session


# ---- A page that locks itself ---------------------------------------------


@pytest.mark.parametrize("idle", [timedelta(), IDLE])
def test_a_page_opens_in_its_place(client, account, clock, idle):
    client.force_login(account)
    client.get(HOME)
    clock.shift(idle)

    assert in_place(client, account, "x").status_code == 422
    assert in_place(client, account).status_code == 204
    assert client.get(HOME).status_code == 200


def test_a_page_of_somebody_else_stays_locked(client, account):
    client.force_login(AccountFactory())

    assert in_place(client, account).status_code == 410
    assert client.get(USE, {"account": account.pk}).status_code == 404


def test_a_page_whose_session_has_ended_stays_locked(client, account):
    assert in_place(client, account).status_code == 410


def test_the_use_of_a_page_is_use(client, account, clock):
    client.force_login(account)
    client.get(HOME)
    for _ in range(4):
        clock.shift(IDLE / 2)
        assert client.get(USE, {"account": account.pk}).status_code == 204

    assert client.get(HOME).status_code == 200


def test_a_log_out_clears_what_the_browser_keeps(client, account):
    client.force_login(account)

    assert client.post(LOGOUT)["Clear-Site-Data"] == '"cache"'
