"""The code app: what its codes open, and how it is added and removed."""

from datetime import timedelta

import pytest

from members.models import Authenticator
from members.services import authenticators
from tests.factories import NOON, PASSWORD, AuthenticatorFactory, CodeCardFactory
from tests.members.second_factors.steps import (
    APP,
    APP_REMOVE,
    CARD,
    FACTORS,
    actions,
    code_of,
    is_in,
    show_code,
    show_password,
)
from tests.one_time_codes import shown_by_app

pytestmark = pytest.mark.django_db


def test_a_code_of_the_app_counts_once(client, secretary):
    AuthenticatorFactory(account=secretary)
    code = code_of(secretary)
    show_password(client)
    show_code(client, f"{code[:3]} {code[3:]}")
    assert is_in(client)

    client.logout()
    show_password(client)
    replayed = show_code(client, code)

    assert (replayed.status_code, is_in(client)) == (422, False)


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-1, False), (0, True), (29, True), (30, False)]
)
def test_a_code_of_the_app_lives_thirty_seconds(secretary, seconds, fits):
    app = AuthenticatorFactory(account=secretary)
    code = code_of(secretary)
    at = NOON + timedelta(seconds=seconds)

    assert authenticators.use_code(account=app.account, code=code, now=at) is fits


def test_the_step_before_the_last_code_counts_no_more(secretary):
    AuthenticatorFactory(account=secretary)
    late, early = code_of(secretary, later=30), code_of(secretary)
    after = NOON + timedelta(seconds=30)

    assert authenticators.use_code(account=secretary, code=late, now=after)
    assert not authenticators.use_code(account=secretary, code=early, now=NOON)


def test_rfc_6238_says_the_same():
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    at = NOON.fromtimestamp(1111111109, tz=NOON.tzinfo)

    assert authenticators.step_of(seed, "081804", now=at) == 37037036
    assert authenticators.step_of(seed, "081805", now=at) is None


def add_app(client, code=None):
    page = client.get(APP)
    code = code or shown_by_app(page.context["seed"], at=NOON)
    return client.post(APP, {"code": code})


def test_an_app_counts_once_it_has_shown_a_code(client, secretary):
    show_password(client)
    page = client.get(APP)
    assert "data:image/svg+xml" in page.text

    refused = client.post(APP, {"code": "0"})
    assert refused.status_code == 422
    assert refused.context["seed"] == page.context["seed"]
    seed = page.context["seed"].replace(" ", "")
    assert 'href="otpauth://totp/' in page.text  # for the telephone that shows the page
    assert f"secret={seed}" in page.text
    done = add_app(client)

    assert done.url == CARD  # a card against the loss of the telephone
    app = Authenticator.objects.get()
    assert app.last_step == int(NOON.timestamp()) // 30
    assert actions() == ["authenticators.added"]
    assert "new_seed" not in client.session


def test_a_page_that_the_telephone_loads_anew_shows_the_same_seed(client, secretary):
    show_password(client)

    assert client.get(APP).context["seed"] == client.get(APP).context["seed"]


def test_the_code_that_added_the_app_opens_nothing_more(client, secretary):
    show_password(client)
    add_app(client)
    code = code_of(secretary)
    client.logout()
    show_password(client)

    assert show_code(client, code).status_code == 422


def test_a_holder_keeps_one_factor(client, secretary):
    AuthenticatorFactory(account=secretary)
    client.force_login(secretary)
    typed = {"old": PASSWORD}

    assert client.post(APP_REMOVE, typed).status_code == 422
    assert Authenticator.objects.exists()
    CodeCardFactory(account=secretary)
    assert client.post(APP_REMOVE, typed).url == FACTORS
    assert actions()[0] == "authenticators.removed"


def test_whoever_holds_no_post_may_have_none(client):
    account = AuthenticatorFactory().account
    client.force_login(account)

    client.post(APP_REMOVE, {"old": PASSWORD})

    assert not Authenticator.objects.exists()
