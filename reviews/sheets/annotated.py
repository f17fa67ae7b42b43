"""The copy of a faulty workbook in which each row says what is wrong with it.

Row numbers are those of the file that was uploaded. Corrected, the copy can be
uploaded itself: what is added here is ignored by the reading.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import IO

from django.utils.translation import gettext
from xlsxwriter import Workbook

from members.dates import display_partial
from members.names import fold
from members.spreadsheets.cells import Column, Mark, Sheet
from reviews.sheets.texts import finding_text, what_is_allowed, what_is_wrong
from reviews.sheets.writing import head_style, new_book, put, put_row
from reviews.workbook.findings import Finding
from reviews.workbook.layout import FAULT_HEAD

FAULTS_SHEET = "Danh sách lỗi"

_WIDTH, _FAULT_WIDTH = 22, 70
_LIST_WIDTHS = (14, 8, 30, 30, 60, 60)
_LISTED = 10_000  # the list is to look through; every fault stands beside its row
_FAULTY_COLOUR = "#FCE8E6"


def write_annotated(
    stream: IO[bytes], sheets: Mapping[str, Sheet], faults: Sequence[Finding]
) -> None:
    """Write the uploaded values with a column of faults, and a list of all faults.

    Shape: `sheets` by the names under which they were asked for.
    """
    texts: dict[str, dict[int, list[str]]] = {
        name: defaultdict(list) for name in sheets
    }
    for fault in faults:
        if fault.sheet in sheets:
            about = f"{fault.column}: {finding_text(fault)}"
            texts[fault.sheet][fault.row].append(about)
    with new_book(stream) as book:
        for name, sheet in sheets.items():
            _add_copy(book, name, sheet, texts[name])
        _add_list(book, faults)


def _add_copy(
    book: Workbook, name: str, sheet: Sheet, texts: Mapping[int, list[str]]
) -> None:
    columns = [each for each in sheet.columns if fold(each.head) != fold(FAULT_HEAD)]
    copy = book.add_worksheet(name)
    as_text = book.add_format({"num_format": "@"})
    faulty = book.add_format({"num_format": "@", "bg_color": _FAULTY_COLOUR})
    copy.set_column(0, len(columns) - 1, _WIDTH, as_text)
    copy.set_column(len(columns), len(columns), _FAULT_WIDTH)
    copy.freeze_panes(1, 0)
    put_row(copy, 0, [*(each.head for each in columns), FAULT_HEAD], head_style(book))
    for at, row in enumerate(sheet.rows):
        values = [_shown(each, at) for each in columns]
        if row in texts:
            put_row(copy, row - 1, [*values, "\n".join(texts[row])], faulty)
        else:
            put_row(copy, row - 1, values, as_text)


def _shown(column: Column, at: int) -> str:
    """Return a value as a clerk would type it; a date must not look like a code."""
    value = column.values[at]
    return display_partial(value) if column.marks[at] == Mark.DATE else value


def _add_list(book: Workbook, faults: Sequence[Finding]) -> None:
    listed = book.add_worksheet(FAULTS_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_LIST_WIDTHS):
        listed.set_column(at, at, width, wrapped)
    put_row(listed, 0, _list_heads(), head_style(book))
    listed.freeze_panes(1, 0)
    for row, fault in enumerate(faults[:_LISTED], start=1):
        put_row(listed, row, _listed(fault), wrapped)
    if more := len(faults[_LISTED:]):
        text = gettext("And %(count)s more, in the column “%(head)s” of each sheet.")
        put(listed, _LISTED + 1, 0, text % {"count": more, "head": FAULT_HEAD})


def _list_heads() -> list[str]:
    return [
        gettext("Sheet"),
        gettext("Row"),
        gettext("Column"),
        gettext("Value"),
        gettext("What is wrong"),
        gettext("What is allowed"),
    ]


def _listed(fault: Finding) -> list[str]:
    return [
        fault.sheet,
        str(fault.row or ""),
        fault.column,
        fault.value,
        what_is_wrong(fault),
        what_is_allowed(fault),
    ]
