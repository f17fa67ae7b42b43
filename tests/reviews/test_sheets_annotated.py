"""The copy of a workbook that says beside each row what is the matter."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.rulesets import load
from members.sheets.annotated import FAULTS, NOTES, annotated_name
from members.sheets.guide import HELP_SHEET
from members.sheets.lists import LISTS_SHEET
from members.spreadsheets.cells import Column, Sheet
from members.vocabulary import vocabulary
from members.workbook.findings import Finding, Matter
from reviews.sheets.texts import WRONG
from reviews.workbook.findings import ResultsMatter
from reviews.workbook.layout import PEOPLE, UNITS
from tests.reviews.result_sheets import (
    CELL,
    COMMITTEE,
    PEOPLE_NAME,
    PERSON,
    PERSON_HEADS,
    ROOT,
    UNIT_HEADS,
    UNITS_NAME,
    parsed,
    sheet_of,
    sheets_of,
    with_cell,
)
from tests.reviews.written_books import annotated, choices_of, opened, read, saved

pytestmark = pytest.mark.usefixtures("english")


def test_annotated_copy_says_in_each_row_what_is_wrong():
    bad = with_cell(CELL, UNITS, "Loại tổ chức đảng", "liên chi")
    bad = with_cell(bad, UNITS, "Tên đơn vị", "")
    sheets = sheets_of([ROOT, COMMITTEE, bad])

    copy = opened(annotated(sheets, parsed(sheets).faults))

    rows = list(copy[UNITS_NAME].values)
    assert rows[0] == (*UNIT_HEADS, "Lỗi")
    assert rows[1] == (*(text or None for text in ROOT), None)
    assert rows[3][-1] == (
        "Tên đơn vị: Something must stand here.\n"
        "Loại tổ chức đảng: This is not in the list. Allowed: trung ương; tỉnh; huyện;"
        " khối; cấp trên trực tiếp cơ sở; đảng bộ cơ sở; đảng bộ trực thuộc cơ sở;"
        " đảng bộ bộ phận; chi bộ cơ sở; chi bộ."
    )
    heights = [copy[UNITS_NAME].row_dimensions[row].height for row in (3, 4)]
    assert heights == [None, 60]  # four lines: one fault is short, one fills three
    fills = [copy[UNITS_NAME].cell(row, 1).fill.fgColor.rgb for row in (3, 4)]
    assert fills == ["00000000", "FFFCE8E6"]
    assert copy.sheetnames == [
        UNITS_NAME,
        PEOPLE_NAME,
        FAULTS.list_name,
        LISTS_SHEET,
        HELP_SHEET,
    ]


def test_annotated_copy_lists_every_fault_with_its_place():
    sheets = sheets_of(people=[with_cell(PERSON, PEOPLE, "Giới tính", "x")])
    del sheets[UNITS_NAME]

    copy = opened(annotated(sheets, parsed(sheets).faults))

    assert list(copy[FAULTS.list_name].values) == [
        ("Trang tính", "Dòng", "Cột", "Giá trị", "Sai ở đâu", "Được phép ghi"),
        (UNITS_NAME, None, None, None, "The workbook has no sheet of this name.", None),
        (
            PEOPLE_NAME,
            "2",
            "Giới tính",
            "x",
            "This is not in the list.",
            "Nam; Nữ",
        ),
    ]


def test_long_list_of_faults_ends_with_how_many_more_there_are(monkeypatch):
    monkeypatch.setattr("members.sheets.annotated._LISTED", 2)
    faults = [Finding(UNITS_NAME, row, "", "", Matter.EMPTY) for row in range(2, 7)]

    rows = list(opened(annotated({}, faults))[FAULTS.list_name].values)

    assert [row[0] for row in rows] == [
        "Trang tính",
        UNITS_NAME,
        UNITS_NAME,
        "And 3 more, in the column “Lỗi” of each sheet.",
    ]


def test_annotated_copy_keeps_row_numbers_and_shows_dates_as_typed():
    sheet = Sheet(
        UNITS_NAME,
        [3, 7],
        [
            Column("A", "Mã đơn vị", ["2018-02-01", "007"], "dt"),
            Column("B", "lỗi", ["old", "old"], "tt"),
        ],
    )

    copy = opened(annotated({UNITS_NAME: sheet}, []))[UNITS_NAME]

    cells = {cell.coordinate: cell.value for row in copy for cell in row if cell.value}
    assert cells == {"A1": "Mã đơn vị", "B1": "Lỗi", "A3": "01/02/2018", "A7": "007"}


def test_annotated_copy_offers_what_may_stand_there_whatever_the_heads_order():
    heads = ("Xếp loại", "Tên đơn vị", "Ghi chú", "loại")
    sheet = sheet_of(UNITS_NAME, heads, ("x", "y", "", "z"))

    choices = choices_of(opened(annotated({UNITS_NAME: sheet}, [])), UNITS_NAME)

    assert list(choices) == ["Xếp loại", "loại"]
    assert choices["Xếp loại"] == [
        level.label.vi for level in load("qd132-2018").organisations.levels
    ]
    assert choices["loại"] == [
        kind.label.vi for kind in vocabulary().kinds_on(date(2018, 12, 31))
    ]


def test_annotated_copy_has_a_name_of_its_own():
    names = [annotated_name("kết quả.v2.xlsx", each) for each in (FAULTS, NOTES)]

    assert names == ["kết quả.v2-ghi-loi.xlsx", "kết quả.v2-ghi-luu-y.xlsx"]


def test_copy_of_an_accepted_file_says_what_is_to_be_noted():
    sheets = sheets_of(people=[PERSON])
    notes = [
        Finding(PEOPLE_NAME, 2, "Họ và tên", PERSON[1], Matter.TWIN, {"row": 9}),
        Finding("", 0, "", "", ResultsMatter.NO_UNITS),
    ]

    copy = opened(annotated(sheets, notes, marking=NOTES))

    told = "Row 9 has a name that looks the same, and the same date of birth."
    assert [row[-1] for row in copy[PEOPLE_NAME].values] == [
        "Lưu ý",
        f"Họ và tên: {told}",
    ]
    assert list(copy[NOTES.list_name].values) == [
        ("Trang tính", "Dòng", "Cột", "Giá trị", "Điều cần lưu ý"),
        (PEOPLE_NAME, "2", "Họ và tên", PERSON[1], told),
        (None, None, None, None, WRONG[ResultsMatter.NO_UNITS]),
    ]


def test_copy_with_notes_is_read_like_any_upload():
    sheets = sheets_of(people=[PERSON])
    note = Finding(PEOPLE_NAME, 2, "Họ và tên", PERSON[1], Matter.TWIN, {"row": 9})

    noted = read(annotated(sheets, [note], marking=NOTES))

    assert parsed(noted) == parsed(sheets)
    again = opened(annotated(noted, [], marking=FAULTS))[PEOPLE_NAME]
    assert [cell.value for cell in again[1]] == [*PERSON_HEADS, "Lỗi"]


def test_annotated_copy_corrected_is_read_like_any_upload():
    sheets = sheets_of(people=[with_cell(PERSON, PEOPLE, "Mã chi bộ", "??")])
    copy = opened(annotated(sheets, parsed(sheets).faults))
    copy[PEOPLE_NAME]["E2"] = "C"

    assert parsed(read(saved(copy))) == parsed(sheets_of(people=[PERSON]))


DANGEROUS = st.builds(
    str.__add__,
    st.sampled_from(
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)", "http://a"]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
)


@settings(max_examples=25)
@given(DANGEROUS)
def test_text_stays_text_in_the_annotated_copy(text):
    sheet = sheet_of(UNITS_NAME, ("Tên đơn vị",), (text,))
    fault = Finding(UNITS_NAME, 2, text, text, Matter.EMPTY)

    copy = opened(annotated({UNITS_NAME: sheet}, [fault]))

    cells = [cell for page in copy for row in page for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []
    kept = copy[UNITS_NAME]["A2"].value
    assert kept.replace("\r", "\n") == text.replace("\r", "\n")


def test_control_characters_do_not_spoil_the_copy():
    sheet = sheet_of(UNITS_NAME, ("Tên đơn vị",), ("a\x00b\x1fc\ufffe",))

    assert opened(annotated({UNITS_NAME: sheet}, []))[UNITS_NAME]["A2"].value == "abc"
