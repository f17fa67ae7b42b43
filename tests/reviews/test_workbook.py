from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.contents import NO_PARENT, Contents, PeopleTable, UnitTable
from members.spreadsheets.cells import Column, Mark
from members.workbook.findings import Finding
from reviews.workbook import Parsed
from reviews.workbook.layout import PEOPLE, UNITS
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
    brief,
    parsed,
    sheet_of,
    sheets_of,
    with_cell,
)

WHOLE = Parsed(
    contents=Contents(
        units=UnitTable(
            code=["H", "G", "C"],
            name=["Đảng bộ huyện Yên Lạc", "Đảng bộ xã Bình Định", "Chi bộ thôn 1"],
            parent=[NO_PARENT, 0, 1],
            kind=["DISTRICT", "GRASSROOTS_COMMITTEE", "CELL"],
            sector=["", "COMMUNE", "COMMUNE"],
            level=["", "", "CLEAN_STRONG"],
            row=[2, 3, 4],
        ),
        people=PeopleTable(
            code=["DV1"],
            full_name=["Nguyễn Văn An"],
            born_on=["1960-05-17"],
            gender=["M"],
            unit=[2],
            admitted_on=["1985-02-03"],
            official_on=["1986-02-03"],
            status=["ASSESSED"],
            level=["GOOD"],
            reason=[""],
            row=[2],
        ),
    ),
    faults=(),
    notes=(),
)


def renamed(sheet, heads):
    return replace(
        sheet,
        columns=[
            replace(column, head=heads.get(column.head, column.head))
            for column in sheet.columns
        ],
    )


def test_workbook_becomes_the_contents_of_a_campaign():
    assert parsed(sheets_of(people=[PERSON])) == WHOLE


def test_columns_may_stand_in_any_order():
    sheets = sheets_of(people=[PERSON])
    turned = {
        name: replace(sheet, columns=sheet.columns[::-1])
        for name, sheet in sheets.items()
    }

    assert parsed(turned) == WHOLE


def test_heads_forgive_accents_case_and_blanks_and_may_be_short():
    sheets = sheets_of(people=[PERSON])
    sheets[UNITS_NAME] = renamed(
        sheets[UNITS_NAME],
        {
            "Mã đơn vị": "  MA DON VI ",
            "Loại tổ chức đảng": "loại",
            "Loại hình TCCSĐ": "LOẠI HÌNH",
            "Xếp loại chất lượng": "Xê\u0301p loại",
        },
    )
    sheets[PEOPLE_NAME] = renamed(
        sheets[PEOPLE_NAME],
        {
            "Xếp loại chất lượng": "xep loai",
            "Lý do không hoàn thành nhiệm vụ": "Lý do",
        },
    )

    assert parsed(sheets) == WHOLE


def test_sheet_of_people_may_have_no_rows():
    assert parsed(sheets_of()).contents == replace(WHOLE.contents, people=PeopleTable())


def test_missing_sheet_refuses_the_file():
    sheets = sheets_of()
    del sheets[PEOPLE_NAME]

    assert parsed(sheets) == Parsed(
        None, (Finding(PEOPLE_NAME, 0, "", "", "sheet_missing"),), ()
    )


@pytest.mark.parametrize("sheet_name", [UNITS_NAME, PEOPLE_NAME])
def test_every_missing_head_refuses_the_file(sheet_name):
    sheets = sheets_of(people=[PERSON])
    for column in sheets[sheet_name].columns:
        rest = [other for other in sheets[sheet_name].columns if other is not column]
        lacking = sheets | {sheet_name: replace(sheets[sheet_name], columns=rest)}

        result = parsed(lacking)

        assert result.contents is None
        assert result.faults[0] == Finding(
            sheet_name, 1, column.head, "", "head_missing"
        )


def test_unknown_head_refuses_the_file_and_names_the_known_ones():
    sheets = sheets_of()
    extra = Column("G", "Ghi chú", ["", "", ""], "   ")
    sheets[UNITS_NAME].columns.append(extra)

    assert parsed(sheets).faults == (
        Finding(UNITS_NAME, 1, "G", "Ghi chú", "head_unknown", {"allowed": UNIT_HEADS}),
    )


def test_column_under_its_long_and_its_short_head_refuses_the_file():
    sheets = sheets_of()
    sheets[UNITS_NAME].columns.append(Column("G", "Loại", ["", "", ""], "   "))

    assert parsed(sheets).faults == (Finding(UNITS_NAME, 1, "G", "Loại", "head_twice"),)


def test_column_without_a_head_is_noted_where_something_stands_in_it():
    sheets = sheets_of()
    sheets[UNITS_NAME].columns.append(Column("G", "", ["", "", ""], "   "))
    sheets[UNITS_NAME].columns.append(Column("H", " ", ["", "x", ""], " t "))

    result = parsed(sheets)

    assert result.contents is not None
    assert result.notes == (Finding(UNITS_NAME, 1, "H", " ", "head_empty"),)


def test_column_of_faults_of_an_annotated_copy_is_ignored():
    sheets = sheets_of(people=[PERSON])
    sheets[UNITS_NAME].columns.append(Column("G", "Lỗi", ["a", "b", "c"], "ttt"))

    assert parsed(sheets) == WHOLE


def test_faults_of_both_sheets_are_listed_by_row_though_heads_are_wrong():
    sheets = sheets_of(people=[("", *PERSON[1:]), (*PERSON[:7], "?", "", "")])
    sheets[UNITS_NAME].columns.pop()

    result = parsed(sheets)

    assert result.contents is None
    assert brief(result.faults) == [
        (1, "Xếp loại chất lượng", "head_missing"),
        (2, "Mã đảng viên", "empty"),
        (3, "Tình trạng", "unknown_term"),
    ]


def test_cell_with_a_fault_is_told_once():
    bad = with_cell(PERSON, PEOPLE, "Tình trạng", "không rõ")
    bad = with_cell(bad, PEOPLE, "Xếp loại chất lượng", "")

    assert brief(parsed(sheets_of(people=[bad])).faults) == [
        (2, "Tình trạng", "unknown_term")
    ]


UNFIT_CELLS = [
    ("Mã đơn vị", ("C", Mark.FORMULA), "formula", {}),
    ("Tên đơn vị", ("", Mark.BROKEN), "broken", {}),
    ("Mã đơn vị", ("2018-02-01", Mark.DATE), "date_for_text", {}),
    ("Tên đơn vị", ("2018-02-01", Mark.DATE), "date_for_text", {}),
    ("Mã cấp trên", ("True", Mark.OTHER), "not_text", {}),
    ("Mã đơn vị", ("1.1", Mark.NUMBER), "number_with_point", {}),
    ("Mã đơn vị", ("-5", Mark.NUMBER), "number_with_point", {}),
    ("Mã đơn vị", ("1234567890123456", Mark.NUMBER), "number_too_long", {}),
    ("Tên đơn vị", "Chi bộ\u202e1", "character", {"name": "U+202E"}),
    ("Mã đơn vị", "\u0301\u0323", "code_of_marks", {}),
    ("Mã cấp trên", "\u0301", "code_of_marks", {}),
    ("Mã đơn vị", "C\u200b", "character", {"name": "U+200B"}),
    ("Tên đơn vị", "x" * 256, "too_long", {"limit": 255}),
    ("Mã đơn vị", "x" * 41, "too_long", {"limit": 40}),
    ("Tên đơn vị", "", "empty", {}),
    ("Mã đơn vị", "  ", "empty", {}),
    ("Xếp loại chất lượng", ("", Mark.FORMULA), "formula", {}),
]


@pytest.mark.parametrize(("label", "cell", "code", "params"), UNFIT_CELLS)
def test_cell_that_cannot_be_used_is_a_fault_of_its_row(label, cell, code, params):
    bad = with_cell(CELL, UNITS, label, cell)

    value = cell[0] if isinstance(cell, tuple) else cell
    result = parsed(sheets_of([ROOT, COMMITTEE, bad]))

    assert result.contents is None
    assert result.faults == (Finding(UNITS_NAME, 4, label, value, code, params),)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (("38168053000001", Mark.NUMBER), "38168053000001"),
        (("123456789012345", Mark.NUMBER), "123456789012345"),
        ("007", "007"),
        ("  a  b ", "a b"),
        ("Ch\u00ed", "Chí"),
        ("Chi\u0301", "Chí"),
        ("x" * 40, "x" * 40),
    ],
)
def test_code_is_kept_as_written(cell, kept):
    bare = with_cell(CELL, UNITS, "Mã đơn vị", cell)

    assert parsed(sheets_of([ROOT, COMMITTEE, bare])).contents.units.code[2] == kept


def test_names_are_kept_composed_with_single_blanks():
    loose = with_cell(PERSON, PEOPLE, "Họ và tên", " Nguye\u0302\u0303n  Văn\nAn ")

    result = parsed(sheets_of(people=[loose]))

    assert result.contents.people.full_name == ["Nguyễn Văn An"]


CELLS = st.one_of(
    st.sampled_from(
        ["", "H", "G", "C", "chi bộ", "huyện", "Xã", "1960", "Nam", "Khác", "ASSESSED"]
    ),
    st.text(max_size=8),
    st.tuples(st.text(max_size=4), st.sampled_from(list(Mark))),
)


def rows_under(heads):
    return st.lists(st.tuples(*[CELLS for _ in heads]), max_size=4)


@given(rows_under(UNIT_HEADS), rows_under(PERSON_HEADS))
def test_any_rows_give_contents_or_faults_that_name_a_row(units, people):
    result = parsed(
        {
            UNITS_NAME: sheet_of(UNITS_NAME, UNIT_HEADS, *TREE, *units),
            PEOPLE_NAME: sheet_of(PEOPLE_NAME, PERSON_HEADS, *people),
        }
    )

    assert (result.contents is None) == bool(result.faults)
    assert [fault for fault in result.faults if not fault.row] == []


def test_a_row_with_something_only_where_nothing_is_read_is_no_row():
    sheets = sheets_of(units=(*TREE, ("", "", "", "", "", "")))
    for head, texts in (("Lỗi", ["", "", "", "a"]), ("", ["", "", "", "Người lập"])):
        marks = "".join("t" if text else " " for text in texts)
        sheets[UNITS_NAME].columns.append(Column("K", head, texts, marks))

    result = parsed(sheets)

    assert (result.faults, result.contents.units.code) == ((), ["H", "G", "C"])
