"""The list of who is not reviewed yet, of a cell or of all below a committee.

Source: docs/rules/decisions.md § 6; docs/rules/documents.md § 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    numbered_grid,
    to_be_written,
)
from reports.documents.printouts import (
    Column,
    Grid,
    Line,
    Look,
    Printout,
    Sheet,
    closing,
    gloss,
)
from reports.documents.terms import NOTHING, reading_in, small_first
from reviews.queries.unreviewed import UnreviewedLine, counts_by_status


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreviewedPaper:
    """The people of one list, with their member codes by person."""

    head: DocumentHead
    lines: Sequence[UnreviewedLine]
    codes: dict[int, str]
    with_cells: bool


def unreviewed_printout(paper: UnreviewedPaper) -> Printout:
    """Return the list; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        abstract = f"đảng viên chưa kiểm điểm, xếp loại chất lượng năm\u00a0{head.year}"
        sheet = Sheet(
            letterhead=issuer_letterhead(head, on=head.issued_on),
            heading=("DANH SÁCH",),
            gloss=gloss(_("List")),
            below=Line(abstract, Look.ABSTRACT),
            blocks=(
                Line(_counted(paper)),
                *((_grid(paper),) if paper.lines else ()),
                closing(head.signatories, recipients=head.recipients),
            ),
        )
        return issued(head, f"DANH SÁCH: {abstract}", sheet)


def _counted(paper: UnreviewedPaper) -> str:
    """Return how many there are, and how many of each status."""
    total = len(paper.lines)
    if not total:
        return _("Everybody is reviewed, or has a level.")
    text = ngettext(
        "%(count)d member is not reviewed yet: %(cases)s.",
        "%(count)d members are not reviewed yet: %(cases)s.",
        total,
    )
    listed = ", ".join(
        f"{small_first(status)} {count}"
        for status, count in counts_by_status(paper.lines)
    )
    return text % {"count": total, "cases": listed}


def _grid(paper: UnreviewedPaper) -> Grid:
    columns = (
        Column(_("Full name"), is_name=True),
        Column(_("Member code"), 23),
        *((Column(_("Party cell"), 32),) if paper.with_cells else ()),
        Column(_("Case"), 36),
        Column(_("Reason"), 32),
    )
    rows = (
        (
            line.participant.full_name,
            paper.codes.get(line.participant.member_id, ""),
            *((line.unit.name,) if paper.with_cells else ()),
            line.case,
            _reason(line),
        )
        for line in paper.lines
    )
    return numbered_grid(*columns, rows=rows)


def _reason(line: UnreviewedLine) -> str:
    if not line.needs_reason:
        return NOTHING
    return line.reason or to_be_written()
