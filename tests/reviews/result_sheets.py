"""Sheets of a results workbook as the reading gives them, for tests of what they mean."""

from campaigns.rulesets import load
from members.spreadsheets.cells import Column, Mark, Sheet, column_letter
from members.vocabulary import vocabulary
from members.workbook.findings import Finding
from members.workbook.layout import Layout
from reviews.workbook import Parsed, read_results
from reviews.workbook.layout import PEOPLE, UNITS

UNITS_NAME, PEOPLE_NAME = UNITS.name, PEOPLE.name
UNIT_HEADS = tuple(head.label for head in UNITS.heads)
PERSON_HEADS = tuple(head.label for head in PEOPLE.heads)

# Code, name, code above, kind, sector, level.
ROOT = ("H", "Đảng bộ huyện Yên Lạc", "", "huyện", "", "")
COMMITTEE = ("G", "Đảng bộ xã Bình Định", "H", "đảng bộ cơ sở", "Xã", "")
CELL = ("C", "Chi bộ thôn 1", "G", "chi bộ", "", "Trong sạch, vững mạnh")
TREE = (ROOT, COMMITTEE, CELL)

# Code, name, born, gender, cell, admitted, official, status, level, reason.
PERSON = (
    "DV1",
    "Nguyễn Văn An",
    "17/05/1960",
    "Nam",
    "C",
    "03/02/1985",
    "03/02/1986",
    "được đánh giá",
    "Đủ tư cách, hoàn thành tốt nhiệm vụ",
    "",
)


def marked(cell: object) -> tuple[str, Mark]:
    """A plain text is text; what Excel has made of a cell is given as (text, mark)."""
    if isinstance(cell, tuple):
        return cell
    return str(cell), Mark.TEXT if cell else Mark.EMPTY


def sheet_of(name: str, heads: tuple[str, ...], *rows: tuple) -> Sheet:
    columns = []
    for at, head in enumerate(heads):
        cells = [marked(row[at]) for row in rows]
        columns.append(
            Column(
                column_letter(at),
                head,
                [text for text, _ in cells],
                "".join(mark for _, mark in cells),
            )
        )
    return Sheet(name, list(range(2, len(rows) + 2)), columns)


def sheets_of(units=TREE, people=()) -> dict[str, Sheet]:
    return {
        UNITS_NAME: sheet_of(UNITS_NAME, UNIT_HEADS, *units),
        PEOPLE_NAME: sheet_of(PEOPLE_NAME, PERSON_HEADS, *people),
    }


def parsed(sheets=None, *, rules: str = "hd27-2014", year: int = 2018) -> Parsed:
    return read_results(
        sheets_of() if sheets is None else sheets,
        vocabulary=vocabulary(),
        rule_set=load(rules),
        year=year,
    )


def with_cell(row: tuple, layout: Layout, label: str, cell: object) -> tuple:
    at = [head.label for head in layout.heads].index(label)
    return (*row[:at], cell, *row[at + 1 :])


def brief(findings: tuple[Finding, ...]) -> list[tuple[int, str, str]]:
    """Where and what, for tests in which the rest is not the point."""
    return [(found.row, found.column, found.code) for found in findings]
