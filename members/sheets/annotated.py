"""The copy of a workbook in which each row says what is wrong with it, or to be noted.

Row numbers are those of the file that was uploaded. Corrected, the copy can be
uploaded itself: what is added here is ignored by the reading. It has the lists and
the help of the empty workbook, because that is what it is corrected by.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext
from xlsxwriter import Workbook

from members.dates import display_partial
from members.names import fold
from members.sheets.guide import add_help
from members.sheets.lists import add_lists, offer_lists
from members.sheets.template import USUAL_WIDTH, Offer
from members.sheets.texts import Remark, with_allowed
from members.sheets.writing import (
    add_page,
    head_style,
    new_book,
    put,
    put_row,
    put_wrapped,
)
from members.spreadsheets.cells import Column, Mark, Sheet
from members.workbook.layout import FAULT_HEAD, NOTE_HEAD, OWN_HEADS, Layout


@dataclass(frozen=True, slots=True)
class Marking:
    """How a copy names what it adds: the column, the list of all, the file itself.

    Like the heads of the workbook they are the same in every language of the site.
    """

    head: str
    list_name: str
    list_heads: tuple[str, ...]
    suffix: str
    colour: str  # of the rows that have remarks


_PLACE = ("Trang tính", "Dòng", "Cột", "Giá trị")
FAULTS = Marking(
    FAULT_HEAD,
    "Danh sách lỗi",
    (*_PLACE, "Sai ở đâu", "Được phép ghi"),
    "ghi-loi",
    colour="#FCE8E6",
)
NOTES = Marking(
    NOTE_HEAD,
    "Danh sách lưu ý",
    (*_PLACE, "Điều cần lưu ý"),
    "ghi-luu-y",
    colour="#FFF4D6",
)


_REMARK_WIDTH = 70
_LIST_WIDTHS = (14, 8, 30, 30, 60, 60)
_LISTED = 10_000  # the list is to look through; every remark stands beside its row


def annotated_name(file_name: str, marking: Marking) -> str:
    """Return what the copy of a file is called, so that it never replaces the file."""
    return f"{PurePath(file_name).stem}-{marking.suffix}.xlsx"


def write_annotated(
    stream: IO[bytes],
    sheets: Mapping[str, Sheet],
    remarks: Sequence[Remark],
    *,
    marking: Marking,
    offer: Offer,
) -> None:
    """Write the uploaded values with a column of remarks, and a list of all of them.

    Shape: `sheets` by the names under which they were asked for.
    """
    layouts = {layout.name: layout for layout in offer.layouts}
    texts: dict[str, dict[int, list[str]]] = {
        name: defaultdict(list) for name in sheets
    }
    for remark in remarks:
        if remark.sheet in sheets:
            texts[remark.sheet][remark.row].append(_beside_its_row(remark))
    with new_book(stream) as book:
        for name, sheet in sheets.items():
            _add_copy(book, layouts[name], sheet, texts[name], offer, marking)
        _add_list(book, remarks, marking)
        add_lists(book, offer.lists)
        add_help(book, offer.help)


def _beside_its_row(remark: Remark) -> str:
    about = f"{remark.column}: " if remark.column else ""
    return about + with_allowed(remark.text, remark.allowed)


def _add_copy(
    book: Workbook,
    layout: Layout,
    sheet: Sheet,
    texts: Mapping[int, list[str]],
    offer: Offer,
    marking: Marking,
) -> None:
    columns = [each for each in sheet.columns if fold(each.head) not in OWN_HEADS]
    heads = [each.head for each in columns]
    widths = [*(_width_of(each, layout, offer) for each in heads), _REMARK_WIDTH]
    copy = add_page(book, layout.name)
    as_text = book.add_format({"num_format": "@"})
    # Wrapped, or a long text of remarks widens what is printed.
    marked = book.add_format(
        {
            "num_format": "@",
            "bg_color": marking.colour,
            "text_wrap": True,
            "valign": "top",
        }
    )
    for at, width in enumerate(widths):
        copy.set_column(at, at, width, as_text if at < len(heads) else None)
    offer_lists(copy, layout, heads, offer.lists)
    put_row(copy, 0, [*heads, marking.head], head_style(book))
    for at, row in enumerate(sheet.rows):
        values = [_shown(each, at) for each in columns]
        if row in texts:
            values.append("\n".join(texts[row]))
            put_wrapped(copy, row - 1, values, widths=widths, style=marked)
        else:
            put_row(copy, row - 1, values, as_text)


def _width_of(label: str, layout: Layout, offer: Offer) -> int:
    """Return the width that a column has in the empty workbook, too."""
    meant = (head.field for head in layout.heads if fold(label) in head.spellings)
    return offer.widths.get(next(meant, ""), USUAL_WIDTH)


def _shown(column: Column, at: int) -> str:
    """Return a value as a clerk would type it; a date must not look like a code."""
    value = column.values[at]
    return display_partial(value) if column.marks[at] == Mark.DATE else value


def _add_list(book: Workbook, remarks: Sequence[Remark], marking: Marking) -> None:
    listed = add_page(book, marking.list_name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_LIST_WIDTHS):
        listed.set_column(at, at, width, wrapped)
    heads = marking.list_heads
    put_row(listed, 0, [*heads], head_style(book))
    for row, remark in enumerate(remarks[:_LISTED], start=1):
        texts = _listed(remark)[: len(heads)]
        widths = [*_LIST_WIDTHS[: len(heads)]]
        put_wrapped(listed, row, texts, widths=widths, style=wrapped)
    if more := len(remarks[_LISTED:]):
        text = gettext("And %(count)s more, in the column “%(head)s” of each sheet.")
        put(listed, _LISTED + 1, 0, text % {"count": more, "head": marking.head})


def _listed(remark: Remark) -> list[str]:
    return [
        remark.sheet,
        str(remark.row or ""),
        remark.column,
        remark.value,
        remark.text,
        remark.allowed,
    ]
