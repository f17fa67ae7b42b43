"""The notice of the result to one person, or to all of a cell, one a page.

What is prescribed stays Vietnamese, with an English gloss. Number and date are blank:
the office of the committee numbers it by its register.
Source: docs/rules/notices.md § 1; docs/rules/documents.md § 1.
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
)
from reports.documents.printouts import (
    Block,
    Facts,
    Line,
    Look,
    Printout,
    Sheet,
    closing,
    gloss,
    number_line,
)
from reports.documents.terms import reading_in


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePaper:
    """All that one notice is made of."""

    head: DocumentHead
    wording: str  # "đánh giá, xếp loại chất lượng", in Vietnamese whatever the language
    name: str
    code: str
    cell: str
    body: str  # who decided
    document: str
    on: date
    minutes: str
    minutes_on: date
    level: str
    reason: str  # "" where the decision gives none
    note: str
    before: str  # the level before a revision, or ""
    is_kept: bool  # looked at again, and kept
    days: int | None  # to ask for another look; None: no end is set
    goes_to: str  # "" where nobody in the campaign looks at it again


def notices_printout(papers: Sequence[NoticePaper], *, language: str) -> Printout:
    """Return notices, one a page; equal arguments give an equal text."""
    head = papers[0].head
    with reading_in(language):
        return issued(head, _("Notice of the result"), *map(_sheet, papers))


def _sheet(paper: NoticePaper) -> Sheet:
    head = paper.head
    return Sheet(
        letterhead=issuer_letterhead(
            head, number=number_line(head.symbol, head.reference)
        ),
        heading=("THÔNG BÁO",),
        gloss=gloss(_("Notice of the result")),
        below=Line(f"kết quả {paper.wording} đảng viên năm {head.year}", Look.ABSTRACT),
        blocks=tuple(_blocks(paper)),
    )


def _blocks(paper: NoticePaper) -> Iterator[Block]:
    for basis in _bases(paper):
        yield Line(f"- {basis}")
    body = paper.head.signatories[0].on_behalf_of
    yield Line(_("%(body)s gives notice of the result to:") % {"body": body})
    yield Facts(tuple((f"{label}:", text) for label, text in _facts(paper)))
    yield from map(Line, _answering(paper))
    yield closing(paper.head.signatories, recipients=paper.head.recipients)
    yield Line(_("Given on …… / …… / ……      Signature of the person:"), Look.ASIDE)


def _bases(paper: NoticePaper) -> Iterator[str]:
    yield _("By the decision %(number)s of %(day)s of %(body)s;") % {
        "number": paper.document,
        "day": display_day(paper.on),
        "body": paper.body,
    }
    yield _("By the minutes %(number)s of the meeting of %(day)s.") % {
        "number": paper.minutes,
        "day": display_day(paper.minutes_on),
    }


def _facts(paper: NoticePaper) -> Iterator[tuple[str, str]]:
    yield _("Full name"), paper.name
    if paper.code:
        yield _("Member code"), paper.code
    if paper.cell:
        yield _("Party cell"), paper.cell
    yield _("Level"), paper.level
    if paper.reason:
        yield _("Reason"), paper.reason
    if paper.is_kept:
        yield _("Looked at again"), _("the level is kept")
    elif paper.before:
        yield _("Level before"), paper.before
    if paper.note:
        yield _("Why"), paper.note


def _answering(paper: NoticePaper) -> Iterator[str]:
    if not paper.goes_to:
        yield _("Whoever does not agree writes to a committee above.")
        return
    if paper.days is None:
        yield _("Whoever does not agree may ask %s for another look.") % paper.goes_to
    else:
        text = ngettext(
            "Whoever does not agree may ask %(unit)s for another look within "
            "%(count)d day from the day on which this notice is given.",
            "Whoever does not agree may ask %(unit)s for another look within "
            "%(count)d days from the day on which this notice is given.",
            paper.days,
        )
        yield text % {"unit": paper.goes_to, "count": paper.days}
    yield _("The request is sent straight there, signed, and not through the cell.")
