"""The copy of a faulty workbook in which each row says what is wrong with it.

Row numbers are those of the file that was uploaded. Corrected, the copy can be
uploaded itself: what is added here is ignored by the reading. It has the lists and
the help of the empty workbook, because that is what it is corrected by.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext
from xlsxwriter import Workbook

from campaigns.rulesets import RuleSet
from members.dates import display_partial
from members.names import fold
from members.spreadsheets.cells import Column, Mark, Sheet
from members.vocabulary import vocabulary
from reviews.sheets.guide import add_help
from reviews.sheets.lists import Lists, add_lists, lists_of, offer_lists
from reviews.sheets.texts import finding_text, what_is_allowed, what_is_wrong
from reviews.sheets.writing import (
    add_page,
    head_style,
    new_book,
    put,
    put_row,
    put_wrapped,
)
from reviews.workbook.findings import Finding
from reviews.workbook.layout import FAULT_HEAD, LAYOUTS

FAULTS_SHEET = "Danh sách lỗi"

_LAYOUTS = {layout.name: layout for layout in LAYOUTS}
_WIDTH, _FAULT_WIDTH = 22, 70
_LIST_WIDTHS = (14, 8, 30, 30, 60, 60)
_LISTED = 10_000  # the list is to look through; every fault stands beside its row
_FAULTY_COLOUR = "#FCE8E6"


def annotated_name(file_name: str) -> str:
    """Return what the copy of a file is called, so that it never replaces the file."""
    return f"{PurePath(file_name).stem}-ghi-loi.xlsx"


def write_annotated(
    stream: IO[bytes],
    sheets: Mapping[str, Sheet],
    faults: Sequence[Finding],
    *,
    rule_set: RuleSet,
    year: int,
) -> None:
    """Write the uploaded values with a column of faults, and a list of all faults.

    Shape: `sheets` by the names under which they were asked for; the lists offer what
        the rule set and the end of the year allow.
    """
    lists = lists_of(vocabulary(), [rule_set], year=year)
    texts: dict[str, dict[int, list[str]]] = {
        name: defaultdict(list) for name in sheets
    }
    for fault in faults:
        if fault.sheet in sheets:
            about = f"{fault.column}: {finding_text(fault)}"
            texts[fault.sheet][fault.row].append(about)
    with new_book(stream) as book:
        for name, sheet in sheets.items():
            _add_copy(book, name, sheet, texts[name], lists)
        _add_list(book, faults)
        add_lists(book, lists)
        add_help(book)


def _add_copy(
    book: Workbook,
    name: str,
    sheet: Sheet,
    texts: Mapping[int, list[str]],
    lists: Lists,
) -> None:
    columns = [each for each in sheet.columns if fold(each.head) != fold(FAULT_HEAD)]
    heads = [each.head for each in columns]
    widths = [*(_WIDTH for _ in heads), _FAULT_WIDTH]
    copy = add_page(book, name)
    as_text = book.add_format({"num_format": "@"})
    # Wrapped, or a long text of faults widens what is printed.
    faulty = book.add_format(
        {
            "num_format": "@",
            "bg_color": _FAULTY_COLOUR,
            "text_wrap": True,
            "valign": "top",
        }
    )
    copy.set_column(0, len(columns) - 1, _WIDTH, as_text)
    copy.set_column(len(columns), len(columns), _FAULT_WIDTH)
    offer_lists(copy, _LAYOUTS[name], heads, lists)
    put_row(copy, 0, [*heads, FAULT_HEAD], head_style(book))
    for at, row in enumerate(sheet.rows):
        values = [_shown(each, at) for each in columns]
        if row in texts:
            values.append("\n".join(texts[row]))
            put_wrapped(copy, row - 1, values, widths=widths, style=faulty)
        else:
            put_row(copy, row - 1, values, as_text)


def _shown(column: Column, at: int) -> str:
    """Return a value as a clerk would type it; a date must not look like a code."""
    value = column.values[at]
    return display_partial(value) if column.marks[at] == Mark.DATE else value


def _add_list(book: Workbook, faults: Sequence[Finding]) -> None:
    listed = add_page(book, FAULTS_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_LIST_WIDTHS):
        listed.set_column(at, at, width, wrapped)
    put_row(listed, 0, _list_heads(), head_style(book))
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
