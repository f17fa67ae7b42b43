"""Roll workbooks as clerks send them."""

import io
from datetime import UTC, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

import openpyxl

from members.services.rolls.reading import ReadWorkbook, read_workbook
from members.workbook.roll import ROLL

HEADS = tuple(head.label for head in ROLL.heads)
NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)  # noon in Vietnam


def row(
    code: str,
    name: str = "Lê Thị Hoa",
    *,
    cell: str = "X1",
    born: object = "17/05/1980",
    sex: str = "Nữ",
    admitted: object = "03/02/2005",
    official: object = "03/02/2006",
    card: object = "",
    number: object = "",
    status: str = "",
) -> tuple[object, ...]:
    return (code, name, born, sex, cell, admitted, official, card, number, status)


def book_of(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = ROLL.name
    for each in (heads, *rows):
        sheet.append(each)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(content: bytes) -> ReadWorkbook:
    """Read a file as an upload is read."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        return read_workbook(Path(file.name))


def rows_in(content: bytes, sheet: str = ROLL.name) -> list[tuple[object, ...]]:
    """The cells of a sheet of a workbook that was given out."""
    return list(openpyxl.load_workbook(io.BytesIO(content))[sheet].values)
