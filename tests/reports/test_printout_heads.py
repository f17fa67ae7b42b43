"""Heads of tables that neighbours share: merged alike in print and in Word."""

import re

from reports.documents.printout_html import to_html
from reports.documents.printouts import Column, Grid, HeadCell
from reports.documents.word import to_docx
from tests.reports.printouts import MAIN, document_of, printout, says_the_same, sheet

GRID = Grid(
    columns=(
        Column("TT", 10),
        Column("Tổng", 11, over=("Doanh nghiệp",)),
        Column("100%", 11, over=("Doanh nghiệp", "Nhà nước")),
        Column("50%", 11, over=("Doanh nghiệp", "Nhà nước")),
        Column("Cổ phần", 11, over=("Doanh nghiệp", "Tư nhân")),
        Column("Khác"),
    ),
    rows=(("1", "2", "3", "4", "5", "6"),),
    numbers=("(1)", "(2)", "(3)", "(4)", "(5)", ""),
    is_small=True,
)


def test_what_neighbours_share_stands_once_over_all_of_them():
    assert GRID.heads == [
        [
            HeadCell("TT", 0, rows=3),
            HeadCell("Doanh nghiệp", 1, columns=4),
            HeadCell("Khác", 5, rows=3),
        ],
        [
            HeadCell("Tổng", 1, rows=2),
            HeadCell("Nhà nước", 2, columns=2),
            HeadCell("Tư nhân", 4),
        ],
        [HeadCell("100%", 2), HeadCell("50%", 3), HeadCell("Cổ phần", 4)],
    ]


def test_without_shared_heads_there_is_one_row():
    plain = Grid(columns=(Column("TT"), Column("Tên")), rows=())

    assert plain.heads == [[HeadCell("TT", 0), HeadCell("Tên", 1)]]


def test_every_row_of_heads_fills_the_width_in_print_and_in_word():
    file = printout(sheet(GRID), is_a3=True)

    head = re.search(r"<thead>(.*?)</thead>", to_html(file), re.DOTALL)[1]
    covered = sum(
        int(columns or 1) * int(rows or 1)
        for columns, rows in re.findall(
            r'<th scope="col"(?: colspan="(\d)")?(?: rowspan="(\d)")?>', head
        )
    )
    assert covered == 3 * len(GRID.columns)

    table = list(document_of(to_docx(file)).iter(f"{MAIN}tbl"))[-1]
    heads = [
        row
        for row in table.iter(f"{MAIN}tr")
        if row.find(f".//{MAIN}tblHeader") is not None
    ]
    assert len(heads) == 3 + 1  # and the numbers
    for row in heads:
        spans = [
            int(span.get(f"{MAIN}val")) if span is not None else 1
            for span in (
                cell.find(f".//{MAIN}gridSpan") for cell in row.iter(f"{MAIN}tc")
            )
        ]
        assert sum(spans) == len(GRID.columns)
    merged = [each.get(f"{MAIN}val") for each in table.iter(f"{MAIN}vMerge")]
    # Two heads go on over two rows more, one over one.
    assert (merged.count("restart"), merged.count("continue")) == (3, 5)
    assert says_the_same(file)


def test_a_large_sheet_is_a3_across():
    file = printout(sheet(GRID), is_a3=True)

    assert "size: A3 landscape" in to_html(file)
    size = document_of(to_docx(file)).find(f".//{MAIN}pgSz")
    assert size.get(f"{MAIN}orient") == "landscape"
    assert int(size.get(f"{MAIN}w")) > int(size.get(f"{MAIN}h")) > 16_000
