import datetime
import os
import socket
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import PatternFill

from members.spreadsheets.cells import (
    ROLL_LIMITS,
    Column,
    Limits,
    Sheet,
    column_index,
    column_letter,
)
from members.spreadsheets.reading import WorkbookRefused, read_sheets
from tests.hostile_workbooks import ALL, READ, REFUSED, Hostile
from tests.workbook_parts import (
    SHEET,
    SMALL_LIMITS,
    with_parts,
    with_rows,
    worksheet,
)

QUICK = [case for case in ALL if not case.is_long]
LONG = [case for case in ALL if case.is_long]


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def upload(tmp_path):
    def save(data):
        path = tmp_path / "upload.xlsx"
        path.write_bytes(data)
        return path

    return save


@pytest.fixture
def book():
    """A workbook of openpyxl with one sheet, to be filled by the test."""
    book = openpyxl.Workbook()
    book.active.title = SHEET
    return book


@pytest.fixture
def read_book(book, tmp_path):
    def read(*names):
        path = tmp_path / "book.xlsx"
        book.save(path)
        return read_sheets(path, limits=SMALL_LIMITS, names=names or [SHEET])

    return read


def outcome_of(path: Path) -> str:
    try:
        read_sheets(path, limits=SMALL_LIMITS, names=[SHEET])
    except WorkbookRefused as refusal:
        sentence = str(refusal)
        assert sentence.endswith(".")
        assert "%" not in sentence
        return refusal.code
    return READ


def check(case: Hostile, path: Path) -> None:
    outcome = outcome_of(path)

    if case.outcome == REFUSED:
        assert outcome != READ
    else:
        assert outcome == case.outcome


@pytest.fixture
def open_port():
    """A port of this machine that answers, as the child would see it."""
    namespaces = "-n" if os.geteuid() == 0 else "-rn"
    if subprocess.run(["unshare", namespaces, "true"], check=False).returncode:
        pytest.skip("this system lets no process leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.name)
def test_hostile_workbook_is_refused_with_a_sentence_and_odd_one_read(case, upload):
    check(case, upload(case.make()))


@pytest.mark.long
@pytest.mark.parametrize("case", LONG, ids=lambda case: case.name)
def test_large_hostile_workbook_is_refused_with_a_sentence(case, upload):
    check(case, upload(case.make()))


def test_cells_become_text_with_a_mark_of_what_they_were(book, read_book):
    sheet = book.active
    sheet.append(["Mã", "Số", "Ngày", "Khác"])
    day, morning = datetime.date(1960, 5, 17), datetime.time(8, 30)
    sheet.append(["  DV1 ", 38168053000001, day, True])
    sheet.append(["=1+1", 1.5, datetime.datetime.combine(day, morning), morning])
    sheet.append(["#N/A", 1e20, "05/1960", "   "])

    assert read_book() == {
        SHEET: Sheet(
            name=SHEET,
            rows=[2, 3, 4],
            columns=[
                Column("A", "Mã", ["  DV1 ", "", ""], "tfe"),
                Column(
                    "B", "Số", ["38168053000001", "1.5", "100000000000000000000"], "nnn"
                ),
                Column("C", "Ngày", ["1960-05-17", "1960-05-17", "05/1960"], "ddt"),
                Column("D", "Khác", ["True", "08:30:00", ""], "oo "),
            ],
        )
    }


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers(book, read_book):
    sheet = book.active
    sheet["A1"] = "Mã"
    sheet["A3"] = "a"
    sheet["B4"] = "   "
    sheet["A7"] = "b"
    sheet["C900"].fill = PatternFill("solid", fgColor="FF0000")

    assert read_book()[SHEET] == Sheet(
        name=SHEET,
        rows=[3, 7],
        columns=[Column("A", "Mã", ["a", "b"], "tt"), Column("B", "", ["", ""], "  ")],
    )


def test_rows_above_the_first_value_are_not_skipped(book, read_book):
    book.active["B3"] = "Mã"

    assert read_book()[SHEET] == Sheet(
        name=SHEET,
        rows=[3],
        columns=[Column("A", "", [""], " "), Column("B", "", ["Mã"], "t")],
    )


def test_formulas_outside_all_values_are_seen(upload):
    formula = '<row r="4"><c r="C4"><f>A2</f></c></row>'
    path = upload(with_rows('<row r="2"><c r="A2"><v>5</v></c></row>' + formula))

    assert read_sheets(path, limits=SMALL_LIMITS, names=[SHEET])[SHEET] == Sheet(
        name=SHEET,
        rows=[2, 4],
        columns=[
            Column("A", "Mã", ["5", ""], "n "),
            Column("B", "", ["", ""], "  "),
            Column("C", "", ["", ""], " f"),
        ],
    )


def test_formula_of_a_drop_down_list_is_not_one_of_a_cell(upload):
    choices = '<extLst xmlns:xm="x"><xm:f>Lists!$A$2:$A$9</xm:f></extLst>'
    path = upload(with_parts(sheet=worksheet(after=choices)))

    assert read_sheets(path, limits=SMALL_LIMITS, names=[SHEET])[SHEET] == Sheet(
        name=SHEET, rows=[2], columns=[Column("A", "Mã", ["X1"], "t")]
    )


def test_empty_sheet_has_no_columns(read_book):
    assert read_book() == {SHEET: Sheet(name=SHEET, rows=[], columns=[])}


def test_sheets_are_found_by_folded_name_and_only_those_asked_for(book, read_book):
    book.active.title = " DON VI"
    book.create_sheet("Ghi chú")["A1"] = "=1/0"

    sheets = read_book(SHEET, "Đảng viên")

    assert sheets == {SHEET: Sheet(name=" DON VI", rows=[], columns=[])}


def test_exact_name_wins_over_a_folded_one(book, read_book):
    book.create_sheet("don vi")

    assert read_book()[SHEET].name == SHEET


def test_two_sheets_of_one_folded_name_are_refused(book, read_book):
    book.active.title = "don vi"
    book.create_sheet("DON  VI")

    with pytest.raises(WorkbookRefused) as refusal:
        read_book()

    assert str(refusal.value) == (
        f"Several sheets are called “{SHEET}”. Keep one of them."
    )


def test_refusal_names_the_sheet_and_the_row(upload):
    path = upload(with_rows('<row r="7000"><c r="A7000"><v>1</v></c></row>'))

    with pytest.raises(WorkbookRefused) as refusal:
        read_sheets(path, limits=SMALL_LIMITS, names=[SHEET])

    assert str(refusal.value) == (
        f"Sheet “{SHEET}” has something in row 7000; at most 5000 rows below the heads"
        " are read."
    )


def test_last_allowed_row_and_column_are_read(upload):
    path = upload(with_rows('<row r="5001"><c r="BH5001"><v>1</v></c></row>'))

    sheet = read_sheets(path, limits=SMALL_LIMITS, names=[SHEET])[SHEET]

    assert (sheet.rows, sheet.columns[-1]) == ([5001], Column("BH", "", ["1"], "n"))


def test_limits_of_rolls_are_those_of_the_security_page():
    assert asdict(ROLL_LIMITS) == {
        "max_bytes": 30 * 2**20,
        "max_rows": 200_000,
        "max_columns": 60,
        "address_space_bytes": 2**30,
        "cpu_seconds": 120,
    }


def test_file_larger_than_its_limit_is_refused_unread(upload):
    path = upload(bytes(2001))

    with pytest.raises(WorkbookRefused, match="larger than 0 MB"):
        read_sheets(path, limits=replace(SMALL_LIMITS, max_bytes=2000), names=[SHEET])


def test_child_that_takes_too_long_is_ended(upload):
    hurried = replace(SMALL_LIMITS, cpu_seconds=0)  # and so no time at all to wait

    with pytest.raises(WorkbookRefused) as refusal:
        read_sheets(upload(with_parts()), limits=hurried, names=[SHEET])

    assert refusal.value.code == "too_slow"


class Patient(Limits):
    """Limits that leave the end to the system's own count of processor time."""

    wall_seconds = 600


def test_child_is_killed_when_its_processor_time_is_used_up(upload):
    rows = "".join(
        f"<row r='{at}'><c r='A{at}'><f>{at}</f></c></row>" for at in range(2, 120_000)
    )
    slow = upload(with_parts(sheet=worksheet(rows * 3)))

    limits = Patient(**asdict(ROLL_LIMITS) | {"cpu_seconds": 1})

    with pytest.raises(WorkbookRefused) as refusal:
        read_sheets(slow, limits=limits, names=[SHEET])

    assert refusal.value.code == "too_slow"


def test_damaged_file_leaves_no_text_of_it_in_the_log(upload, caplog):
    path = upload(with_rows('<row r="Bí mật"><c r="A2"><f>1</f></c></row>'))

    with pytest.raises(WorkbookRefused):
        read_sheets(path, limits=SMALL_LIMITS, names=[SHEET])

    assert "Bí" not in caplog.text
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_child_has_no_network_where_the_system_allows_to_leave_it(open_port):
    program = (
        "import socket, sys; sys.path.insert(0, '.')\n"
        "from members.spreadsheets import child\n"
        "child.confine(address_space_bytes=2**30, cpu_seconds=9)\n"
        f"socket.create_connection(('127.0.0.1', {open_port}))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False
    )

    assert b"Network is unreachable" in ended.stderr


@given(st.integers(min_value=0, max_value=16_383))
def test_column_letters_are_counted_both_ways(index):
    assert column_index(column_letter(index)) == index


def test_column_letters_are_those_of_excel():
    letters = [column_letter(index) for index in (0, 25, 26, 59, 701, 702, 16_383)]

    assert letters == ["A", "Z", "AA", "BH", "ZZ", "AAA", "XFD"]
