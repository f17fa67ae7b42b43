"""The lists to choose from in a workbook, and where each entry holds."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import TypeAlias

from django.utils.translation import gettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from members.names import fold
from members.sheets.writing import add_page, head_style, put_wrapped
from members.spreadsheets.cells import ROLL_LIMITS, column_letter
from members.workbook.layout import Layout

# A sheet of this name is ignored when the workbook comes back.
LISTS_SHEET = "Danh mục"

Place: TypeAlias = tuple[Layout, str]  # a column: its sheet, its field
# Labels to choose from, and to what alone each applies; "" is everything.
Lists: TypeAlias = dict[Place, dict[str, str]]

_LABEL_WIDTH, _ONLY_WIDTH = 28, 22
_LONGEST_TITLE = 32  # Excel's own limit


def offer_lists(
    sheet: Worksheet, layout: Layout, heads: Iterable[str], lists: Lists
) -> None:
    """Give each column its list, in whatever order and spelling the heads stand."""
    fields = {text: head.field for head in layout.heads for text in head.spellings}
    for column, head in enumerate(heads):
        field = fields.get(fold(head))
        if field and lists.get((layout, field)):
            _offer_list(sheet, column, (layout, field), lists)


def add_lists(book: Workbook, lists: Lists) -> None:
    """Add the sheet from which the lists are taken."""
    sheet = add_page(book, LISTS_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heads: list[str] = []
    widths: list[int] = []
    columns: list[list[str]] = []
    for (layout, field), entries in lists.items():
        # Two sheets may have a column of the same name.
        heads.append(f"{layout.name}: {layout.head_of(field).label}")
        widths.append(_LABEL_WIDTH)
        columns.append(list(entries))
        if _is_limited(entries):
            heads.append(gettext("Only for"))
            widths.append(_ONLY_WIDTH)
            columns.append(list(entries.values()))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    put_wrapped(sheet, 0, heads, widths=widths, style=head_style(book))
    for row, texts in enumerate(zip_longest(*columns, fillvalue=""), start=1):
        put_wrapped(sheet, row, list(texts), widths=widths, style=wrapped)


def _is_limited(entries: Mapping[str, str]) -> bool:
    return any(entries.values())


def _column_of(place: Place, lists: Lists) -> int:
    before = list(lists.values())[: list(lists).index(place)]
    return len(before) + sum(map(_is_limited, before))


def _offer_list(sheet: Worksheet, column: int, place: Place, lists: Lists) -> None:
    letter = column_letter(_column_of(place, lists))
    last_row = len(lists[place]) + 1
    choices = {
        "validate": "list",
        "source": f"='{LISTS_SHEET}'!${letter}$2:${letter}${last_row}",
        # Codes, short labels and other spellings are read as well.
        "error_type": "warning",
        "error_title": gettext("Not in the list")[:_LONGEST_TITLE],
        "error_message": gettext("This text is not in the list. Keep it?"),
    }
    sheet.data_validation(1, column, ROLL_LIMITS.max_rows, column, choices)
