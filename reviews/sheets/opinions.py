"""The workbook in which a body writes what it says of each person or collective.

Heads are Vietnamese in every language: the file goes to bodies without accounts.
Source: docs/rules/opinions.md § 3.3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from members.sheets.writing import add_page, head_style, new_book, put, put_row

SHEET = "Nhận xét"
NUMBER = "Số phiếu"
NAME = "Họ và tên (tên tổ chức)"
ABOUT = "Ngày sinh, nơi sinh hoạt"
TEXT = "Nội dung nhận xét"
DOCUMENT = "Số văn bản (nếu có)"
SIGNED_ON = "Ngày ký"
HEADS = (NUMBER, NAME, ABOUT, TEXT, DOCUMENT, SIGNED_ON)
_WIDTHS = (10, 32, 34, 90, 24, 14)
_ABOUT_SHEET = "Hướng dẫn"


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is given out: the number by which it comes back, and whose it is."""

    number: int
    name: str
    about: str


def write_opinions(
    stream: IO[bytes], rows: Sequence[Row], facts: Mapping[str, str]
) -> None:
    """Write the workbook of one body; `facts` stand on its second sheet."""
    with new_book(stream) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = add_page(book, SHEET)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, wrapped)
        put_row(sheet, 0, [*HEADS], head_style(book))
        for at, row in enumerate(rows, start=1):
            put_row(sheet, at, [str(row.number), row.name, row.about], wrapped)
        about = add_page(book, _ABOUT_SHEET)
        about.set_column(0, 0, 28)
        about.set_column(1, 1, 90, wrapped)
        for at, (label, text) in enumerate(facts.items()):
            put(about, at, 0, label)
            put(about, at, 1, text, wrapped)
