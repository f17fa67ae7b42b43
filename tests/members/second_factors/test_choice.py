"""Who has to choose a second factor, and until when."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Post
from members.policy import Role
from tests.factories import NOON, OPENED, AccountFactory, MemberFactory, PostFactory
from tests.members.second_factors.steps import (
    CARD,
    DAY,
    FACTORS,
    HOME,
    ROLL,
    STEP,
    show_password,
)

pytestmark = pytest.mark.django_db


def test_a_plain_member_needs_none(client):
    AccountFactory(login="an", member=MemberFactory())

    assert show_password(client, "an").url == HOME


def test_a_post_that_opens_nothing_needs_none(client):
    PostFactory(account=AccountFactory(login="an"), role=Role.OUTSIDE)

    assert show_password(client, "an").url == HOME


def test_a_new_holder_is_led_to_the_choice_and_may_put_it_off(client, secretary, clock):
    led = show_password(client, next=ROLL)
    page = client.get(led.url)

    assert led.url == f"{FACTORS}?next=%2Fmembers%2F"
    assert f'href="{ROLL}"' in page.text
    assert page.context["last_day"] == date(2024, 12, 15)
    assert client.get(ROLL).status_code == 200
    clock.shift(14 * DAY)
    client.logout()
    show_password(client)
    assert client.get(ROLL).status_code == 200


def test_after_the_grace_nothing_opens_before_the_choice(client, secretary, clock):
    clock.shift(15 * DAY)
    show_password(client)

    assert client.get(ROLL).url == FACTORS
    assert client.post(reverse("members:session_end_others")).url == FACTORS
    assert client.get(FACTORS).status_code == 200
    assert client.get(reverse("health")).status_code == 200
    sheet = client.post(CARD)
    assert "code-card" in sheet.text
    assert client.get(ROLL).status_code == 200
    client.logout()
    assert show_password(client).url == STEP


def test_the_grace_begins_with_the_account_where_the_post_is_older(client, clock):
    account = AccountFactory(login="yen", created_at=NOON)
    Post.objects.all().delete()
    PostFactory(account=account, from_on=OPENED)

    show_password(client)

    assert client.get(FACTORS).context["last_day"] == date(2024, 12, 15)


def test_the_grace_is_a_setting(client, secretary, settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 90
    show_password(client)

    assert client.get(FACTORS).context["last_day"] == date(2025, 3, 1)


def test_a_demonstration_asks_for_nothing(client, secretary, settings, clock):
    settings.SECOND_FACTOR_ASKED = False
    clock.shift(60 * DAY)

    assert show_password(client).url == HOME


def test_the_way_on_leads_nowhere_else(client, secretary):
    client.force_login(secretary)

    page = client.get(FACTORS, {"next": "https://elsewhere.example/"})

    assert page.context["next"] == HOME
