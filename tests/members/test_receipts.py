"""A form that is sent twice acts once."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from members.models import FormReceipt, Member
from members.policy import Role
from tests.factories import PostFactory, UnitFactory
from tests.small_worlds import together

PAGE = reverse("member_add")
PERSON = {
    "full_name": "Lê Chi",
    "gender": "",
    "born_on": "1990",
    "on": "2026-01-02",
    "is_another": "on",
}


@pytest.fixture
def cell():
    return UnitFactory(code="X")


@pytest.fixture
def clerk(cell):
    return PostFactory(unit=cell, role=Role.SECRETARY).account


def sent(clerk, cell, **typed):
    client = Client()
    client.force_login(clerk)
    return client.post(PAGE, {**PERSON, "unit": cell.pk, **typed})


@pytest.mark.django_db
def test_the_page_gives_each_form_a_key_of_its_own(clerk):
    client = Client()
    client.force_login(clerk)

    keys = {client.get(PAGE).context["key"] for _time in range(2)}

    assert len(keys) == 2


@pytest.mark.django_db
def test_the_same_form_again_leads_to_the_same_page_and_writes_nothing(clerk, cell):
    key = uuid4()
    first = sent(clerk, cell, once=key)

    again = sent(clerk, cell, once=key)

    assert Member.objects.get().full_name == "Lê Chi"
    assert (again.status_code, again.url) == (302, first.url)
    (said,) = get_messages(again.wsgi_request)
    assert said.message == "Việc này đã được ghi nhận; hệ thống không ghi lần thứ hai."


@pytest.mark.django_db
def test_without_the_key_a_form_is_another_act(clerk, cell):
    sent(clerk, cell)
    sent(clerk, cell)

    assert Member.objects.count() == 2


@pytest.mark.django_db
def test_a_form_that_is_filled_anew_after_going_back_is_another_act(clerk, cell):
    key = uuid4()
    sent(clerk, cell, once=key)

    sent(clerk, cell, once=key, full_name="Lê Dung")

    assert Member.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_form_may_be_sent_again(clerk, cell):
    key = uuid4()
    refused = [sent(clerk, cell, once=key, born_on="1990-13") for _time in range(2)]

    assert [answer.status_code for answer in refused] == [422, 422]
    assert not FormReceipt.objects.exists()


@pytest.mark.django_db
def test_the_key_of_another_account_is_none(clerk, cell):
    key = uuid4()
    sent(clerk, cell, once=key)
    colleague = PostFactory(unit=cell, role=Role.DEPUTY_SECRETARY).account

    sent(colleague, cell, once=key)

    assert Member.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_one_effect(clerk, cell):
    key, answers = uuid4(), []

    def send() -> None:
        answers.append(sent(clerk, cell, once=key))

    together(*[send] * 20)

    assert Member.objects.count() == 1
    assert len({answer.url for answer in answers}) == 1
