"""The sheets that bodies fill in, and the empty form of an accusation."""

import html
import io
import re
from datetime import date

import pypdf
import pytest

from campaigns.vocabulary.opinions import opinion_lists
from reports.documents.accusations import accusation_printout
from reports.documents.opinions import OpinionSheet, opinions_printout
from reports.documents.pdf import html_to_pdf
from reports.documents.printout_html import to_html
from tests.reports.printouts import says_the_same

KINDS = tuple(opinion_lists().askable)
LONG = "Đảng ủy Trường Đại học Khoa học Xã hội và Nhân văn, Đại học Quốc gia Hà Nội"
LANGUAGES = ("vi", "en")


def opinion_sheet(kind="RESIDENCE", **columns):
    facts = {
        "kind": opinion_lists().askable[kind],
        "number": 1204,
        "body_name": "Chi ủy khu phố 3",
        "unit": "Chi bộ Mầm non",
        "year": 2025,
        "subject": "Lê Thị Hoa",
        "born_on": "17/05/1980",
        "admitted_on": "05/2004",
        "cell": "Chi bộ Mầm non",
        "due_on": date(2025, 11, 20),
        "text": "",
        "signed_on": None,
    }
    return OpinionSheet(**facts | columns)


def printed(*sheets, language="vi"):
    return opinions_printout(sheets, language=language)


def text_of(printout):
    page = to_html(printout)
    body = page[page.index("<body>") :]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def pages_of(printout):
    return pypdf.PdfReader(io.BytesIO(html_to_pdf(to_html(printout)))).pages


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_one_page_however_long_its_names(kind, language):
    long = opinion_sheet(
        kind, body_name=LONG, unit=LONG, cell=LONG, subject="Công Tằng Tôn Nữ Thị " * 2
    )
    both = printed(opinion_sheet(kind), long, language=language)

    assert len(pages_of(both)) == 2
    assert says_the_same(both)


def test_short_names_leave_more_room_to_write():
    short, long = opinion_sheet(), opinion_sheet(body_name=LONG, unit=LONG)

    rooms = [to_html(printed(each)).count('class="dots"') - 1 for each in (short, long)]
    assert rooms == [12, 4]
    mass = opinion_sheet("MASS_ORGANISATION")
    assert to_html(printed(mass, language="en")).count('class="dots"') == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_about_whom_what_is_asked_and_by_when(language):
    said = text_of(printed(opinion_sheet(), language=language))

    for each in opinion_lists().askable["RESIDENCE"].headings:
        assert each.vi in said
        assert (each.en in said) == (language == "en")
    for words in ("Phiếu số 1204", "CHI ỦY KHU PHỐ 3", "Lê Thị Hoa", "20/11/2025"):
        assert words in said
    assert ("Place of residence" if language == "en" else "Nơi cư trú") in said
    assert said.count("Chi bộ Mầm non") == 3


def test_of_what_has_come_the_words_stand_in_the_place_of_lines():
    come = opinion_sheet(text="Gương mẫu.\n\nDự họp đủ.", signed_on=date(2025, 2, 5))
    page = to_html(printed(come))

    assert '<p class="body">Gương mẫu.</p>' in page
    assert page.count('class="dots"') == 1  # of the place of residence
    assert "ngày 05 tháng 02 năm 2025" in page
    assert "ngày 05 tháng" not in to_html(printed(opinion_sheet()))


def test_the_head_is_that_of_the_party_or_of_the_state():
    party = text_of(printed(opinion_sheet("RESIDENCE")))
    union = text_of(printed(opinion_sheet("MASS_ORGANISATION")))

    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party
    assert "Độc lập - Tự do - Hạnh phúc" not in party
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in union
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" not in union


def test_of_a_collective_there_is_no_cell_and_nobody_was_born():
    sheet = opinion_sheet(
        "MASS_ORGANISATION",
        cell="",
        born_on="",
        admitted_on="",
        subject="Ban Giám hiệu",
    )
    said = text_of(printed(sheet))

    assert "Tập thể: Ban Giám hiệu" in said
    assert "Ngày sinh" not in said
    assert "Đồng chí" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_an_accusation_is_one_page_with_its_number_or_without(language):
    numbered = accusation_printout(
        number="251110-AB23-CD45", on=date(2025, 11, 10), language=language
    )
    blank = accusation_printout(number="", on=None, language=language)

    for form in (numbered, blank):
        assert len(pages_of(form)) == 1
        assert says_the_same(form)
        assert "ĐƠN TỐ CÁO" in text_of(form)
    assert "251110-AB23-CD45" in text_of(numbered)
    assert "10/11/2025" in text_of(numbered)
    assert ("Form without a number." in text_of(blank)) == (language == "en")
    assert ("Who is accused" in text_of(blank)) == (language == "en")
