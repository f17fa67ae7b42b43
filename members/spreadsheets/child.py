"""The child process that reads one uploaded workbook; `reading` starts it.

It first gives away what it does not need (memory, time, files, the network), so that
a hostile file costs one short-lived process and no more. It answers in JSON on its
standard output; a crash is an answer too. Pure: standard library and calamine.
"""

import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

from members.confined import confine
from members.names import fold
from members.spreadsheets.cells import (
    Column,
    Limits,
    Mark,
    Sheet,
    UnfitWorkbook,
    column_letter,
)
from members.spreadsheets.containers import check_container
from members.spreadsheets.marks import OddCells, columns_beyond, odd_cells, rows_beyond

LONGEST_TEXT = 32_767  # what Excel itself allows in a cell

_MARKS: dict[type, Mark] = {
    str: Mark.TEXT,
    float: Mark.NUMBER,
    int: Mark.NUMBER,
    date: Mark.DATE,
    datetime: Mark.DATE,
    bool: Mark.OTHER,
    time: Mark.OTHER,
    timedelta: Mark.OTHER,
}


def main() -> None:
    """Read what the first argument orders, answer on standard output."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    confine(
        address_space_bytes=limits.address_space_bytes, cpu_seconds=limits.cpu_seconds
    )
    answer: dict[str, Any]
    try:
        sheets = read_sheets(Path(order["path"]), limits, order["names"])
        answer = {"sheets": sheets}
    except UnfitWorkbook as unfit:
        answer = {"unfit": unfit.code, "params": unfit.params}
    except MemoryError:
        answer = {"unfit": "too_demanding", "params": {}}
    text = json.dumps(answer, ensure_ascii=False, default=_by_field)
    sys.stdout.buffer.write(text.encode())


def read_sheets(path: Path, limits: Limits, names: Sequence[str]) -> dict[str, Sheet]:
    """Return the sheets asked for, under the names asked for; absent ones are left out.

    Raises: UnfitWorkbook; any exception of the parsers for a damaged file.
    """
    check_container(path, limits)
    with CalamineWorkbook.from_path(path) as workbook:
        found = {name: _name_in_file(name, workbook.sheet_names) for name in names}
        return {
            name: _read_sheet(path, workbook, written, limits)
            for name, written in found.items()
            if written is not None
        }


def _name_in_file(name: str, written: Sequence[str]) -> str | None:
    """Return how the file writes the name; accents, case and blanks are forgiven."""
    same = [other for other in written if unicodedata.normalize("NFC", other) == name]
    same = same or [other for other in written if fold(other) == fold(name)]
    if len(same) > 1:
        raise UnfitWorkbook("sheet_twice", sheet=name)
    return same[0] if same else None


def _read_sheet(
    path: Path, workbook: CalamineWorkbook, name: str, limits: Limits
) -> Sheet:
    # First, because the parser for values allots the whole area that cells span.
    odd = odd_cells(path, name, limits)
    sheet = workbook.get_sheet_by_name(name)
    _check_area(sheet, limits)
    lines = sheet.to_python(skip_empty_area=False)
    cells = [list(column) for column in zip(*lines, strict=True)]
    _make_room(cells, odd, height=len(lines))
    columns = [
        _column(index, values, odd.get(index, {})) for index, values in enumerate(cells)
    ]
    _check_texts(columns, name, limits)
    return _below_heads(name, columns)


def _check_area(sheet: CalamineSheet, limits: Limits) -> None:
    """Refuse also where cells carry no reference, so that only now their place shows."""
    row, column = sheet.end or (0, 0)
    if row > limits.max_rows:
        raise rows_beyond(sheet.name, row, limits)
    if column >= limits.max_columns:
        raise columns_beyond(sheet.name, column, limits)


def _make_room(cells: list[list[Any]], odd: OddCells, *, height: int) -> None:
    """Widen the area to formulas and broken values, which count as empty in it."""
    height = max([height, *(max(rows) + 1 for rows in odd.values())])
    while len(cells) <= max(odd, default=-1):
        cells.append([])
    for values in cells:
        values.extend([""] * (height - len(values)))


def _column(index: int, cells: list[Any], odd: dict[int, Mark]) -> Column:
    # A million cells pass here; nearly all are text, which costs no call.
    texts = [
        ("" if cell.isspace() else cell) if type(cell) is str else _text(cell)
        for cell in cells
    ]
    marks: list[str] = [
        _MARKS[type(cell)] if text else Mark.EMPTY
        for cell, text in zip(cells, texts, strict=True)
    ]
    for row, mark in odd.items():
        marks[row] = mark
    return Column(column_letter(index), texts[0], texts[1:], "".join(marks[1:]))


def _text(cell: float | date | time | timedelta) -> str:
    if type(cell) is float:
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, date):
        return str(cell)[: len("1960-05-17")]
    return str(cell)


def _check_texts(columns: list[Column], sheet: str, limits: Limits) -> None:
    """Refuse what would fill the memory of the process that waits for the answer."""
    characters = 0
    for column in columns:
        lengths = [len(column.head), *map(len, column.values)]
        longest = max(lengths)
        if longest > LONGEST_TEXT:
            raise UnfitWorkbook(
                "text_too_long",
                sheet=sheet,
                cell=f"{column.letter}{lengths.index(longest) + 1}",
                limit=LONGEST_TEXT,
            )
        characters += sum(lengths)
    if characters > limits.max_characters:
        raise UnfitWorkbook("unpacks_too_large")


def _below_heads(name: str, columns: list[Column]) -> Sheet:
    """Return the sheet without the rows in which nothing stands."""
    row_marks = zip(*(column.marks for column in columns), strict=True)
    kept = [at for at, marks in enumerate(row_marks) if any(map(str.strip, marks))]
    columns = [
        Column(
            column.letter,
            column.head,
            [column.values[at] for at in kept],
            "".join([column.marks[at] for at in kept]),
        )
        for column in columns
    ]
    first_row = 2
    return Sheet(name, [at + first_row for at in kept], columns)


def _by_field(record: Sheet | Column) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in fields(record)}
