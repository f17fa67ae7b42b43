"""The table of proposals for an organisation, and the decision on organisations.

What is prescribed stays Vietnamese, with an English gloss. Organisations stand in the
order of the tree, never by level.
Source: docs/rules/organisation-levels.md § 4; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    numbered_grid,
    to_be_written,
)
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
from reports.documents.terms import NOTHING, reading_in, small_first
from reviews.queries.organisations import ProposalRead


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsPaper:
    """The table of proposals for one organisation or collective."""

    head: DocumentHead
    name: str
    rows: Sequence[ProposalRead]


@dataclass(frozen=True, slots=True)
class ListedBody:
    """One line of a decision on organisations."""

    name: str
    level: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDecisionPaper:
    """What a committee decided on organisations below it."""

    head: DocumentHead
    wording: str
    rules: str
    minutes: str
    minutes_on: date
    present: int
    votes_for: int
    votes_against: int
    bodies: Sequence[ListedBody]
    totals: Sequence[tuple[str, int]]


def proposals_printout(paper: ProposalsPaper) -> Printout:
    """Return the table; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        year = paper.head.year
        abstract = (
            f"đề xuất mức chất lượng của các chủ thể đối với {paper.name} "
            f"năm\u00a0{year}"
        )
        return _printout(
            paper.head,
            heading="TỔNG HỢP",
            meaning=_("Summary of proposals"),
            abstract=abstract,
            blocks=(
                _proposals(paper),
                closing(paper.head.signatories, recipients=paper.head.recipients),
            ),
            is_numbered=False,
        )


def body_decision_printout(paper: BodyDecisionPaper) -> Printout:
    """Return the decision with its list; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        body = paper.head.signatories[0].on_behalf_of
        year = paper.head.year
        return _printout(
            paper.head,
            heading="QUYẾT ĐỊNH",
            meaning=_("Decision"),
            abstract=f"{paper.wording} tổ chức đảng, tập thể năm\u00a0{year}",
            blocks=(
                *(Line(f"- {basis}") for basis in _bases(paper)),
                Line(f"{body.upper()} QUYẾT ĐỊNH:", Look.RESOLVES),
                *_articles(paper),
                closing(paper.head.signatories, recipients=paper.head.recipients),
                Heading(
                    _("List of organisations with their levels").upper(),
                    Level.ANNEX,
                    on_new_page=True,
                ),
                _list(paper),
            ),
        )


def _printout(
    head: DocumentHead,
    *,
    heading: str,
    meaning: str,
    abstract: str,
    blocks: tuple[Block, ...],
    is_numbered: bool = True,
) -> Printout:
    number = number_line(head.symbol, head.reference) if is_numbered else ""
    sheet = Sheet(
        letterhead=issuer_letterhead(head, number=number, on=head.issued_on),
        heading=(heading,),
        gloss=gloss(meaning),
        below=Line(abstract, Look.ABSTRACT),
        blocks=blocks,
    )
    return issued(head, f"{heading}: {abstract}", sheet)


def _proposals(paper: ProposalsPaper) -> Grid:
    columns = (
        Column(_("Who proposes"), is_name=True),
        Column(_("Proposed level"), 40),
        Column(_("Document, or minutes"), 38),
        Column(_("Note"), 34),
    )
    rows = (
        (
            f"{each.proposal.party_name}\n({small_first(each.party)})",
            each.level,
            _document(each),
            each.proposal.note or NOTHING,
        )
        for each in paper.rows
    )
    return numbered_grid(*columns, rows=rows)


def _document(read: ProposalRead) -> str:
    number = read.proposal.document or to_be_written()
    return f"{number}, {display_day(read.proposal.on)}"


def _bases(paper: BodyDecisionPaper) -> Iterator[str]:
    yield _("By the Statutes of the Communist Party of Vietnam;")
    yield _("By %s;") % paper.rules
    yield _(
        "By the minutes %(number)s of the meeting of %(day)s: %(present)d present, "
        "%(yes)d for, %(no)d against,"
    ) % {
        "number": paper.minutes,
        "day": display_day(paper.minutes_on),
        "present": paper.present,
        "yes": paper.votes_for,
        "no": paper.votes_against,
    }


def _articles(paper: BodyDecisionPaper) -> Iterator[Line]:
    text = ngettext(
        "The level of %(count)d organisation is decided: %(totals)s (list attached).",
        "The levels of %(count)d organisations are decided: %(totals)s (list attached).",
        len(paper.bodies),
    )
    totals = ", ".join(f"{small_first(level)} {count}" for level, count in paper.totals)
    yield Line(
        text % {"count": len(paper.bodies), "totals": totals}, lead=_("Article 1.")
    )
    yield Line(
        _("The decision holds from the day on which it is signed."),
        lead=_("Article 2."),
    )
    yield Line(
        _("The office and the organisations on the list carry this decision out."),
        lead=_("Article 3."),
    )


def _list(paper: BodyDecisionPaper) -> Grid:
    return numbered_grid(
        Column(_("Organisation"), is_name=True),
        Column(_("Level"), 50),
        Column(_("Note"), 40),
        rows=((each.name, each.level, each.note) for each in paper.bodies),
    )
