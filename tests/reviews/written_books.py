"""Workbooks that are given out, written and opened again."""

import io
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

import openpyxl

from campaigns.rulesets import available, load
from members.sheets.annotated import FAULTS, write_annotated
from members.spreadsheets.cells import ROLL_LIMITS
from members.spreadsheets.reading import read_sheets
from members.vocabulary import vocabulary
from reviews.sheets import offer_of, remark_of, write_template
from reviews.workbook import SHEET_NAMES


def read(data):
    """Read a file as an upload is read."""
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        return read_sheets(Path(file.name), limits=ROLL_LIMITS, names=SHEET_NAMES)


def template_of(*, year=None):
    stream = io.BytesIO()
    write_template(
        stream,
        vocabulary=vocabulary(),
        rule_sets=[load(code) for code in available()],
        year=year,
    )
    return stream.getvalue()


def annotated(sheets, findings, *, marking=FAULTS, rule_set="qd132-2018", year=2018):
    stream = io.BytesIO()
    write_annotated(
        stream,
        sheets,
        list(map(remark_of, findings)),
        marking=marking,
        offer=offer_of(vocabulary(), [load(rule_set)], year=year),
    )
    return stream.getvalue()


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def choices_of(book, sheet_name):
    """The list behind each column of a sheet, by the column's head."""
    sheet = book[sheet_name]
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (place,) = rule.sqref.ranges
        area = re.fullmatch(r"'(.+)'!(.+)", rule.formula1)
        cells = book[area[1]][area[2].replace("$", "")]
        head = sheet.cell(1, place.min_col).value
        found[head] = [cell.value for (cell,) in cells]
        assert (place.min_row, place.max_row) == (2, ROLL_LIMITS.max_rows + 1)
    return found
