"""The sheet on which a body writes what it says of one person or collective.

What is prescribed stays Vietnamese, with an English gloss; what the sheets ask is data
and unsure. Source: docs/rules/opinions.md § 3; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from campaigns.vocabulary.opinions import Askable
from members.dates import display_day
from reports.documents.printouts import (
    Blank,
    Block,
    Heading,
    Letterhead,
    Line,
    Look,
    Printout,
    Sheet,
    Signing,
    dated_line,
    gloss,
    letterhead,
    letterhead_of_state,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import date_text, reading_in

LINE_SPACING_POINTS = 17  # so that a sheet is one page
MOST_LINES = 12  # to be written on, below all headings together
MOST_LINES_WITH_GLOSS = 10
NARROW, WIDE = 24, 70  # characters of a name in a line of the head, and of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionSheet:
    """All that one sheet is made of."""

    kind: Askable
    number: int  # by which the sheet is found again when it comes back
    body_name: str
    unit: str  # who asks
    year: int
    subject: str  # the person, or the collective
    born_on: str  # "" where it is not known, or of a collective
    admitted_on: str
    cell: str  # where the person counts; "" of a collective
    due_on: date
    text: str  # "" is left to be written by hand
    signed_on: date | None


def opinions_printout(sheets: Sequence[OpinionSheet], *, language: str) -> Printout:
    """Return sheets, one a page or more; equal arguments give an equal text."""
    with reading_in(language):
        return Printout(
            language=language,
            title=f"{_('Sheets for the opinion of a body')}: {sheets[0].body_name}",
            author=sheets[0].unit,
            sheets=tuple(_sheet(each) for each in sheets),
            line_spacing_points=LINE_SPACING_POINTS,
            is_dense=True,
        )


def _sheet(sheet: OpinionSheet) -> Sheet:
    about = sheet.kind.sheet
    return Sheet(
        letterhead=_letterhead(sheet),
        heading=("PHIẾU NHẬN XÉT",),
        gloss=gloss(f"{_('Sheet for an opinion')} {about.en}"),
        below=Line(f"{about.vi}, năm {sheet.year}", Look.ABSTRACT),
        blocks=tuple(_blocks(sheet)),
    )


def _letterhead(sheet: OpinionSheet) -> Letterhead:
    number = f"Phiếu số {sheet.number}"
    if sheet.kind.is_party:
        return letterhead(superior="", issuer=sheet.body_name, number=number)
    return letterhead_of_state(issuer=sheet.body_name, number=number)


def _blocks(sheet: OpinionSheet) -> Iterator[Block]:
    yield Line(
        _("For the review of %(year)s, %(unit)s asks %(body)s for its opinion on:")
        % {"year": sheet.year, "unit": sheet.unit, "body": sheet.body_name},
        Look.PLAIN,
    )
    who = _("Comrade") if sheet.cell else _("Collective")
    yield Line("; ".join(_known(sheet)), Look.PLAIN, f"{who}: {sheet.subject}")
    if sheet.cell:
        yield Line(f"{_('Party cell')}: {sheet.cell}", Look.PLAIN)
    if sheet.kind.is_residence:
        yield Blank(f"{_('Place of residence')}:")
    yield from _said(sheet) if sheet.text else _asked(sheet)
    yield Line(
        _(
            "Please send it back to %(unit)s by %(day)s. The person reads it. Write "
            "nothing that is a state secret."
        )
        % {"unit": sheet.unit, "day": display_day(sheet.due_on)},
        Look.SMALL,
    )
    place = SignaturePlace(
        words=f"T/M {sheet.body_name.upper()}",
        gloss=gloss(_("signature, full name")),
        note="(Ký, ghi rõ họ tên)",
        dated=dated_line("", date_text(sheet.signed_on, "vi")),
    )
    yield Signing(places=(place,), is_tight=True)


def _known(sheet: OpinionSheet) -> Iterator[str]:
    if sheet.born_on:
        yield f"{_('Born')}: {sheet.born_on}"
    if sheet.admitted_on:
        yield f"{_('Admitted')}: {sheet.admitted_on}"


def _said(sheet: OpinionSheet) -> Iterator[Line]:
    return map(Line, filter(str.strip, sheet.text.splitlines()))


def _asked(sheet: OpinionSheet) -> Iterator[Block]:
    """Give what the sheet asks, with lines to be written on."""
    headings = sheet.kind.headings
    most = MOST_LINES_WITH_GLOSS if gloss("has one") else MOST_LINES
    room = max(len(headings), most - _lines_of_names(sheet))
    for number, heading in enumerate(headings, start=1):
        yield Heading(f"{number}. {heading.vi}", gloss=gloss(heading.en))
        # What does not come out even is for the last, which asks for anything else.
        extra = room % len(headings) if number == len(headings) else 0
        yield Blank(lines=room // len(headings) + extra)


def _lines_of_names(sheet: OpinionSheet) -> int:
    """Return how many lines more than usual the names take, so that a page is enough.

    Who is asked stands in the head, in the text and above the signature; who asks in
    the text and at its end.
    """
    narrow = 2 * (len(sheet.body_name) // NARROW)
    text = (sheet.body_name + sheet.unit, sheet.unit, sheet.cell, sheet.subject)
    return narrow + sum(len(each) // WIDE for each in text) + bool(narrow)
