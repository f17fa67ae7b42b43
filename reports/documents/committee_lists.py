"""The lists of a committee: one table each, for the page, for print, Word and Excel.

People stand in the order of the tree and of the rolls, never by a measure.
Source: docs/rules/documents.md § 14.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from xlsxwriter.workbook import Workbook

from reports.documents.head import DocumentHead
from reports.documents.issuing import issued, issuer_letterhead, numbered_grid
from reports.documents.printouts import (
    Block,
    Column,
    Grid,
    Heading,
    Level,
    Line,
    Look,
    Printout,
    Sheet,
    closing,
    gloss,
    number_line,
)
from reports.documents.rollup_xlsx import OPTIONS, properties_of
from reports.documents.tables import Column as TableColumn
from reports.documents.tables import Kind, Table
from reports.documents.terms import reading_in
from reports.documents.xlsx_sheets import Formats, table_sheet
from reports.documents.xlsx_sheets import Sheet as Page

NUMBER_MM = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeList:
    """One list with its head; `about` is prescribed and stays Vietnamese.

    **Shape:** the texts of `table` by the keys of its columns, the first of which is
    "name"; its title is in the reader's language, `counts` how many of which case.
    """

    head: DocumentHead
    heading: str  # "DANH SÁCH"
    about: str
    table: Table
    counts: Sequence[tuple[str, int]] = ()
    is_landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CommendationRequest:
    """The letter that asks for commendations, with whom and what it asks for."""

    head: DocumentHead
    addressed_to: str
    rules: str  # the citation of the rule set
    years: int
    people: Table
    organisations: Table


def list_printout(paper: CommitteeList) -> Printout:
    """Return a list; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        sheet = Sheet(
            letterhead=issuer_letterhead(head, on=head.issued_on),
            heading=(paper.heading,),
            gloss=gloss(paper.table.title),
            below=Line(paper.about, Look.ABSTRACT),
            blocks=(
                Line(counted(paper)),
                *(Line(note) for note in paper.table.notes),
                *((_grid(paper.table),) if paper.table.rows else ()),
                closing(head.signatories, recipients=head.recipients),
            ),
        )
        title = f"{paper.heading}: {paper.about}"
        return issued(head, title, sheet, is_landscape=paper.is_landscape)


def list_workbook(paper: CommitteeList) -> bytes:
    """Return the list as a workbook of one sheet; equal arguments give equal bytes."""
    content = io.BytesIO()
    head = paper.head
    with reading_in(head.language), Workbook(content, OPTIONS) as workbook:
        workbook.set_properties({**properties_of(head), "title": paper.table.title})
        page = Page(workbook.add_worksheet(), Formats(workbook))
        table_sheet(
            page, _numbered(paper.table), about=f"{head.issuer} – {paper.about}"
        )
    return content.getvalue()


def counted(paper: CommitteeList) -> str:
    """Return how many lines there are, and of which cases."""
    total = len(paper.table.rows)
    if not total:
        return _("Nobody and nothing stands on this list.")
    text = ngettext("%(count)d line", "%(count)d lines", total) % {"count": total}
    cases = "; ".join(f"{case} {count}" for case, count in paper.counts if count)
    return f"{text}: {cases}." if cases else f"{text}."


def request_printout(paper: CommendationRequest) -> Printout:
    """Return the letter with its lists; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        about = f"đề nghị khen thưởng năm\N{NO-BREAK SPACE}{head.year}"
        sheet = Sheet(
            letterhead=issuer_letterhead(
                head, number=number_line(head.symbol, head.reference), on=head.issued_on
            ),
            heading=("TỜ TRÌNH",),
            gloss=gloss(_("Letter of request")),
            below=Line(about, Look.ABSTRACT),
            blocks=(
                Line(f"Kính gửi: {paper.addressed_to}", Look.TO),
                *map(Line, _request(paper)),
                closing(head.signatories, recipients=head.recipients),
                *_annex((paper.people, paper.organisations)),
            ),
        )
        return issued(head, f"TỜ TRÌNH: {about}", sheet)


def _request(paper: CommendationRequest) -> list[str]:
    words = {
        "rules": paper.rules,
        "people": len(paper.people.rows),
        "organisations": len(paper.organisations.rows),
        "years": paper.years,
    }
    return [
        _(
            "By %(rules)s, the best level was decided for %(years)d years running for "
            "%(people)d members and %(organisations)d party organisations (lists attached)."
        )
        % words,
        _("We ask %s to consider and decide.") % paper.addressed_to,
    ]


def _annex(tables: Sequence[Table]) -> list[Block]:
    """Give the lists that have lines below each other, the first on a page of its own."""
    blocks: list[Block] = []
    for table in tables:
        if table.rows:
            first = not blocks
            title = table.title.upper()
            blocks.append(Heading(title, Level.ANNEX, on_new_page=first))
            blocks.append(_grid(table))
    return blocks


def _grid(table: Table) -> Grid:
    columns = (
        Column(each.head, int(each.width) or None, is_name=each.key == "name")
        for each in table.columns
    )
    rows = (
        tuple(str(cell if cell is not None else "") for cell in table.cells(row))
        for row in table.rows
    )
    return numbered_grid(*columns, rows=rows)


def _numbered(table: Table) -> Table:
    """Return the table with a running number, as print has it."""
    number = TableColumn(key="number", head=_("No."), kind=Kind.TEXT, width=NUMBER_MM)
    return Table(
        key=table.key,
        title=table.title,
        columns=(number, *table.columns),
        rows=tuple({**row, "number": at} for at, row in enumerate(table.rows, start=1)),
        notes=table.notes,
    )
