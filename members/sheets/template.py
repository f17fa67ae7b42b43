"""An empty workbook, or one that holds rows, with lists to choose from and help."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from xlsxwriter import Workbook

from members.sheets.guide import Help, add_help
from members.sheets.lists import Lists, add_lists, offer_lists
from members.sheets.writing import add_page, head_style, new_book, put_row
from members.workbook.layout import Layout

USUAL_WIDTH = 17


@dataclass(frozen=True, slots=True)
class Offer:
    """What a kind of workbook gives whoever fills it in."""

    layouts: tuple[Layout, ...]
    lists: Lists
    help: Help
    widths: Mapping[str, int]  # of columns, by their fields


def write_book(
    stream: IO[bytes], offer: Offer, rows: Mapping[str, Iterable[list[str]]]
) -> None:
    """Write a workbook whose sheets hold these rows below their heads.

    Shape: `rows` by the names of sheets, cells in the order of the heads; a sheet that
        is not named is empty.
    """
    with new_book(stream) as book:
        for layout in offer.layouts:
            _add_sheet(book, layout, offer, rows.get(layout.name, ()))
        add_lists(book, offer.lists)
        add_help(book, offer.help)


def _add_sheet(
    book: Workbook, layout: Layout, offer: Offer, rows: Iterable[list[str]]
) -> None:
    sheet = add_page(book, layout.name)
    # As text, or Excel makes 1905 of the year 1960 and drops the zeros of codes.
    as_text = book.add_format({"num_format": "@"})
    for at, head in enumerate(layout.heads):
        width = offer.widths.get(head.field, USUAL_WIDTH)
        sheet.set_column(at, at, width, as_text)
    labels = [head.label for head in layout.heads]
    offer_lists(sheet, layout, labels, offer.lists)
    put_row(sheet, 0, labels, head_style(book))
    for row, texts in enumerate(rows, start=1):
        put_row(sheet, row, texts, as_text)
