"""The roll-up as one HTML document for print, in the prescribed party format.

Everything is worked out here; the templates only lay it out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import pgettext

from campaigns.rulesets import RuleSet
from members.documents import qr_drawing
from members.vocabulary import Vocabulary
from reports.documents.breakdowns import (
    by_sector,
    members_by_unit,
    organisations_by_unit,
)
from reports.documents.ceilings import ceilings_in_print
from reports.documents.head import DocumentHead
from reports.documents.method import method_note
from reports.documents.narrative import narrative
from reports.documents.pdf import FONT
from reports.documents.pictures import Picture, comparison, levels_by_unit
from reports.documents.svg import Style
from reports.documents.tables import Cell, Column, Kind, Line, Statement, Table
from reports.documents.terms import Terms, date_text, rate_text, reading_in
from reports.figures import Rollup

TALLEST_CHART = 830  # units of the view box: a page of A4 less head and caption


@dataclass(frozen=True, slots=True)
class Head:
    """A cell of a table's head."""

    text: str
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell as text with its class: "n" a number, "z" a nought, "t" text."""

    text: str
    css: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table, or a statement, as text."""

    key: str
    title: str
    is_wide: bool
    widths: tuple[str, ...]  # mm; "" takes what is left
    heads: tuple[tuple[Head, ...], ...]
    numbers: tuple[str, ...]
    rows: tuple[tuple[Printed, ...], ...]
    total: tuple[Printed, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section of the report with its table as text."""

    heading: str
    paragraphs: tuple[str, ...]
    table: PrintedTable | None


def rollup_html(
    rollup: Rollup, *, rule_set: RuleSet, vocabulary: Vocabulary, head: DocumentHead
) -> str:
    """Return the whole document; equal arguments give an equal text.

    Raises: FiguresDisagree where the children hold more than the unit.
    """
    with reading_in(head.language):
        terms = Terms(rule_set, vocabulary, head.language)
        context = {
            "head": head,
            "date": date_text(head.issued_on, head.language),
            "is_english": head.language == "en",
            "sections": _sections(rollup, head, terms),
            "tables": _tables(rollup, terms),
            "pictures": _pictures(rollup, head, terms),
            "method": method_note(head, terms),
            "seal": qr_drawing(head.address, title=head.address) if head.code else "",
            "font": FONT,
        }
        return render_to_string("reports/pdf/report.html", context)


def _sections(rollup: Rollup, head: DocumentHead, terms: Terms) -> list[PrintedSection]:
    return [
        PrintedSection(
            section.heading,
            section.paragraphs,
            _printed_statement(section.statement, terms) if section.statement else None,
        )
        for section in narrative(rollup, head, terms)
    ]


def _tables(rollup: Rollup, terms: Terms) -> list[PrintedTable]:
    tables = (
        members_by_unit(rollup, terms),
        *organisations_by_unit(rollup, terms),
        *by_sector(rollup, terms),
        ceilings_in_print(rollup, terms),
    )
    return [_printed_table(table, terms) for table in tables if table]


def _pictures(rollup: Rollup, head: DocumentHead, terms: Terms) -> list[Picture]:
    style = Style(language=terms.language, key="levels", font=FONT)
    pictures = levels_by_unit(rollup, terms, style=style, height=TALLEST_CHART)
    if head.previous:
        number = 2 if pictures else 1
        beside = comparison(
            rollup, head.previous, head.year, terms, number=number, style=style
        )
        pictures += [beside] if beside else []
    return pictures


def _printed_table(table: Table, terms: Terms) -> PrintedTable:
    return PrintedTable(
        key=table.key,
        title=table.title,
        is_wide=table.is_wide,
        widths=tuple(f"{each.width:g}" if each.width else "" for each in table.columns),
        heads=_heads(table.columns),
        numbers=tuple(f"({at})" for at in range(1, len(table.columns) + 1)),
        rows=tuple(
            tuple(_cells(table.columns, table.cells(row), terms)) for row in table.rows
        ),
        total=(
            tuple(_cells(_counting(table.columns), table.cells(table.total), terms))
            if table.total
            else ()
        ),
        notes=table.notes,
    )


def _counting(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return the columns of a total, in which crosses are counted."""
    return tuple(
        replace(column, kind=Kind.COUNT) if column.kind is Kind.MARK else column
        for column in columns
    )


def _heads(columns: tuple[Column, ...]) -> tuple[tuple[Head, ...], ...]:
    """Return one row of heads, or two where neighbouring columns share one."""
    if not any(column.group for column in columns):
        return (tuple(Head(column.head, 1, 1) for column in columns),)
    upper: list[Head] = []
    lower: list[Head] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        grouped = list(members)
        if group:
            upper.append(Head(group, len(grouped), 1))
            lower += [Head(column.head, 1, 1) for column in grouped]
        else:
            upper += [Head(column.head, 1, 2) for column in grouped]
    return tuple(upper), tuple(lower)


def _cells(
    columns: tuple[Column, ...], cells: list[Cell], terms: Terms
) -> Iterator[Printed]:
    for column, cell in zip(columns, cells, strict=True):
        if column.key == "name":
            yield Printed(str(cell), "t", is_head=True)
        elif column.key == "number":
            yield Printed(str(cell or ""), "c")
        else:
            yield _printed(column, cell, terms)


def _printed(column: Column, cell: Cell, terms: Terms) -> Printed:
    kind = column.kind
    if kind is Kind.VERDICT and cell is not None:
        return Printed(column.words[bool(cell)], "c strong" if cell else "c")
    if kind is Kind.MARK and cell in (0, 1):
        return Printed("×" if cell else "", "c")
    if isinstance(cell, Decimal) and kind is Kind.RATE:
        return Printed(rate_text(cell, terms.language) + "%", "n")
    if kind is Kind.TEXT:
        return Printed("" if cell is None else str(cell), "t")
    assert not isinstance(cell, str)
    return _figure(cell, terms)


def _figure(cell: int | Decimal | None, terms: Terms) -> Printed:
    """Return a count, or a percent and its absence, with its own class for noughts."""
    text = terms.count(cell) if isinstance(cell, int) else terms.percent(cell)
    return Printed(text, "n" if cell else "n z")


def _printed_statement(statement: Statement, terms: Terms) -> PrintedTable:
    """Return each head as a count and a percent; lines are set in by their depth."""
    figure = Head(pgettext("table", "Figure"), 1, 2)
    pair = (Head(pgettext("a column of counts", "No."), 1, 1), Head("%", 1, 1))
    heads = (
        (figure, *(Head(head, 2, 1) for head in statement.heads)),
        pair * len(statement.heads),
    )
    rows = tuple(
        _printed_line(line, statement, terms)
        for line in statement.lines
        if any(line.counts) or not line.key.startswith("reasons.")
    )
    return PrintedTable(
        key=f"statement_{statement.key}",
        title=statement.title,
        is_wide=False,
        widths=("", *("19",) * 2 * len(statement.heads)),
        heads=heads,
        numbers=(),
        rows=rows,
        total=(),
        notes=(),
    )


def _printed_line(
    line: Line, statement: Statement, terms: Terms
) -> tuple[Printed, ...]:
    percents = statement.percents(line) or (None,) * len(line.counts)
    css = f"t d{line.depth}" + (" strong" if line.parts and not line.base else "")
    cells = [Printed(line.label, css, is_head=True)]
    for count, percent in zip(line.counts, percents, strict=True):
        cells.append(_figure(count, terms))
        cells.append(_figure(percent, terms) if line.base else Printed("", "n"))
    return tuple(cells)
