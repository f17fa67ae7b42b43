"""Findings in words, and text that stays text in a cell."""

import gc
import io
import sys
from pathlib import Path

import pytest
from django.utils.translation import override

from members.sheets.writing import TextTooLong, new_book, put
from members.vocabulary import Label
from members.workbook.findings import Finding, Matter
from reviews.sheets import finding_line, finding_text
from reviews.sheets.texts import WRONG
from reviews.workbook.findings import ResultsMatter
from tests.reviews.result_sheets import PEOPLE_NAME, UNITS_NAME
from tests.reviews.written_books import opened

pytestmark = pytest.mark.usefixtures("english")


def test_text_stays_text_whatever_way_it_is_written():
    stream = io.BytesIO()
    with new_book(stream) as book:
        book.add_worksheet().write_row(0, 0, ["=1+1", "http://a", "0012"])

    cells = next(opened(stream.getvalue()).active.rows)
    assert [(cell.value, cell.data_type) for cell in cells] == [
        ("=1+1", "s"),
        ("http://a", "s"),
        ("0012", "s"),
    ]
    assert cells[1].hyperlink is None


def test_text_that_excel_would_cut_is_refused():
    with (
        new_book(io.BytesIO()) as book,
        pytest.raises(TextTooLong, match="row 3: 32768 characters"),
    ):
        put(book.add_worksheet(), 2, 0, "x" * 32_768)


def test_a_disk_that_is_full_is_told_once(monkeypatch):
    told_again = []
    monkeypatch.setattr(sys, "unraisablehook", told_again.append)

    with (
        pytest.raises(OSError, match="No space left"),
        Path("/dev/full").open("wb") as stream,
        new_book(stream) as book,
    ):
        book.add_worksheet()
    gc.collect()

    assert not told_again


def test_every_matter_has_a_text():
    assert set(WRONG) == {*Matter, *ResultsMatter}


def test_finding_is_told_in_one_line():
    finding = Finding(
        PEOPLE_NAME,
        2,
        "Giới tính",
        "x\ny",
        Matter.UNKNOWN_TERM,
        {"allowed": ("Nam", "Nữ")},
    )

    assert finding_text(finding) == "This is not in the list. Allowed: Nam; Nữ."
    assert finding_line(finding) == (
        "“Đảng viên”, row 2, column “Giới tính”: “x y”. This is not in the list."
        " Allowed: Nam; Nữ."
    )
    assert finding_line(Finding(UNITS_NAME, 0, "", "", ResultsMatter.NO_ROOT)) == (
        "“Đơn vị”: No unit is the root: exactly one must have no unit above it."
    )


def test_long_value_is_cut_in_the_line():
    finding = Finding(
        UNITS_NAME, 2, "Tên đơn vị", "x" * 300, Matter.TOO_LONG, {"limit": 255}
    )

    assert f"“{'x' * 80}…”" in finding_line(finding)


@pytest.mark.parametrize(("language", "word"), [("vi", "xã"), ("en", "commune")])
def test_advice_is_in_the_language_of_the_reader(language, word):
    advice = Label(vi="ghi là xã", en="write commune")
    finding = Finding(
        UNITS_NAME,
        2,
        "Loại",
        "x",
        ResultsMatter.NOT_VALID,
        {"year": 2018, "advice": advice},
    )

    with override(language):
        assert finding_text(finding).endswith(f" {word}")


def test_term_without_advice_has_none():
    finding = Finding(
        UNITS_NAME,
        2,
        "Loại",
        "x",
        ResultsMatter.NOT_VALID,
        {"year": 2018, "advice": None},
    )

    assert finding_text(finding) == "This does not exist at the end of 2018."
