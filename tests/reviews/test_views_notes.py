"""What an accepted workbook leaves to be noted, on its page and in the copy."""

import io
from urllib.parse import quote

import openpyxl
import pytest
from django.urls import reverse

from members.services import uploads
from tests.clients import english_client
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import PERSON, TREE
from tests.reviews.uploads import confirm, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

TWINS = [(f"DV{at}", *PERSON[1:]) for at in range(5)]
LINK = "Download the workbook with its notes marked"


@pytest.fixture
def client(post):
    client = english_client()
    client.force_login(post.account)
    return client


def page_of(client, received) -> str:
    address = reverse("reviews:import_detail", args=[received.pk])
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("shown", "is_said"), [(2, True), (4, False)], ids=("more", "all shown")
)
def test_a_page_says_where_the_rest_of_the_notes_is(
    client, upload, monkeypatch, shown, is_said
):
    monkeypatch.setattr(uploads, "MOST_SHOWN", shown)

    page = page_of(client, read(upload(book_of(TREE, TWINS))))

    assert (
        page.count("has a name that looks the same, and the same date of birth")
        == shown
    )
    assert ("The first 2 of 4; the workbook with its notes" in page) == is_said


def test_the_copy_is_offered_before_and_after_the_results_are_recorded(client, upload):
    received = read(upload(book_of(TREE, TWINS)))
    pages = [page_of(client, received)]
    received = read(confirm(received))
    pages.append(page_of(client, received))
    again = read(upload(book_of(TREE, TWINS)))
    pages.append(page_of(client, again))

    assert [LINK in page for page in pages] == [True, True, True]
    assert [each.status for each in (received, again)] == ["DONE", "UNCHANGED"]
    copy = client.get(reverse("reviews:import_annotated", args=[received.pk]))
    name = quote("kết quả-ghi-luu-y.xlsx")
    assert copy["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    book = openpyxl.load_workbook(io.BytesIO(copy.getvalue()))
    assert book["Danh sách lưu ý"].max_row == 5


def test_without_anything_to_note_no_copy_is_offered(client, upload):
    received = read(upload())

    assert LINK not in page_of(client, received)


def test_an_upload_from_before_the_totals_is_shown_with_what_it_has(client, upload):
    received = read(upload(book_of(TREE, TWINS)))
    for total in ("notes_total", "differences_total"):
        del received.summary[total]
    received.save(update_fields=["summary"])

    page = page_of(client, received)

    assert page.count("has a name that looks the same, and the same date of birth") == 4
    assert "The first" not in page
