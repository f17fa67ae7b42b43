import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from members.forms.accounts import LoginForm
from members.models import Account
from members.policy import Role
from tests.factories import PASSWORD, AccountFactory, MemberFactory, PostFactory

pytestmark = pytest.mark.django_db

LOGIN = reverse("members:login")
LOGOUT = reverse("members:logout")
HOME = reverse("home")
ROLL = reverse("members:member_list")


def log_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"username": login, "password": password, **more})


def is_logged_in(client):
    return "_auth_user_id" in client.session


def test_a_visitor_is_sent_to_the_log_in_and_then_on(client, settings):
    settings.SECOND_FACTOR_ASKED = False
    PostFactory(account=AccountFactory(login="yen"))

    asked = client.get(ROLL)
    done = log_in(client, "yen", next=ROLL)

    assert (asked.status_code, asked.url) == (302, f"{LOGIN}?next={ROLL}")
    assert (done.status_code, done.url) == (302, ROLL)
    assert client.get(ROLL).status_code == 200


def test_without_an_aim_one_arrives_at_home_and_is_not_asked_again(client):
    AccountFactory(login="yen")

    done = log_in(client, "yen")
    again = client.get(LOGIN)

    assert (done.url, again.status_code, again.url) == (HOME, 302, HOME)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_the_log_in_leads_to_no_other_site(client, elsewhere):
    AccountFactory(login="yen")

    assert log_in(client, "yen", next=elsewhere).url == HOME


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("login", "password"),
    [("yen", "not the password"), ("nobody", PASSWORD), ("disabled", PASSWORD)],
)
def test_a_wrong_password_an_unknown_and_a_disabled_account_look_alike(
    client, settings, language, login, password
):
    AccountFactory(login="yen")
    AccountFactory(login="disabled", is_active=False)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    response = log_in(client, login, password)

    with translation.override(language):
        message = str(LoginForm.error_messages["invalid_login"])
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [message]
    assert not is_logged_in(client)


def test_the_log_out_needs_a_post(client):
    client.force_login(AccountFactory())

    asked = client.get(LOGOUT)

    assert (asked.status_code, is_logged_in(client)) == (405, True)
    done = client.post(LOGOUT)
    assert (done.url, is_logged_in(client)) == (LOGIN, False)
    assert client.get(HOME).status_code == 302


def test_a_disabled_account_loses_its_live_session_at_once(client):
    post = PostFactory(role=Role.CLERK)
    client.force_login(post.account)
    assert client.get(ROLL).status_code == 200

    Account.objects.filter(pk=post.account_id).update(is_active=False)

    response = client.get(ROLL)
    assert (response.status_code, response.url) == (302, f"{LOGIN}?next={ROLL}")


def test_a_new_password_ends_the_live_sessions(client):
    account = AccountFactory()
    client.force_login(account)
    assert client.get(HOME).status_code == 200

    account.set_password("một mật khẩu khác")
    account.save()

    assert client.get(HOME).status_code == 302


def test_a_password_is_the_same_however_the_keyboard_composes_it(client):
    composed = unicodedata.normalize("NFC", "mật khẩu của Đỗ Yến")
    decomposed = unicodedata.normalize("NFD", composed)
    Account.objects.create_user("nfc", composed, display_name="A")
    Account.objects.create_user("nfd", decomposed, display_name="B")

    assert log_in(client, "nfc", decomposed).status_code == 302
    client.logout()
    assert log_in(client, "nfd", composed).status_code == 302


def test_an_account_without_a_password_cannot_log_in(client):
    account = AccountFactory(login="yen")
    account.set_password(None)
    account.save()

    assert log_in(client, "yen", "").status_code == 200
    assert log_in(client, "yen", "None").status_code == 200
    assert account.check_password(None) is False


def test_a_made_account_can_log_in_and_has_no_authority():
    account = Account.objects.create_user("yen", PASSWORD, display_name="Đỗ Yến")

    account.refresh_from_db()
    assert (account.login, str(account), account.is_active, account.is_technical) == (
        "yen",
        "Đỗ Yến",
        True,
        False,
    )
    assert account.check_password(PASSWORD)
    assert not account.check_password(PASSWORD.upper())


def test_a_login_name_and_a_member_belong_to_one_account():
    member = MemberFactory()
    AccountFactory(login="yen", member=member)

    for columns in ({"login": "yen"}, {"member": member}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountFactory(**columns)
    with pytest.raises(ValidationError):
        Account(login="yen", display_name="B").validate_unique()


def test_a_login_name_is_the_same_however_its_letters_are_cased(client):
    AccountFactory(login="Thi.Yen")

    with (
        pytest.raises(IntegrityError, match="account_login_once"),
        transaction.atomic(),
    ):
        AccountFactory(login="thi.yen")

    assert log_in(client, "THI.yen").status_code == 302
