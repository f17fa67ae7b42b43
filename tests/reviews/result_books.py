"""Results workbooks as files, written from the rows of `result_sheets`."""

import io

import xlsxwriter

from tests.reviews.result_sheets import (
    PEOPLE_NAME,
    PERSON,
    PERSON_HEADS,
    TREE,
    UNIT_HEADS,
    UNITS_NAME,
)


def book_of(units=TREE, people=(PERSON,)) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, heads, rows in (
            (UNITS_NAME, UNIT_HEADS, units),
            (PEOPLE_NAME, PERSON_HEADS, people),
        ):
            sheet = book.add_worksheet(name)
            for at, row in enumerate((heads, *rows)):
                for column, text in enumerate(row):
                    sheet.write_string(at, column, text)
    return file.getvalue()
