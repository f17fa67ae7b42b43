from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import hashers
from django.urls import reverse

from members.forms.accounts import LoginForm
from members.models import Event, FailedTry
from members.services import log_ins
from members.tasks import forget_log_ins
from tests.factories import NOON, PASSWORD, AccountFactory, MemberFactory

pytestmark = pytest.mark.django_db

LOGIN = reverse("members:login")
WRONG = "not the password"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def log_in(client, login, password=PASSWORD):
    return client.post(LOGIN, {"username": login, "password": password})


def is_in(client):
    return "_auth_user_id" in client.session


def fail(client, login, *, times):
    for _ in range(times):
        log_in(client, login, WRONG)


def refusal_of(response):
    return list(response.context["form"].non_field_errors())


def test_after_six_failures_the_right_password_is_refused_for_a_quarter_of_an_hour(
    client, at_noon
):
    AccountFactory(login="yen")
    fail(client, "yen", times=6)

    refused = log_in(client, "yen")

    assert (refused.status_code, is_in(client)) == (200, False)
    at_noon.shift(timedelta(minutes=14, seconds=59))
    log_in(client, "yen")
    assert not is_in(client)
    at_noon.shift(timedelta(seconds=1))
    log_in(client, "yen")
    assert is_in(client)


def test_five_failures_lock_nobody_out_and_a_success_forgets_them(client):
    AccountFactory(login="yen")

    for _ in range(3):
        fail(client, "yen", times=5)
        log_in(client, "yen")
        assert is_in(client)
        client.logout()

    assert not FailedTry.objects.exists()


def test_failures_far_apart_lock_nobody_out(client, at_noon):
    AccountFactory(login="yen")
    for _ in range(12):
        fail(client, "yen", times=1)
        at_noon.shift(timedelta(minutes=3))

    log_in(client, "yen")

    assert is_in(client)


def test_what_is_refused_while_locked_makes_the_lock_no_longer(client, at_noon):
    AccountFactory(login="yen")
    fail(client, "yen", times=6)
    at_noon.shift(timedelta(minutes=10))
    fail(client, "yen", times=6)
    at_noon.shift(timedelta(minutes=5))

    log_in(client, "yen")

    assert is_in(client)


def test_another_account_from_the_same_address_is_not_concerned(client):
    AccountFactory(login="yen")
    AccountFactory(login="an")
    fail(client, "yen", times=6)

    log_in(client, "an")

    assert is_in(client)


@pytest.mark.parametrize("login", ["YEN", " yen ", "yến"])
def test_another_spelling_of_the_name_gives_no_further_try(client, login):
    AccountFactory(login="yen")
    fail(client, login, times=6)

    log_in(client, "yen")

    assert not is_in(client)


def test_known_unknown_and_disabled_names_are_locked_alike(client):
    AccountFactory(login="yen")
    AccountFactory(login="disabled", is_active=False)

    answers = {}
    for login in ("yen", "nobody", "disabled"):
        told = [refusal_of(log_in(client, login, WRONG)) for _ in range(8)]
        answers[login] = told

    wrong = [[str(LoginForm.error_messages["invalid_login"])]] * 6
    locked = answers["yen"][6]
    assert answers == dict.fromkeys(answers, [*wrong, locked, locked])
    assert locked != wrong[0]


@pytest.mark.parametrize("login", ["yen", "nobody", "disabled", "new"])
def test_each_failure_costs_one_password_hash_whatever_the_name(
    client, monkeypatch, login
):
    AccountFactory(login="yen")
    AccountFactory(login="disabled", is_active=False)
    AccountFactory(login="new", password=hashers.make_password(None))
    hashed = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(login)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)

    fail(client, login, times=1)

    assert hashed == [login]


def test_an_empty_form_is_no_try_and_forgets_none(client):
    fail(client, "yen", times=1)

    client.post(LOGIN, {"username": "yen", "password": ""})
    client.post(LOGIN, {"username": "", "password": WRONG})

    assert FailedTry.objects.count() == 1


def test_a_try_is_counted_before_it_is_made():
    seen = []
    with log_ins.one_try(login="yen", now=NOON):
        seen.append(FailedTry.objects.count())

    assert (seen, FailedTry.objects.count()) == ([1], 0)


def test_of_many_tries_at_once_six_are_made():
    made = []

    def nested(depth):
        with log_ins.one_try(login="yen", now=NOON):
            made.append(depth)
            nested(depth + 1)

    with pytest.raises(log_ins.LockedOut):
        nested(1)

    assert made == [1, 2, 3, 4, 5, 6]


def test_what_was_typed_as_a_name_is_not_kept(client):
    fail(client, "my secret password", times=1)

    (kept,) = FailedTry.objects.values_list("name_hash", flat=True)
    assert (len(kept), "secret" in kept) == (64, False)


def test_a_lock_out_is_one_event_of_the_account(client):
    member = MemberFactory()
    account = AccountFactory(login="yen", member=member)
    fail(client, "yen", times=9)
    fail(client, "nobody", times=9)

    (event,) = Event.objects.all()

    assert (
        event.action,
        event.subject_id,
        event.member,
        event.account,
        event.data,
    ) == (
        "accounts.locked_out",
        account.pk,
        member,
        None,
        {},
    )


def test_failures_that_lock_nobody_out_are_forgotten(client, at_noon):
    fail(client, "yen", times=1)
    at_noon.shift(timedelta(minutes=15))
    fail(client, "an", times=1)

    forget_log_ins()

    assert list(FailedTry.objects.values_list("at", flat=True)) == [
        NOON + timedelta(minutes=15)
    ]
