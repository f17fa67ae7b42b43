"""The page of help in a workbook: what to enter in each column."""

from collections.abc import Mapping
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext
from xlsxwriter import Workbook

from members.sheets.lists import Place
from members.sheets.writing import add_page, head_style, put_row, put_wrapped

# A sheet of this name is ignored when the workbook comes back.
HELP_SHEET = "Hướng dẫn"

Help: TypeAlias = Mapping[Place, str | Promise]

_HELP_WIDTHS = [14, 34, 90]


def add_help(book: Workbook, texts: Help) -> None:
    """Add the page; a row for each column of every sheet."""
    sheet = add_page(book, HELP_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_HELP_WIDTHS):
        sheet.set_column(at, at, width, wrapped)
    heads = [gettext("Sheet"), gettext("Column"), gettext("What to enter")]
    put_row(sheet, 0, heads, head_style(book))
    for row, ((layout, field), text) in enumerate(texts.items(), start=1):
        label = layout.head_of(field).label
        texts_of_row = [layout.name, label, str(text)]
        put_wrapped(sheet, row, texts_of_row, widths=_HELP_WIDTHS, style=wrapped)
