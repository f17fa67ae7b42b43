"""What the child process does, called here: only what cannot hurt this process."""

import json
import sys
import zipfile
from dataclasses import asdict, replace
from functools import partial

import pytest

from members.spreadsheets import child, marks
from members.spreadsheets.cells import Column, Sheet, UnfitWorkbook
from members.spreadsheets.containers import check_container
from members.spreadsheets.reading import read_sheets
from tests.hostile_workbooks import ALL, LEGITIMATE, READ, REFUSED, Hostile
from tests.workbook_parts import (
    SHEET,
    SMALL_LIMITS,
    plain_parts,
    with_parts,
    with_rows,
    zipped,
)

QUICK = [case for case in ALL if not case.is_long]
DAMAGED = [case for case in QUICK if case.outcome in {"damaged", REFUSED}]
# Without their check, those of the last cells would take this process along.
NAMED = [
    case
    for case in QUICK
    if case.outcome not in {READ, REFUSED, "damaged", "too_demanding"}
    and not case.name.startswith("last ")
]


@pytest.fixture
def upload(tmp_path):
    def save(data):
        path = tmp_path / "upload.xlsx"
        path.write_bytes(data)
        return path

    return save


MIXED = Hostile(
    "every type, and a formula outside",
    partial(
        with_rows,
        '<row r="2"><c r="A2"><v>1.5</v></c><c r="B2" s="1"><v>22053</v></c>'
        '<c r="C2" t="b"><v>1</v></c></row><row r="9"><c r="Z9"><f>A1</f></c></row>',
    ),
    READ,
)


@pytest.mark.parametrize("case", [*LEGITIMATE, MIXED], ids=lambda case: case.name)
def test_child_process_gives_what_its_reading_gives(case, upload):
    path = upload(case.make())

    here = child.read_sheets(path, SMALL_LIMITS, [SHEET])

    assert read_sheets(path, limits=SMALL_LIMITS, names=[SHEET]) == here


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case.name)
def test_refusals_with_a_name_need_no_limits_of_a_process(case, upload):
    with pytest.raises(UnfitWorkbook) as refusal:
        child.read_sheets(upload(case.make()), SMALL_LIMITS, [SHEET])

    assert refusal.value.code == case.outcome


@pytest.mark.parametrize("case", DAMAGED, ids=lambda case: case.name)
def test_damaged_files_end_the_reading(case, upload):
    # Whatever the parsers raise; a panic of the one in Rust is no Exception.
    with pytest.raises(BaseException):  # noqa: B017, PT011 -- any end will do
        child.read_sheets(upload(case.make()), SMALL_LIMITS, [SHEET])


@pytest.mark.parametrize(
    ("refusal", "answer"),
    [
        (
            UnfitWorkbook("sheet_twice", sheet="A"),
            {"unfit": "sheet_twice", "params": {"sheet": "A"}},
        ),
        (MemoryError(), {"unfit": "too_demanding", "params": {}}),
    ],
)
def test_child_answers_a_refusal_with_its_code(
    refusal, answer, monkeypatch, capsysbinary
):
    def refuse(*_):
        raise refusal

    order = {"path": "x.xlsx", "limits": asdict(SMALL_LIMITS), "names": [SHEET]}
    monkeypatch.setattr(sys, "argv", ["-c", json.dumps(order)])
    monkeypatch.setattr(child, "confine", lambda **limits: None)
    monkeypatch.setattr(child, "read_sheets", refuse)

    child.main()

    assert json.loads(capsysbinary.readouterr().out) == answer


def test_declaration_is_refused_by_the_parser_too():
    with pytest.raises(UnfitWorkbook) as refusal:
        marks._parser().Parse(b"<!DOCTYPE a><a/>")

    assert refusal.value.code == "declarations"


def test_cells_without_reference_stand_beside_and_below_each_other(upload):
    rows = "<row><c><v>1</v></c><c><f>A1</f><v>2</v></c></row>"
    path = upload(with_rows(rows))

    assert child.read_sheets(path, SMALL_LIMITS, [SHEET])[SHEET] == Sheet(
        SHEET, [2], [Column("A", "Mã", ["1"], "n"), Column("B", "", ["2"], "f")]
    )


def test_sheet_that_no_part_of_the_file_names_is_refused(upload):
    with pytest.raises(UnfitWorkbook) as refusal:
        marks.odd_cells(upload(with_parts()), "absent", SMALL_LIMITS)

    assert refusal.value.code == "damaged"


def test_directory_of_sheets_is_read_only_if_it_is_small(upload, monkeypatch):
    monkeypatch.setattr(marks, "_LARGEST_DIRECTORY", 100)

    with pytest.raises(UnfitWorkbook) as refusal:
        marks.odd_cells(upload(with_parts()), SHEET, SMALL_LIMITS)

    assert refusal.value.code == "too_demanding"


def test_file_over_its_limit_is_not_opened(upload):
    with pytest.raises(UnfitWorkbook) as refusal:
        check_container(upload(bytes(11)), replace(SMALL_LIMITS, max_bytes=10))

    assert refusal.value.code == "too_large"


def test_child_answers_with_the_columns(upload, monkeypatch, capsysbinary):
    path = upload(with_parts())
    order = {"path": str(path), "limits": asdict(SMALL_LIMITS), "names": [SHEET]}
    monkeypatch.setattr(sys, "argv", ["-c", json.dumps(order)])
    monkeypatch.setattr(child, "confine", lambda **limits: None)

    child.main()

    column = {"letter": "A", "head": "Mã", "values": ["X1"], "marks": "t"}
    assert json.loads(capsysbinary.readouterr().out) == {
        "sheets": {SHEET: {"name": SHEET, "rows": [2], "columns": [column]}}
    }


def test_file_that_unpacks_to_more_than_ten_times_its_limit_is_refused(upload):
    rows = "".join(f"<row><c/><c/><c/><c/><v>{at}</v></row>" for at in range(2_000))
    path = upload(with_parts({"docProps/a.xml": rows}))
    limits = replace(SMALL_LIMITS, max_bytes=path.stat().st_size)

    with pytest.raises(UnfitWorkbook) as refusal:
        check_container(path, limits)

    assert refusal.value.code == "unpacks_too_large"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_file_packed_in_a_way_that_excel_does_not_know_is_refused(method, upload):
    with pytest.raises(UnfitWorkbook) as refusal:
        check_container(upload(zipped(plain_parts(), method=method)), SMALL_LIMITS)

    assert refusal.value.code == "damaged"


@pytest.mark.parametrize("case", LEGITIMATE, ids=lambda case: case.name)
def test_quick_search_never_hides_what_the_whole_walk_finds(case, upload, monkeypatch):
    path = upload(case.make())

    after_search = marks.odd_cells(path, SHEET, SMALL_LIMITS)
    monkeypatch.setattr(marks, "_may_be_odd", lambda chunks, limits: True)

    assert after_search == marks.odd_cells(path, SHEET, SMALL_LIMITS)
