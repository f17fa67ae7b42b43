"""The statistical forms as a workbook: a sheet each, with sums as formulas.

Source: docs/rules/documents.md § 6.6, § 13.
"""

import io
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.documents.head import DocumentHead
from reports.documents.printouts import Grid
from reports.documents.rollup_xlsx import OPTIONS, properties_of
from reports.documents.statistical_forms import (
    Counted,
    StatisticalForm,
    form_grid,
    forms_of,
)
from reports.documents.tables import Kind
from reports.documents.terms import Terms, reading_in
from reports.documents.xlsx_sheets import A3, Formats, Sheet, print_across

LABEL_COLUMNS = 2
WIDTHS = (5, 58, 11)  # characters: number, words, counts


def forms_workbook(
    counted: Counted, head: DocumentHead, terms: Terms, *, unit: str
) -> bytes:
    """Return the workbook; equal arguments give equal bytes."""
    content = io.BytesIO()
    with reading_in(head.language), Workbook(content, OPTIONS) as workbook:
        workbook.set_properties(properties_of(head))
        formats = Formats(workbook)
        names = _sheet_names()
        for form in forms_of(counted, terms, on=date(head.year, 12, 31)):
            page = workbook.add_worksheet(names[form.subject])
            _write(Sheet(page, formats), form, terms, unit)
    return content.getvalue()


def _sheet_names() -> dict[str, str]:
    return {
        "grassroots": pgettext("sheet", "Grassroots"),
        "cells": pgettext("sheet", "Cells"),
        "members": pgettext("sheet", "Members"),
        "collectives": pgettext("sheet", "Collectives"),
    }


def _write(sheet: Sheet, form: StatisticalForm, terms: Terms, unit: str) -> None:
    sheet.say(_("Statistical form"), sheet.formats.note())
    sheet.say(f"{form.title} – {unit}", sheet.formats.title())
    sheet.row += 1
    top = sheet.row
    _heads(sheet, form_grid(form, terms))
    first = sheet.row
    for row in form.rows:
        _row(sheet, form, row.key, first)
    for note in form.notes:
        sheet.say(note, sheet.formats.note())
    page = sheet.page
    page.freeze_panes(first, LABEL_COLUMNS)
    page.repeat_rows(top, first - 1)
    for at, width in enumerate(WIDTHS[:LABEL_COLUMNS]):
        page.set_column(at, at, width)
    page.set_column(LABEL_COLUMNS, LABEL_COLUMNS + len(form.columns), WIDTHS[-1])
    print_across(page)
    page.set_paper(A3)


def _heads(sheet: Sheet, grid: Grid) -> None:
    look = sheet.formats.head()
    for row, heads in enumerate(grid.heads, sheet.row):
        sheet.page.set_row(row, 45)
        for head in heads:
            last = row + head.rows - 1, head.at + head.columns - 1
            _over(sheet.page, (row, head.at), last, head.text, look)
    sheet.row += len(grid.heads)
    for at, text in enumerate(grid.numbers):
        numbered = sheet.formats.look(italic=True, border=1, align="center")
        sheet.page.write_string(sheet.row, at, text, numbered)
    sheet.row += 1


def _over(
    page: Worksheet,
    first: tuple[int, int],
    last: tuple[int, int],
    text: str,
    look: object,
) -> None:
    if first == last:
        page.write_string(*first, text, look)
    else:
        page.merge_range(*first, *last, text, look)


def _row(sheet: Sheet, form: StatisticalForm, key: str, first: int) -> None:
    rows = [row.key for row in form.rows]
    columns = [column.key for column in form.columns]
    row = form.rows[rows.index(key)]
    label = sheet.formats.look(border=1, indent=row.depth, text_wrap=True)
    centred = sheet.formats.look(border=1, align="center")
    sheet.page.write_string(sheet.row, 0, row.number, centred)
    sheet.page.write_string(sheet.row, 1, row.label, label)
    look = sheet.formats.cell(Kind.COUNT, 0)
    for at, column in enumerate(form.columns, LABEL_COLUMNS):
        count = form.counts[key][column.key]
        summed = [
            xl_rowcol_to_cell(sheet.row, LABEL_COLUMNS + columns.index(part))
            for part in column.parts
        ] or [xl_rowcol_to_cell(first + rows.index(part), at) for part in row.parts]
        if summed:
            formula = f"={'+'.join(summed)}"
            sheet.page.write_formula(sheet.row, at, formula, look, count)
        else:
            sheet.put(at, count, look)
    sheet.row += 1
