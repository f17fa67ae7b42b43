"""The pages on which results come in, as the clerk of a district uses them."""

import io
import re
from urllib.parse import quote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext, override

from campaigns import rulesets
from campaigns.models import Campaign
from members.models import Event, Job
from reviews import tasks
from reviews.models import ResultsImport
from tests.clients import choose
from tests.factories import DistrictFactory, ResultsImportFactory
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import CELL, COMMITTEE, ROOT

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_LIST = 10  # two of them note the first use of the session
QUERIES_OF_AN_UPLOAD = 6


def worked(received: ResultsImport) -> ResultsImport:
    """Let a worker do what waits."""
    received.refresh_from_db()
    is_writing = received.job.kind == "results_import"
    (tasks.apply_import if is_writing else tasks.preview_import)(received.job_id)
    received.refresh_from_db()
    return received


def page_of(received: ResultsImport) -> str:
    return reverse("reviews:import_detail", args=[received.pk])


def test_a_workbook_goes_from_the_form_to_the_figures(client, send):
    sent = send()
    received = ResultsImport.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, page_of(received))
    assert "waits for its turn" in client.get(page_of(received)).content.decode()

    worked(received)
    preview = client.get(page_of(received)).content.decode()
    assert "Nothing has been recorded yet." in preview

    confirm = reverse("reviews:import_confirm", args=[received.pk])
    client.post(confirm)
    worked(received)
    done = client.get(page_of(received)).content.decode()
    figures = reverse(
        "unit_figures",
        args=[received.campaign_id, received.campaign.root_unit_id],
    )
    assert f'href="{figures}"' in done
    assert client.get(figures).status_code == 200


def test_a_page_says_what_the_upload_is_for(client, send):
    send()

    page = client.get(page_of(ResultsImport.objects.get())).content.decode()

    rules = rulesets.load("hd27-2014").label.text("en")
    shown = re.findall(r"<dd>(.*?)</dd>", page)
    assert shown[:4] == ["Năm 2017", "yen-lac-2017", "2017", rules]
    assert "Who reads this" in page


def test_the_same_content_again_offers_nothing_to_confirm(client, send):
    send()
    first = worked(ResultsImport.objects.get())
    client.post(reverse("reviews:import_confirm", args=[first.pk]))
    worked(first)

    send(campaign_name="Một tên khác")
    second = worked(ResultsImport.objects.latest("pk"))

    page = client.get(page_of(second)).content.decode()
    assert "holds just this content already" in page
    assert reverse("reviews:import_confirm", args=[second.pk]) not in page
    assert ("<dd>Năm 2017</dd>" in page, "Một tên khác" in page) == (True, False)
    rows = client.get(reverse("reviews:import_list")).context["uploads"]
    assert [(row.status, row.about) for row in rows] == [
        ("UNCHANGED", "Năm 2017"),
        ("DONE", "Năm 2017"),
    ]


def test_a_page_that_waits_asks_again_and_gets_only_the_fragment(client, send):
    send()
    received = ResultsImport.objects.get()

    fragment = client.get(page_of(received), headers={"hx-request": "true"})

    text = fragment.content.decode()
    assert text.strip().startswith("<div")
    assert f'hx-get="{page_of(received)}"' in text
    assert "HX-Request" in fragment["Vary"]


def test_the_language_of_the_upload_is_that_of_the_page(send):
    send()

    assert ResultsImport.objects.get().language == "en"


def test_nobody_is_told_of_uploads_elsewhere(client):
    other = DistrictFactory(code="K", kind="DISTRICT")
    ResultsImportFactory(within=other, file_name="cua-huyen-khac.xlsx")

    page = client.get(reverse("reviews:import_list"))

    assert page.context["uploads"] == []


def test_a_second_confirmation_is_told_and_changes_nothing(client, send):
    send()
    received = worked(ResultsImport.objects.get())
    confirm = reverse("reviews:import_confirm", args=[received.pk])
    client.post(confirm)

    again = client.post(confirm, follow=True)

    assert "does not wait for confirmation" in again.content.decode()
    assert Job.objects.filter(kind="results_import").count() == 1


def test_a_step_that_failed_can_be_asked_for_again(client, send):
    send()
    received = ResultsImport.objects.get()
    Job.objects.update(status="FAILED", error="The work stopped.", finished_at="2026-01-01T00:00Z")  # fmt: skip
    assert "The work stopped." in client.get(page_of(received)).content.decode()

    client.post(reverse("reviews:import_retry", args=[received.pk]))

    assert worked(received).state == "READY"


def test_what_did_not_fail_is_not_begun_again(client, send):
    send()
    received = worked(ResultsImport.objects.get())

    client.post(reverse("reviews:import_retry", args=[received.pk]))

    assert Job.objects.count() == 1


FAULTY = (ROOT, COMMITTEE, (*CELL[:2], "X9", *CELL[3:]))


def test_faults_are_on_the_page_and_in_the_copy(client, send):
    send(file=SimpleUploadedFile("ket-qua.xlsx", book_of(FAULTY)))
    received = worked(ResultsImport.objects.get())

    page = client.get(page_of(received)).content.decode()
    copy = client.get(reverse("reviews:import_annotated", args=[received.pk]))

    for text in ("Đơn vị, row 4", "Mã cấp trên", "X9", "No unit of the sheet has"):
        assert text in page
    book = openpyxl.load_workbook(io.BytesIO(copy.getvalue()))
    sheet = book["Đơn vị"]
    assert sheet.cell(1, sheet.max_column).value == "Lỗi"


def test_faults_are_in_the_language_of_the_page(client, send):
    send(file=SimpleUploadedFile("ket-qua.xlsx", book_of(FAULTY)))
    received = worked(ResultsImport.objects.get())

    pages = []
    for language in ("en", "vi"):
        choose(client, language)
        pages.append(client.get(page_of(received)))

    told = "No unit of the sheet has this code."
    assert [told in page.content.decode() for page in pages] == [True, False]
    with override("vi"):
        assert gettext(told) in pages[1].content.decode()


def test_the_copy_is_a_download_that_is_on_record(client, send, clerk, district):
    send(file=SimpleUploadedFile("kết quả.xlsx", book_of(FAULTY)))
    received = worked(ResultsImport.objects.get())

    copy = client.get(reverse("reviews:import_annotated", args=[received.pk]))
    list(copy.streaming_content)

    name = quote("kết quả-ghi-loi.xlsx")
    assert copy["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert (copy["Cache-Control"], copy["Content-Security-Policy"]) == (
        "no-store",
        "sandbox",
    )
    event = Event.objects.get(action="results.annotated_downloaded")
    assert (event.account, event.unit, event.subject_id) == (
        clerk,
        district,
        received.pk,
    )


def test_without_faults_there_is_no_copy(client, send):
    send()
    received = worked(ResultsImport.objects.get())

    copy = client.get(reverse("reviews:import_annotated", args=[received.pk]))

    assert copy.status_code == 404


def test_a_refusal_is_shown_as_one_sentence(client, send):
    send(file=SimpleUploadedFile("ket-qua.xlsx", b"no workbook at all"))
    received = worked(ResultsImport.objects.get())

    page = client.get(page_of(received)).content.decode()

    assert received.refusal in page
    (row,) = client.get(reverse("reviews:import_list")).context["uploads"]
    assert row.status == "UNREADABLE"
    assert Campaign.objects.count() == 0


def test_the_empty_workbook_is_a_download(client):
    response = client.get(reverse("reviews:import_template"))

    assert response["Content-Disposition"] == (
        'attachment; filename="ket-qua-danh-gia-xep-loai.xlsx"'
    )
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    assert book.sheetnames[:2] == ["Đơn vị", "Đảng viên"]


@pytest.mark.parametrize("uploads", [1, 60])
def test_the_list_costs_the_same_however_many_uploads(
    client, district, uploads, django_assert_num_queries
):
    ResultsImportFactory.create_batch(uploads, within=district)

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        page = client.get(reverse("reviews:import_list"))

    assert len(page.context["uploads"]) == min(uploads, 50)


@pytest.mark.parametrize("cells", [1, 60])
def test_an_upload_costs_the_same_however_much_it_holds(
    client, send, cells, django_assert_num_queries
):
    rows = [(f"C{at}", f"Chi bộ {at}", "G", "chi bộ", "", "") for at in range(cells)]
    book = book_of((ROOT, COMMITTEE, *rows), ())
    send(file=SimpleUploadedFile("ket-qua.xlsx", book))
    received = worked(ResultsImport.objects.get())

    with django_assert_num_queries(QUERIES_OF_AN_UPLOAD):
        page = client.get(page_of(received))

    assert page.context["preview"][0]["new"] == cells + 1
