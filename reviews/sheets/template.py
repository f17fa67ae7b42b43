"""The empty results workbook, with lists to choose from and a page of help."""

from collections.abc import Sequence
from typing import IO

from xlsxwriter import Workbook

from campaigns.rulesets import RuleSet
from members.vocabulary import Vocabulary
from reviews.sheets.guide import add_help
from reviews.sheets.lists import Lists, add_lists, lists_of, offer_lists
from reviews.sheets.writing import add_page, head_style, new_book, put_row
from reviews.workbook.layout import LAYOUTS, Field, Layout

_WIDTHS = {
    Field.NAME: 38,
    Field.KIND: 28,
    Field.SECTOR: 40,
    Field.STATUS: 32,
    Field.LEVEL: 42,
    Field.REASON: 42,
}
_USUAL_WIDTH = 17


def write_template(
    stream: IO[bytes],
    *,
    vocabulary: Vocabulary,
    rule_sets: Sequence[RuleSet],
    year: int | None = None,
) -> None:
    """Write an empty results workbook to the stream.

    Shape: with a year the lists offer what is valid at its end, else everything;
        the levels are those of all rule sets given, the newest first.
    """
    lists = lists_of(vocabulary, rule_sets, year=year)
    with new_book(stream) as book:
        for layout in LAYOUTS:
            _add_sheet(book, layout, lists)
        add_lists(book, lists)
        add_help(book)


def _add_sheet(book: Workbook, layout: Layout, lists: Lists) -> None:
    sheet = add_page(book, layout.name)
    # As text, or Excel makes 1905 of the year 1960 and drops the zeros of codes.
    as_text = book.add_format({"num_format": "@"})
    for at, head in enumerate(layout.heads):
        sheet.set_column(at, at, _WIDTHS.get(head.field, _USUAL_WIDTH), as_text)
    labels = [head.label for head in layout.heads]
    offer_lists(sheet, layout, labels, lists)
    put_row(sheet, 0, labels, head_style(book))
