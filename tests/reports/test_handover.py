"""The slip with which the file of a cell is handed up, or back."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from reports.documents.handover import handover_printout
from reports.documents.printout_html import to_html
from reports.queries.handover import handover_paper
from reviews.models import UnitFile
from tests.clients import client_of
from tests.reports.printouts import says_the_same
from tests.reviews.level_worlds import cell, committee, received, secretary, someone

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db
RELATED = (
    "unit__campaign",
    "unit__live_unit__parent",
    "goes_to__live_unit__parent",
)
LATE = datetime(2024, 12, 10, 18, tzinfo=UTC)  # the 11th where the unit is


def slip_of(file, language="vi"):
    file = UnitFile.objects.select_related(*RELATED).get(pk=file.pk)
    printout = handover_printout(handover_paper(file, language=language))
    assert says_the_same(printout)
    page = to_html(printout)
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_what_goes_up_is_counted_and_nobody_is_named(cell):
    file = received(cell, "GOOD", "EXCELLENT", state="SENT", answered_at=None)
    without = someone(cell, review_state="NONE")
    said = slip_of(file)

    assert "PHIẾU GIAO NHẬN hồ sơ đánh giá, xếp loại chất lượng năm" in said
    assert f"Bên giao: {cell.name}." in said
    assert "Ngày nhận: [cần ghi]." in said
    assert "2 Tờ trình kèm danh sách: số đảng viên được đề nghị 2" in said
    assert "4 Bản kiểm điểm của đảng viên 2" in said
    assert "6 Tài liệu khác –" in said
    assert without.full_name not in said
    assert not any(each in said for each in ("Hoàn thành", "BÍ THƯ"))
    assert "BÊN GIAO" in said
    assert "Handover slip" in slip_of(file, "en")


def test_what_comes_back_is_handed_over_by_the_committee_with_the_reason(cell):
    file = received(
        cell,
        "GOOD",
        state="RETURNED",
        answered_at=LATE,
        reason="Thiếu biên bản\nkiểm phiếu",
    )
    said = slip_of(file)

    giver, taker = re.search(r"Bên giao: (.*?)\. Bên nhận: (.*?)\.", said).groups()
    assert (giver, taker) != (cell.name, cell.name)
    assert taker == cell.name
    assert "Ngày trả lại để hoàn thiện: 11/12/2024." in said
    assert "Thiếu biên bản kiểm phiếu" in said


def test_cell_and_committee_print_the_same_slip(cell, secretary, committee):
    file = received(cell, "GOOD", state="SENT", answered_at=None)
    slip = reverse("handover_print", args=[file.pk, "docx"])
    own = reverse("reviews:proposal_list", args=[cell.campaign_id, cell.live_unit_id])
    files = []
    for actor, page in (
        (secretary, own),
        (committee, reverse("reviews:file_detail", args=[file.pk])),
    ):
        client = client_of(actor)
        assert f'href="{slip}"' in client.get(page).content.decode()
        files.append(b"".join(client.get(slip).streaming_content))
    assert files[0] == files[1]


def test_the_slip_takes_as_many_queries_for_any_cell(cell, django_assert_num_queries):
    file = received(cell, *["GOOD"] * 5, state="SENT", answered_at=None)
    file = UnitFile.objects.select_related(*RELATED).get(pk=file.pk)
    with django_assert_num_queries(6):
        handover_paper(file, language="vi")


def test_who_decides_itself_hands_over_nothing(cell, secretary):
    file = received(cell, "GOOD", state="SENT", answered_at=None)
    UnitFile.objects.filter(pk=file.pk).update(goes_to=cell)
    slip = reverse("handover_print", args=[file.pk, "pdf"])
    own = reverse("reviews:proposal_list", args=[cell.campaign_id, cell.live_unit_id])
    client = client_of(secretary)

    assert slip not in client.get(own).content.decode()
    assert client.get(slip).status_code == 404


def test_of_a_draft_there_is_no_slip(cell, secretary):
    file = received(cell, "GOOD", state="DRAFT", sent_at=None, answered_at=None)
    slip = reverse("handover_print", args=[file.pk, "pdf"])
    own = reverse("reviews:proposal_list", args=[cell.campaign_id, cell.live_unit_id])
    client = client_of(secretary)

    assert slip not in client.get(own).content.decode()
    assert client.get(slip).status_code == 404
