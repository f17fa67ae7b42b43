"""Text into cells so that it stays text, whatever it looks like."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

# What XML cannot hold or Excel shows as a code; faults name the character anyway.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_A4 = 9  # Excel's number for it
_LINE_POINTS, _HIGHEST_ROW = 15, 409  # the last is Excel's own limit
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class TextTooLong(ValueError):
    """Excel would cut the text; nothing is ever cut silently."""


@contextmanager
def new_book(stream: IO[bytes]) -> Iterator[Workbook]:
    """Give a workbook that is written row by row, and to the stream at the end.

    The stream gets the finished file: a ZIP file whose stream fails complains of it
    once more when it is forgotten, after what the command says last.
    """
    content = io.BytesIO()
    book = Workbook(content, _OPTIONS)
    yield book
    book.close()
    stream.write(content.getbuffer())


def add_page(book: Workbook, name: str) -> Worksheet:
    """Return a new sheet that keeps its heads in sight and prints one page wide."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def head_style(book: Workbook) -> Any:
    """Return the format of a row of heads."""
    return book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
    )


def put(sheet: Worksheet, row: int, column: int, text: str, style: Any = None) -> None:
    """Write one cell of text; rows and columns count from 0, rows only go downwards.

    Raises: TextTooLong beyond the 32,767 characters of a cell.
    """
    if not text.isprintable():
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    if not text:
        sheet.write_blank(row, column, None, style)
    elif sheet.write_string(row, column, text, style):
        raise TextTooLong(f"row {row + 1}: {len(text)} characters")


def put_row(sheet: Worksheet, row: int, texts: list[str], style: Any = None) -> None:
    """Write a row of texts from its first column on."""
    for column, text in enumerate(texts):
        put(sheet, row, column, text, style)


def put_wrapped(
    sheet: Worksheet, row: int, texts: list[str], *, widths: list[int], style: Any
) -> None:
    """Write a row of wrapped texts, as high as they need: not every program sees to it.

    Shape: `widths` are those of the columns, in characters.
    """
    lines = max(
        sum(len(line) // width + 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    sheet.set_row(row, min(lines * _LINE_POINTS, _HIGHEST_ROW))
    put_row(sheet, row, texts, style)
