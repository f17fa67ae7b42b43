"""What a page offers to whoever has sent a workbook that cannot be taken as it is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import DistrictFactory, ResultsImportFactory
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import CELL, COMMITTEE, ROOT
from tests.reviews.uploads import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FAULTY = (ROOT, COMMITTEE, (*CELL[:2], "X9", *CELL[3:]))
FORM = reverse("reviews:import_list")


@pytest.fixture
def client(post):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(post.account)
    return client


def page_of(client, received, **options) -> str:
    address = reverse("reviews:import_detail", args=[received.pk])
    return client.get(address, **options).content.decode()


def test_the_mended_workbook_is_sent_for_the_same_campaign(client, upload, district):
    received = read(upload(book_of(FAULTY)))
    address = f"{FORM}?from={received.pk}"

    assert f'href="{address}"' in page_of(client, received)
    form = client.get(address).context["form"]

    assert {name: form[name].value() for name in form.fields if name != "file"} == {
        "within": district.pk,
        "campaign_code": "yen-lac-2017",
        "campaign_name": "Năm 2017",
        "rule_set": "hd27-2014",
        "year": 2017,
    }


@pytest.mark.parametrize("wanted", ["elsewhere", "x", "", "²", "9" * 30])
def test_an_upload_that_one_may_not_see_fills_in_no_form(client, wanted):
    if wanted == "elsewhere":
        wanted = ResultsImportFactory(within=DistrictFactory(code="K")).pk

    page = client.get(FORM, {"from": wanted})

    assert page.status_code == 404
