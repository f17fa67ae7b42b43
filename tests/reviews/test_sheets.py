import io
import re
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.rulesets import available, load
from members.spreadsheets.cells import ROLL_LIMITS, Column, Sheet
from members.spreadsheets.reading import read_sheets
from members.vocabulary import Label, vocabulary
from reviews.sheets import (
    annotated_name,
    finding_line,
    finding_text,
    write_annotated,
    write_template,
)
from reviews.sheets.annotated import FAULTS_SHEET
from reviews.sheets.guide import HELP, HELP_SHEET
from reviews.sheets.lists import LISTS_SHEET
from reviews.sheets.texts import WRONG
from reviews.sheets.writing import TextTooLong, new_book, put
from reviews.workbook import SHEET_NAMES
from reviews.workbook.findings import Finding, Matter
from reviews.workbook.layout import LAYOUTS, PEOPLE, UNITS
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
    sheet_of,
    sheets_of,
    with_cell,
)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def read(tmp_path):
    """Read a file as an upload is read."""

    def read(data):
        path = tmp_path / "upload.xlsx"
        path.write_bytes(data)
        return read_sheets(path, limits=ROLL_LIMITS, names=SHEET_NAMES)

    return read


def template_of(*, year=None):
    stream = io.BytesIO()
    write_template(
        stream,
        vocabulary=vocabulary(),
        rule_sets=[load(code) for code in available()],
        year=year,
    )
    return stream.getvalue()


def annotated(sheets, faults, *, rule_set="qd132-2018", year=2018):
    stream = io.BytesIO()
    write_annotated(stream, sheets, faults, rule_set=load(rule_set), year=year)
    return stream.getvalue()


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def choices_of(book, sheet_name):
    """The list behind each column of a sheet, by the column's head."""
    sheet = book[sheet_name]
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (place,) = rule.sqref.ranges
        area = re.fullmatch(r"'(.+)'!(.+)", rule.formula1)
        cells = book[area[1]][area[2].replace("$", "")]
        head = sheet.cell(1, place.min_col).value
        found[head] = [cell.value for (cell,) in cells]
        assert (place.min_row, place.max_row) == (2, ROLL_LIMITS.max_rows + 1)
    return found


def test_template_has_the_heads_of_both_sheets_and_no_rows(read):
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


def test_template_filled_in_becomes_the_contents_of_a_campaign(read):
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


def test_annotated_copy_says_in_each_row_what_is_wrong(read):
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
        FAULTS_SHEET,
        LISTS_SHEET,
        HELP_SHEET,
    ]


def test_annotated_copy_lists_every_fault_with_its_place(read):
    sheets = sheets_of(people=[with_cell(PERSON, PEOPLE, "Giới tính", "x")])
    del sheets[UNITS_NAME]

    copy = opened(annotated(sheets, parsed(sheets).faults))

    assert list(copy[FAULTS_SHEET].values) == [
        ("Sheet", "Row", "Column", "Value", "What is wrong", "What is allowed"),
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
    monkeypatch.setattr("reviews.sheets.annotated._LISTED", 2)
    faults = [Finding(UNITS_NAME, row, "", "", Matter.EMPTY) for row in range(2, 7)]

    rows = list(opened(annotated({}, faults))[FAULTS_SHEET].values)

    assert [row[0] for row in rows] == [
        "Sheet",
        UNITS_NAME,
        UNITS_NAME,
        "And 3 more, in the column “Lỗi” of each sheet.",
    ]


def test_annotated_copy_keeps_row_numbers_and_shows_dates_as_typed(read):
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
    assert annotated_name("kết quả.v2.xlsx") == "kết quả.v2-ghi-loi.xlsx"


def test_annotated_copy_corrected_is_read_like_any_upload(read):
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


def test_control_characters_do_not_spoil_the_copy():
    sheet = sheet_of(UNITS_NAME, ("Tên đơn vị",), ("a\x00b\x1fc\ufffe",))

    assert opened(annotated({UNITS_NAME: sheet}, []))[UNITS_NAME]["A2"].value == "abc"


def test_text_that_excel_would_cut_is_refused():
    with (
        new_book(io.BytesIO()) as book,
        pytest.raises(TextTooLong, match="row 3: 32768 characters"),
    ):
        put(book.add_worksheet(), 2, 0, "x" * 32_768)


def test_every_matter_has_a_text():
    assert set(WRONG) == set(Matter)


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
    assert finding_line(Finding(UNITS_NAME, 0, "", "", Matter.NO_ROOT)) == (
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
        UNITS_NAME, 2, "Loại", "x", Matter.NOT_VALID, {"year": 2018, "advice": advice}
    )

    with override(language):
        assert finding_text(finding).endswith(f" {word}")


def test_term_without_advice_has_none():
    finding = Finding(
        UNITS_NAME, 2, "Loại", "x", Matter.NOT_VALID, {"year": 2018, "advice": None}
    )

    assert finding_text(finding) == "This does not exist at the end of 2018."
