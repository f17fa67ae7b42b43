"""A table, a statement or a text as a sheet, with its sums and percents as formulas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.documents.tables import Cell, Column, Kind, Line, Statement, Table
from reports.documents.terms import NOTHING

A4, A3 = 9, 8  # the numbers of papers in the file format
CHARACTERS_PER_MM = 0.58
NAME_WIDTH = 46  # characters
LABEL_WIDTH = 62
TEXT_WIDTH = 64
LINE_HEIGHT = 15  # points
NARROWNESS = 1.15  # letters of the face in the width of a character

# Excel shows these with the marks of the reader's own country.
NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.MARK: '"×";;',
    Kind.PERCENT: "0.00",
    Kind.RATE: '0.##"%"',
}
WHOLE_RATE = '0"%"'


class Formats:
    """The looks of cells; each is made once, as the file format wants it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def look(self, **properties: object) -> Format:
        """Return the format with these properties of XlsxWriter."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(
                {"font_name": "Times New Roman", "valign": "vcenter", **properties}
            )
        return self._made[key]

    def title(self) -> Format:
        """Return the look of a title."""
        return self.look(bold=True, font_size=14)

    def note(self) -> Format:
        """Return the look of what stands under a title."""
        return self.look(italic=True)

    def head(self) -> Format:
        """Return the look of a column's head."""
        return self.look(
            bold=True, border=1, bg_color="#EEEEEE", align="center", text_wrap=True
        )

    def cell(self, kind: Kind, cell: Cell, *, is_total: bool = False) -> Format:
        """Return the look of a value in a table."""
        looks: dict[str, object] = {"border": 1}
        if kind in NUMBER_FORMATS:
            is_counted = is_total and kind is Kind.MARK
            kind = Kind.COUNT if is_counted else kind
            looks["num_format"] = NUMBER_FORMATS[kind]
            if kind is Kind.RATE and isinstance(cell, Decimal) and cell % 1 == 0:
                looks["num_format"] = WHOLE_RATE
        if kind in (Kind.MARK, Kind.VERDICT):
            looks["align"] = "center"
        if kind is Kind.PERCENT:
            looks["align"] = "right"  # a dash is a text and would stand left
        if kind is Kind.TEXT:
            looks["text_wrap"] = True
            looks["align"] = "center" if isinstance(cell, int) else "left"
        if is_total:
            looks |= {"bold": True, "bg_color": "#EEEEEE"}
        return self.look(**looks)

    def label(self, line: Line) -> Format:
        """Return the look of a statement's label, set in by its depth."""
        is_sum = bool(line.parts) and not line.base
        return self.look(border=1, indent=line.depth, bold=is_sum, text_wrap=True)


@dataclass(slots=True)
class Sheet:
    """A sheet that is written from the top, with the row that is free next."""

    page: Worksheet
    formats: Formats
    row: int = 0

    def say(self, text: str, look: Format | None = None) -> None:
        """Write a line of text and go on to the next row."""
        self.page.write_string(self.row, 0, text, look)
        self.row += 1

    def make_room(self, text: Cell, width: float) -> None:
        """Set the row as high as a wrapped text needs; only Excel does so by itself."""
        lines = ceil(len(str(text)) / (width * NARROWNESS))
        if lines > 1:
            self.page.set_row(self.row, lines * LINE_HEIGHT)

    def put(self, column: int, value: Cell, look: Format) -> None:
        """Write a value as what it is: a number, or a text that is never a formula."""
        if isinstance(value, bool) or value is None:
            self.page.write_blank(self.row, column, None, look)
        elif isinstance(value, str):
            self.page.write_string(self.row, column, value, look)
        else:
            self.page.write_number(self.row, column, float(value), look)


def table_sheet(sheet: Sheet, table: Table, *, about: str) -> None:
    """Write a whole table: heads that stay in sight, rows, and a total."""
    sheet.say(table.title, sheet.formats.title())
    for text in (about, *table.notes):
        sheet.say(text, sheet.formats.note())
    sheet.row += 1
    top = sheet.row
    _heads(sheet, table.columns)
    first = sheet.row
    for row in table.rows:
        _row(sheet, table, row)
    if table.total:
        _total(sheet, table, first)
    sheet.page.freeze_panes(first, 2)
    sheet.page.repeat_rows(top, first - 1)
    for at, column in enumerate(table.columns):
        width = column.width * CHARACTERS_PER_MM if column.width else NAME_WIDTH
        sheet.page.set_column(at, at, width)
    print_across(sheet.page)


def _heads(sheet: Sheet, columns: Sequence[Column]) -> None:
    """Write the groups, under them the columns, and their numbers, which notes name."""
    look, row = sheet.formats.head(), sheet.row
    numbered = sheet.formats.look(italic=True, border=1, align="center")
    for at, column in enumerate(columns):
        sheet.page.write_string(row + 2, at, f"({at + 1})", numbered)
        if not column.group:
            sheet.page.merge_range(row, at, row + 1, at, column.head, look)
            continue
        sheet.page.write_string(row + 1, at, column.head, look)
        if at == 0 or columns[at - 1].group != column.group:
            last = at + sum(each.group == column.group for each in columns) - 1
            sheet.page.merge_range(row, at, row, last, column.group, look)
    sheet.page.set_row(row, 48)
    sheet.page.set_row(row + 1, 48)
    sheet.row += 3


def _row(sheet: Sheet, table: Table, row: Mapping[str, Cell]) -> None:
    sheet.make_room(row["name"], NAME_WIDTH)
    for at, (column, value) in enumerate(
        zip(table.columns, table.cells(row), strict=True)
    ):
        look = sheet.formats.cell(column.kind, value)
        if column.kind is Kind.VERDICT and value is not None:
            sheet.put(at, column.words[bool(value)], look)
        elif column.kind is Kind.PERCENT:
            _percent(sheet, at, table, value, look)
        elif column.parts:
            places = [_place(sheet.row, table, key) for key in column.parts]
            _formula(sheet, at, "+".join(places), value, look)
        else:
            sheet.put(at, value, look)
    sheet.row += 1


def _total(sheet: Sheet, table: Table, first: int) -> None:
    assert table.total is not None
    for at, (column, value) in enumerate(
        zip(table.columns, table.cells(table.total), strict=True)
    ):
        look = sheet.formats.cell(column.kind, value, is_total=True)
        if column.kind is Kind.PERCENT:
            _percent(sheet, at, table, value, look)
        elif column.kind in (Kind.COUNT, Kind.MARK):
            top = xl_rowcol_to_cell(first, at)
            bottom = xl_rowcol_to_cell(sheet.row - 1, at)
            _formula(sheet, at, f"SUM({top}:{bottom})", value, look)
        else:
            sheet.put(at, value, look)
    sheet.row += 1


def _percent(sheet: Sheet, at: int, table: Table, value: Cell, look: Format) -> None:
    column = table.columns[at]
    count, base = (_place(sheet.row, table, key) for key in (column.of, column.base))
    _formula(sheet, at, percent_formula(count, base), value, look)


def percent_formula(count: str, base: str) -> str:
    """Return the percent of two cells, rounded half up; a dash on a base of nought.

    Ten thousand times the count comes before the division, so that a half is met
    exactly and not by a binary fraction beside it.
    """
    return f'IF({base}=0,"{NOTHING}",ROUND(10000*{count}/{base},0)/100)'


def _place(row: int, table: Table, key: str) -> str:
    return str(xl_rowcol_to_cell(row, table.number_of(key) - 1))


def _formula(sheet: Sheet, at: int, formula: str, value: Cell, look: Format) -> None:
    """Write a formula with the value that it gives, for viewers that do not calculate."""
    shown = NOTHING if value is None else float(value)
    sheet.page.write_formula(sheet.row, at, f"={formula}", look, shown)


def statement_block(sheet: Sheet, statement: Statement) -> None:
    """Write a statement below what is on the sheet."""
    sheet.say(statement.title, sheet.formats.title())
    look = sheet.formats.head()
    sheet.page.write_string(sheet.row, 0, pgettext("table", "Figure"), look)
    for at, head in enumerate(statement.heads):
        sheet.page.write_string(sheet.row, 1 + 2 * at, head, look)
        sheet.page.write_string(sheet.row, 2 + 2 * at, "%", look)
    sheet.row += 1
    rows = {line.key: sheet.row + at for at, line in enumerate(statement.lines)}
    for line in statement.lines:
        _line(sheet, statement, line, rows)
    sheet.row += 1


def _line(
    sheet: Sheet, statement: Statement, line: Line, rows: Mapping[str, int]
) -> None:
    sheet.make_room(line.label, LABEL_WIDTH)
    sheet.page.write_string(sheet.row, 0, line.label, sheet.formats.label(line))
    percents = statement.percents(line) or (None,) * len(line.counts)
    for at, (count, percent) in enumerate(zip(line.counts, percents, strict=True)):
        column = 1 + 2 * at
        look = sheet.formats.cell(Kind.COUNT, count)
        if line.parts:
            places = [xl_rowcol_to_cell(rows[key], column) for key in line.parts]
            _formula(sheet, column, "+".join(places), count, look)
        else:
            sheet.put(column, count, look)
        look = sheet.formats.cell(Kind.PERCENT, percent)
        if line.base:
            places = [
                xl_rowcol_to_cell(row, column) for row in (sheet.row, rows[line.base])
            ]
            _formula(sheet, column + 1, percent_formula(*places), percent, look)
        else:
            sheet.put(column + 1, None, look)
    sheet.row += 1


def text_block(sheet: Sheet, heading: str, paragraphs: Iterable[str]) -> None:
    """Write a heading with its paragraphs below what is on the sheet."""
    sheet.say(heading, sheet.formats.look(bold=True))
    for paragraph in paragraphs:
        sheet.make_room(paragraph, TEXT_WIDTH)
        sheet.say(paragraph, sheet.formats.look(text_wrap=True, valign="top"))


def print_across(page: Worksheet) -> None:
    """Set a sheet up for print: A4, landscape, as wide as one page."""
    page.set_landscape()
    _print_on_a4(page)


def print_down(page: Worksheet) -> None:
    """Set a sheet up for print: A4, portrait, as wide as one page."""
    _print_on_a4(page)


def _print_on_a4(page: Worksheet) -> None:
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)  # 30, 15, 20, 20 mm
    page.set_header("&C&P")
