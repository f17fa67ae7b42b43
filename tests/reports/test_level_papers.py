"""The decision on levels and the letter that asks for it, on paper."""

import html
import re

import pytest
from django.urls import reverse

from reports.documents.level_papers import decision_printout, request_printout
from reports.documents.printout_html import to_html
from reports.queries.level_papers import decision_paper, request_paper
from tests.clients import client_of
from tests.factories import DecisionFactory, DecisionLineFactory, ProposalFactory
from tests.reports.printouts import says_the_same
from tests.reviews.level_worlds import cell, committee, holder, received, someone

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def decided(cell, *levels):
    decision = DecisionFactory(unit=cell.parent, document="12-QĐ/ĐU")
    for level in levels:
        DecisionLineFactory(
            decision=decision,
            participant=someone(cell),
            level=level,
            proposed_level=level,
        )
    return decision


def test_a_decision_names_its_meeting_its_numbers_and_everybody(cell, committee):
    decision = decided(cell, "GOOD", "EXCELLENT", "GOOD")

    paper = decision_paper(decision, committee, language="vi")

    said = text_of(to_html(decision_printout(paper)))
    assert "Số 12-QĐ/ĐU" in said
    assert (
        "QUYẾT ĐỊNH công nhận kết quả đánh giá, xếp loại chất lượng đảng viên" in said
    )
    assert f"Xét đề nghị của {cell.name}," in said
    assert (
        "Điều 1. Công nhận mức xếp loại của 3 đảng viên: hoàn thành xuất sắc nhiệm vụ 1, "
        "hoàn thành tốt nhiệm vụ 2 (có danh sách kèm theo)."
    ) in said
    names = [each.name for each in paper.people]
    assert all(f"{number} {name}" in said for number, name in enumerate(names, start=1))
    assert decision.signed_by in said
    english = text_of(
        to_html(decision_printout(decision_paper(decision, committee, language="en")))
    )
    assert "The levels of 3 members are recognised" in english
    assert says_the_same(decision_printout(paper))


def test_a_letter_lists_who_is_proposed_and_who_is_not_with_the_reason(cell):
    file = received(cell, "GOOD", "NOT_COMPLETED", state="SENT", answered_at=None)
    without = someone(cell)
    exempt = someone(cell)
    type(exempt).objects.filter(pk=exempt.pk).update(status="EXEMPT")

    paper = request_paper(cell, file, language="vi")

    said = text_of(to_html(request_printout(paper)))
    assert "TỜ TRÌNH đề nghị công nhận kết quả" in said
    assert f"Kính gửi: {paper.addressed_to}" in said
    assert f"{cell.name} đề nghị công nhận mức xếp loại của 2 đảng viên" in said
    assert "2 đảng viên chưa được đề nghị xếp loại" in said
    assert {each.name for each in paper.left_out} == {
        without.full_name, exempt.full_name,
    }  # fmt: skip
    assert all(each.why in said for each in paper.left_out)
    assert "The levels" not in said
    assert says_the_same(request_printout(paper))


def test_nothing_is_printed_where_there_is_no_list_or_nobody_above(cell):
    file = received(cell, state="DRAFT", sent_at=None, answered_at=None)
    assert request_paper(cell, file, language="vi") is None

    ProposalFactory(file=file, participant=someone(cell))
    assert request_paper(cell, file, language="vi") is not None
    file.goes_to = cell
    assert request_paper(cell, file, language="vi") is None


def test_the_committee_prints_its_decision_and_the_cell_does_not(cell, committee):
    decision = decided(cell, "GOOD")
    printed = reverse("decision_print", args=[decision.pk, "pdf"])

    page = client_of(committee).get(
        reverse("reviews:decision_detail", args=[decision.pk])
    )
    assert printed in page.content.decode()
    assert printed.replace("pdf", "docx") in page.content.decode()
    assert client_of(committee).get(printed)["Content-Type"] == "application/pdf"
    secretary = client_of(holder(cell))
    page = secretary.get(reverse("reviews:decision_detail", args=[decision.pk]))
    assert printed not in page.content.decode()
    assert secretary.get(printed).status_code == 404


def test_the_cell_prints_its_letter(cell):
    received(cell, "GOOD", state="SENT", answered_at=None)
    printed = reverse(
        "request_print", args=[cell.campaign_id, cell.live_unit_id, "pdf"]
    )
    client = client_of(holder(cell))

    page = client.get(
        reverse("reviews:proposal_list", args=[cell.campaign_id, cell.live_unit_id])
    )

    assert printed in page.content.decode()
    assert printed.replace("pdf", "docx") in page.content.decode()
    assert client.get(printed)["Content-Type"] == "application/pdf"
