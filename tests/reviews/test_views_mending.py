"""What a page offers to whoever has sent a workbook that cannot be taken as it is."""

import re

import pytest
from django.urls import reverse

from tests.clients import english_client
from tests.factories import DistrictFactory, ResultsImportFactory
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import CELL, COMMITTEE, ROOT
from tests.reviews.uploads import confirm, read
from tests.reviews.written_books import opened, saved, template_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

FAULTY = (ROOT, COMMITTEE, (*CELL[:2], "X9", *CELL[3:]))
TEMPLATE = f'href="{reverse("reviews:import_template")}"'
FORM = reverse("reviews:import_list")


@pytest.fixture
def client(post):
    client = english_client()
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


def another_book() -> bytes:
    book = opened(book_of())
    for sheet in book.worksheets:
        sheet.title = f"{sheet.title} 2"
    return saved(book)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            another_book,
            "This is another workbook: it has none of the sheets “Đơn vị”, “Đảng viên”.",
        ),
        (template_of, "The workbook holds no rows yet. Fill it in, then send it."),
    ],
)
def test_a_workbook_without_anything_to_mend_is_told_in_one_sentence(
    client, upload, make, sentence
):
    received = read(upload(make()))

    page = page_of(client, received)

    assert (received.refusal, bool(received.annotated)) == (sentence, False)
    assert sentence in page
    assert TEMPLATE in page
    assert "marked" not in page


def test_the_empty_workbook_is_not_offered_for_faults(client, upload):
    assert TEMPLATE not in page_of(client, read(upload(book_of(FAULTY))))


def test_what_the_upload_is_for_is_told_anew_while_the_page_asks(client, upload):
    read(confirm(read(upload())))
    received = upload(campaign_name="Tên gõ lại")
    fragment = {"headers": {"hx-request": "true"}}

    typed = page_of(client, received, **fragment)
    known = page_of(client, read(received), **fragment)

    facts = [re.findall(r"<dd>(.*?)</dd>", text)[0] for text in (typed, known)]
    assert facts == ["Tên gõ lại", "Năm 2017"]
