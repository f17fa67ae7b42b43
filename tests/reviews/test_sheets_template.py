"""The empty workbook: its heads, its lists, its help."""

from itertools import pairwise

import pytest

from campaigns.rulesets import load
from members.sheets.guide import HELP_SHEET
from members.sheets.lists import LISTS_SHEET
from members.vocabulary import vocabulary
from reviews.sheets.guide import HELP
from reviews.workbook.layout import LAYOUTS, UNITS
from tests.reviews.result_sheets import (
    CELL,
    COMMITTEE,
    PEOPLE_NAME,
    PERSON,
    PERSON_HEADS,
    ROOT,
    TREE,
    UNIT_HEADS,
    UNITS_NAME,
    parsed,
    sheets_of,
    with_cell,
)
from tests.reviews.written_books import (
    annotated,
    choices_of,
    opened,
    read,
    saved,
    template_of,
)

pytestmark = pytest.mark.usefixtures("english")


def test_template_has_the_heads_of_both_sheets_and_no_rows():
    sheets = read(template_of())

    heads = {
        name: [column.head for column in sheet.columns]
        for name, sheet in sheets.items()
    }
    assert heads == {UNITS_NAME: list(UNIT_HEADS), PEOPLE_NAME: list(PERSON_HEADS)}
    assert [sheet.rows for sheet in sheets.values()] == [[], []]
    assert opened(template_of()).sheetnames == [
        UNITS_NAME,
        PEOPLE_NAME,
        LISTS_SHEET,
        HELP_SHEET,
    ]


def test_template_filled_in_becomes_the_contents_of_a_campaign():
    book = opened(template_of())
    for unit in TREE:
        book[UNITS_NAME].append(unit)
    book[PEOPLE_NAME].append(PERSON)

    result = parsed(read(saved(book)))

    assert result == parsed(sheets_of(people=[PERSON]))
    assert result.faults == ()


def test_template_offers_lists_from_which_every_text_is_read():
    choices = choices_of(opened(template_of()), UNITS_NAME)

    lists = vocabulary()
    assert choices == {
        "Loại tổ chức đảng": [kind.label.vi for kind in lists.kinds.values()],
        "Loại hình TCCSĐ": [sector.label.vi for sector in lists.sectors.values()],
        "Xếp loại chất lượng": [
            "Hoàn thành xuất sắc nhiệm vụ",
            "Hoàn thành tốt nhiệm vụ",
            "Hoàn thành nhiệm vụ",
            "Không hoàn thành nhiệm vụ",
            "Trong sạch, vững mạnh tiêu biểu",
            "Trong sạch, vững mạnh",
            "Yếu kém",
        ],
    }


def test_template_offers_lists_for_people():
    choices = choices_of(opened(template_of()), PEOPLE_NAME)

    rules = load("qd366-2025")
    assert list(choices) == [
        "Giới tính",
        "Tình trạng",
        "Xếp loại chất lượng",
        "Lý do không hoàn thành nhiệm vụ",
    ]
    assert choices["Giới tính"] == ["Nam", "Nữ"]
    assert choices["Tình trạng"] == [status.label.vi for status in rules.statuses]
    assert choices["Xếp loại chất lượng"][:4] == [
        level.label.vi for level in rules.members.levels
    ]


def test_template_of_a_year_offers_what_is_valid_then():
    choices = choices_of(opened(template_of(year=2025)), UNITS_NAME)

    assert "huyện" not in choices["Loại tổ chức đảng"]
    assert "đặc khu" in choices["Loại tổ chức đảng"]
    assert "Thị trấn" not in choices["Loại hình TCCSĐ"]


def without_blanks(texts):
    return {label: text for label, text in texts.items() if text}


def test_lists_say_to_what_alone_an_entry_applies():
    columns = [
        list(column)
        for column in zip(*opened(template_of())[LISTS_SHEET].values, strict=True)
    ]

    only_for = {
        labels[0]: dict(zip(labels, limits, strict=True))
        for labels, limits in pairwise(columns)
        if limits[0] == "Only for"
    }
    assert without_blanks(only_for.pop("Đơn vị: Loại tổ chức đảng")) == {
        "Đơn vị: Loại tổ chức đảng": "Only for",
        "huyện": "until 31/12/2024",
        "khối": "until 31/12/2024",
        "xã": "01/01/2025–31/12/2025",
        "phường": "01/01/2025–31/12/2025",
        "đặc khu": "01/01/2025–31/12/2025",
    }
    old = "Guidance 27-HD/BTCTW (2014)"
    newer = [load(code).label.en for code in ("qd366-2025", "qd124-2023", "qd132-2018")]
    assert without_blanks(only_for.pop("Đơn vị: Xếp loại chất lượng")) == {
        "Đơn vị: Xếp loại chất lượng": "Only for",
        "Hoàn thành xuất sắc nhiệm vụ": "; ".join(newer),
        "Không hoàn thành nhiệm vụ": "; ".join(newer),
        "Trong sạch, vững mạnh tiêu biểu": old,
        "Trong sạch, vững mạnh": old,
        "Yếu kém": old,
    }
    assert list(only_for) == [
        "Đơn vị: Loại hình TCCSĐ",
        "Đảng viên: Xếp loại chất lượng",
    ]


def test_every_sheet_prints_one_landscape_page_wide_with_its_heads():
    bad = sheets_of([ROOT, COMMITTEE, with_cell(CELL, UNITS, "Tên đơn vị", "")])
    books = [opened(template_of()), opened(annotated(bad, parsed(bad).faults))]

    for sheet in [sheet for book in books for sheet in book]:
        setup = sheet.page_setup
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.orientation, setup.paperSize) == ("landscape", 9)
        # One page wide is what a file says by leaving it out.
        assert (setup.fitToWidth, setup.fitToHeight) == (None, 0)
        assert sheet.print_title_rows == "$1:$1"


def test_template_keeps_what_is_typed_as_text_and_the_heads_in_sight():
    book = opened(template_of())

    for layout in LAYOUTS:
        sheet = book[layout.name]
        assert sheet.freeze_panes == "A2"
        styles = {column.number_format for column in sheet.column_dimensions.values()}
        assert styles == {"@"}


def test_template_says_of_every_column_what_to_enter():
    rows = list(opened(template_of())[HELP_SHEET].values)

    assert rows[0] == ("Sheet", "Column", "What to enter")
    assert [row[:2] for row in rows[1:]] == [
        (layout.name, head.label) for layout in LAYOUTS for head in layout.heads
    ]
    assert len(HELP) == len(UNIT_HEADS) + len(PERSON_HEADS)


def test_rows_of_help_and_heads_of_lists_are_as_high_as_their_texts():
    book = opened(template_of())
    helped, listed = book[HELP_SHEET], book[LISTS_SHEET]
    longest = max(helped.iter_rows(min_row=2), key=lambda row: len(row[2].value))

    assert len(longest[2].value) > helped.column_dimensions["C"].width
    assert helped.row_dimensions[longest[0].row].height == 30
    assert listed.row_dimensions[1].height == 30
