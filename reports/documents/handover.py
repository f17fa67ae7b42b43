"""The slip on which the file of a cell is handed up, or back for completion.

It counts papers, and holds no name and no level; who hands over and who takes over sign.
Source: docs/rules/decisions.md § 5; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    numbered_grid,
    to_be_written,
)
from reports.documents.printouts import (
    Align,
    Column,
    Grid,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    Signing,
    gloss,
    in_sections,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import NOTHING, reading_in

ROW_MM = 9  # to write in by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPaper:
    """All that one slip is made of; the head is that of who hands over."""

    head: DocumentHead
    cell: str
    giver: str
    taker: str
    version: int  # of the file
    minutes: str
    minutes_on: date
    sent_on: date | None
    answered_on: date | None  # received, or returned
    reason: str  # for the return; "" where it goes up
    papers: Sequence[tuple[str, int | None]]  # None: how many is not known here

    @property
    def goes_back(self) -> bool:
        """Whether it was returned for completion."""
        return bool(self.reason)


def handover_printout(paper: HandoverPaper) -> Printout:
    """Return the slip; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        back = ", trả lại để hoàn thiện" if paper.goes_back else ""
        about = f"hồ sơ {head.abstract} của {paper.cell}{back}"
        sheet = Sheet(
            letterhead=issuer_letterhead(head),
            heading=("PHIẾU GIAO NHẬN",),
            gloss=gloss(_("Handover slip")),
            below=Line(about, Look.ABSTRACT),
            blocks=(*in_sections(_sections(paper)), _signing()),
        )
        return issued(head, f"{_('Handover slip')}: {about}", sheet)


def _sections(paper: HandoverPaper) -> Iterator[NumberedSection]:
    yield NumberedSection(_("Who hands over, and to whom"), tuple(_parties(paper)))
    yield NumberedSection(_("Papers of the file"), (), _papers(paper))
    if paper.goes_back:
        why = tuple(filter(str.strip, paper.reason.splitlines()))
        yield NumberedSection(_("Why it is returned"), why)


def _parties(paper: HandoverPaper) -> Iterator[str]:
    yield _("Hands over: %s.") % paper.giver
    yield _("Takes over: %s.") % paper.taker
    yield _("The file: version %(number)d, by the minutes %(minutes)s of %(day)s.") % {
        "number": paper.version,
        "minutes": paper.minutes,
        "day": display_day(paper.minutes_on),
    }
    yield _("Sent in the program on: %s.") % display_day(paper.sent_on)
    answered = display_day(paper.answered_on) or to_be_written()
    if paper.goes_back:
        yield _("Returned for completion on: %s.") % answered
    else:
        yield _("Received on: %s.") % answered


def _papers(paper: HandoverPaper) -> Grid:
    return numbered_grid(
        Column(_("Paper"), is_name=True),
        Column(_("In the program"), 28, Align.CENTRE),
        Column(_("Handed over"), 28),
        Column(_("Note"), 32),
        rows=(
            (name, NOTHING if count is None else str(count), "", "")
            for name, count in paper.papers
        ),
        row_height=ROW_MM,
    )


def _signing() -> Signing:
    note = "(Ký, ghi rõ họ tên)"
    meaning = _("signature, full name")
    return Signing(
        places=(
            SignaturePlace(
                "BÊN GIAO", gloss(f"{_('Hands over')}; {meaning}"), note=note
            ),
            SignaturePlace(
                "BÊN NHẬN", gloss(f"{_('Takes over')}; {meaning}"), note=note
            ),
        )
    )
