"""The roll workbook as it is read: what each column takes, and what refuses a row."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils.translation import override

from members.sheets.roll import wording
from members.spreadsheets.reading import WorkbookRefused
from members.workbook.findings import Matter
from members.workbook.roll import RollMatter
from tests.roll_books import HEADS, book_of, read, row


def faults(*rows) -> list[tuple[int, str, str]]:
    reading = read(book_of(*rows)).reading
    return [(each.row, each.column, each.code) for each in reading.faults]


def test_a_row_becomes_what_the_registry_keeps():
    whole = row(
        "m1",
        " Y  Bhiŏ ",
        born="1960",
        sex="nam",
        admitted="02/1985",
        official=date(1986, 2, 3),
        card="38.012345",
        number="001080012345",
        status="chính thức",
    )
    rows = read(book_of(whole)).reading.rows

    assert rows.full_name == ["Y Bhiŏ"]
    assert (rows.born_on, rows.admitted_on) == (["1960"], ["1985-02"])
    assert rows.official_on == ["1986-02-03"]
    assert (rows.gender, rows.card_number) == (["M"], ["38012345"])
    assert (rows.personal_id, rows.standing) == (["001080012345"], ["FULL"])
    assert rows.row == [2]


def test_a_number_that_excel_keeps_as_one_is_read_as_its_digits():
    rows = read(book_of(row("m1", card=38012345, number=101080012345))).reading.rows

    assert (rows.card_number, rows.personal_id) == (["38012345"], ["101080012345"])


@pytest.mark.parametrize(
    ("bad", "column", "matter"),
    [
        ({"code": ""}, "Mã đảng viên", Matter.EMPTY),
        ({"code": "x" * 41}, "Mã đảng viên", Matter.TOO_LONG),
        ({"name": ""}, "Họ và tên", Matter.EMPTY),
        ({"name": "Lê\u200bHoa"}, "Họ và tên", Matter.CHARACTER),
        ({"name": "=A1"}, "Họ và tên", Matter.FORMULA),
        ({"born": "31/02/1960"}, "Ngày sinh", Matter.NOT_A_DATE),
        ({"sex": "x"}, "Giới tính", Matter.UNKNOWN_TERM),
        ({"cell": ""}, "Mã chi bộ", Matter.EMPTY),
        ({"cell": date(2020, 1, 2)}, "Mã chi bộ", Matter.DATE_FOR_TEXT),
        ({"card": "1234567"}, "Số thẻ đảng viên", RollMatter.CARD_NUMBER),
        ({"card": 38.012345}, "Số thẻ đảng viên", Matter.NUMBER_WITH_POINT),
        ({"number": "12345678"}, "Số định danh cá nhân", RollMatter.PERSONAL_ID),
        ({"number": 1080012345}, "Số định danh cá nhân", RollMatter.PERSONAL_ID),
        ({"status": "đã chuyển"}, "Tình trạng", Matter.UNKNOWN_TERM),
        (
            {"official": "", "status": "Đảng viên chính thức"},
            "Ngày chính thức",
            RollMatter.DAY_MISSING,
        ),
        ({"status": "Dự bị"}, "Ngày chính thức", RollMatter.DAY_TOO_MANY),
        (
            {"official": "", "card": "38.012345"},
            "Số thẻ đảng viên",
            RollMatter.CARD_ON_PROBATION,
        ),
    ],
)
def test_a_bad_cell_refuses_its_row_and_no_other(bad, column, matter):
    code = bad.pop("code", "m2")

    assert faults(row("m1"), row(code, **bad), row("m3")) == [(3, column, matter)]


def test_a_code_and_a_number_stand_once():
    first = row("Mã-1", number="001080012345")

    assert faults(first, row("ma-1"), row("m2", number="001080012345")) == [
        (3, "Mã đảng viên", Matter.TWICE),
        (4, "Số định danh cá nhân", RollMatter.NUMBER_TWICE),
    ]


def test_wrong_heads_refuse_the_file():
    reading = read(book_of(row("m1")[:-1] + ("x",), heads=(*HEADS[:-1], "Ghi chú")))

    assert reading.reading.rows is None
    assert [each.code for each in reading.reading.faults] == [
        Matter.HEAD_UNKNOWN,
        Matter.HEAD_MISSING,
    ]


def test_odd_dates_and_twins_are_notes():
    findings = read(
        book_of(
            row("m1"),
            row("m2", admitted="1990", official="1991"),
            row("m3", "LÊ THỊ HOÀ"),
            row("m4", "Lê Thị Hoa", born="1980"),
        )
    ).reading.findings

    assert [(each.row, each.code) for each in findings.notes()] == [
        (3, Matter.ADMITTED_TOO_YOUNG),
        (3, Matter.TWIN),
        (4, Matter.TWIN),
    ]
    assert not findings.faults()


def test_days_that_cannot_follow_each_other_refuse_their_row_as_the_page_does():
    faults = read(
        book_of(
            row("m1"),
            row("m2", admitted="1990", official="1989"),
            row("m3", admitted="1979", official=""),
            row("m4", born="1980", admitted="1980", official="05/1980"),
        )
    ).reading.faults

    assert [(each.row, each.code) for each in faults] == [
        (3, Matter.OFFICIAL_BEFORE_ADMISSION),
        (4, Matter.ADMITTED_BEFORE_BIRTH),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.7", "not_xlsx"), (book_of(), "no_rows")],
)
def test_what_is_no_roll_is_refused_in_a_sentence(content, code):
    with pytest.raises(WorkbookRefused) as refused:
        read(content)

    assert refused.value.code == code


def test_another_workbook_is_told_from_a_roll():

    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(WorkbookRefused) as refused:
        read(stream.getvalue())

    assert refused.value.code == "other_sheets"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_matter_has_a_text(language):
    with override(language):
        assert {*Matter, *RollMatter} == set(wording.texts)
