"""The notice of the result on paper: what it says, in either language."""

import html
import re

import pytest
from django.urls import reverse

from reports.documents.notices import notices_printout
from reports.documents.printout_html import to_html
from reports.queries.notices import notice_papers
from reviews.queries.notices import notices_in, notices_of
from reviews.services import notifying
from tests.clients import client_of
from tests.reports.printouts import says_the_same
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import NOW, cell, holder
from tests.reviews.notice_worlds import answered, own, own_again, rated, upper

__all__ = ["cell"]
pytestmark = pytest.mark.django_db


def text_of(notices, language="vi"):
    papers = notice_papers(notices, language=language)
    printout = notices_printout(papers, language=language)
    assert says_the_same(printout)
    page = to_html(printout)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_it_says_the_level_its_reason_and_how_to_ask_for_another_look(cell):
    person = rated(cell, "NOT_COMPLETED")
    notices = notices_in(cell, holder(cell))

    said = text_of(notices)

    assert "THÔNG BÁO" in said
    assert f"{person.full_name} Mã đảng viên: {person.member.code}" in said
    assert "Không hoàn thành nhiệm vụ" in said
    assert f"đề nghị {cell.parent.parent.name} xem xét lại trong 30 ngày" in said
    assert text_of(notices) == said
    english = text_of(notices, "en")
    assert (
        f"may ask {cell.parent.parent.name} for another look within 30 days" in english
    )


def test_the_notice_of_an_answer_says_what_stood_before_and_asks_no_more(cell):
    person = rated(cell, "SATISFACTORY")
    actor = own(person)
    (notice,) = notices_of(actor)
    request = notifying.ask(notice=notice, text="Xin xem lại", actor=actor, now=NOW)
    answered(request, upper(cell), "GOOD")

    latest, first = notices_of(own_again(person))

    said = text_of([latest])
    assert "Mức xếp loại trước: Hoàn thành nhiệm vụ" in said
    assert "Đã xem hồ sơ" in said
    assert "xem xét lại trong" not in said
    assert "xem xét lại trong 30 ngày" in text_of([first])


def test_all_of_a_cell_are_one_file(cell):
    client = client_of(holder(cell))
    printed = address("notice_list", cell).rstrip("/") + "/pdf/"
    assert client.get(printed).status_code == 404
    rated(cell)
    rated(cell)

    assert printed == reverse(
        "unit_notices_print", args=[cell.campaign_id, cell.live_unit_id, "pdf"]
    )
    answer = client.get(printed)
    assert answer["Content-Type"] == "application/pdf"
