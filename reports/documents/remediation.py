"""A plan of remediation, and the book in which a unit follows what is put right.

What is prescribed stays Vietnamese, with an English gloss; the columns are the house's
own. Source: docs/rules/remediation.md § 8; docs/rules/documents.md § 1.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.printouts import (
    Column,
    Grid,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    Signing,
    dated_line,
    gloss,
    in_sections,
    letterhead,
    number_line,
)
from reports.documents.record_values import joined
from reports.documents.signing import SignaturePlace
from reports.documents.terms import date_text, reading_in
from reviews.models import NamedPerson, RemediationItem
from reviews.queries.remediation.lists import ItemLine
from reviews.queries.remediation.reading import ItemRead, PlanRead
from reviews.remediation import Act

BLANK_ROWS, BLANK_ROW_MM = 5, 11  # of a plan that is written by hand
BLANK_LINE = "…" * 30  # as wide as the page
SUBJECT = "khắc phục hạn chế, khuyết điểm"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """The head of either paper; the office numbers it by its register."""

    language: str
    superior: str
    issuer: str
    symbol: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper:
    """All that one plan is printed from."""

    head: PaperHead
    read: PlanRead
    on_behalf_of: str  # the body that signs: "CHI ỦY"
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPaper:
    """All that the book of a unit is printed from."""

    head: PaperHead
    unit: str
    lines: Sequence[ItemLine]
    until: date  # the day that it tells of


def plan_printout(paper: PlanPaper) -> Printout:
    """Return a plan; equal arguments give an equal text."""
    is_personal = paper.read.plan.is_personal
    whose = f"của đồng chí {paper.read.name}" if is_personal else ""
    with reading_in(paper.head.language):
        signatures = [_signature(paper.on_behalf_of, paper.post)]
        if is_personal:
            signatures.insert(
                0,
                SignaturePlace(
                    "NGƯỜI LẬP KẾ HOẠCH",
                    gloss(_("Who made the plan")),
                    paper.read.name,
                ),
            )
        return _printout(
            paper.head,
            heading="KẾ HOẠCH",
            meaning=_("Plan"),
            abstract=f"{SUBJECT} {whose}".strip(),
            title=_("Plan of remediation"),
            sections=list(_sections_of_plan(paper)),
            signatures=signatures,
        )


def book_printout(paper: BookPaper) -> Printout:
    """Return the book of a unit; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        return _printout(
            paper.head,
            heading="SỔ THEO DÕI",
            meaning=_("Book of what is put right"),
            abstract=f"{SUBJECT} của {paper.unit}",
            title=_("Book of what is put right"),
            sections=[_book(paper)],
            is_landscape=bool(paper.lines),
            signatures=[
                SignaturePlace("NGƯỜI THEO DÕI", gloss(_("Who keeps the book")))
            ],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """All that the letter about somebody outside the tree is printed from."""

    head: PaperHead
    unit: str
    item: RemediationItem
    named: NamedPerson
    on_behalf_of: str
    post: str


def letter_printout(paper: LetterPaper) -> Printout:
    """Return the letter to where a person is now; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        return _printout(
            paper.head,
            heading="THÔNG BÁO",
            meaning=_("Notice"),
            abstract=f"cá nhân liên quan trách nhiệm đối với khuyết điểm của {paper.unit}",
            title=_("Notice to whoever is named as responsible"),
            sections=list(_sections_of_letter(paper)),
            signatures=[_signature(paper.on_behalf_of, paper.post)],
        )


def _sections_of_letter(paper: LetterPaper) -> Iterator[NumberedSection]:
    named, item = paper.named, paper.item
    until = display_day(named.until_on) if named.until_on else "…"
    concluded = f"{item.document}, {display_day(item.document_on)}"
    yield NumberedSection(_("To"), (named.organisation,))
    yield NumberedSection(
        _("Shortcoming that was concluded"),
        (*item.shortcoming.splitlines(), _("By the document %s.") % concluded),
    )
    yield NumberedSection(
        _("Who is named as responsible"),
        (f"{named.name}, {named.post} ({display_day(named.from_on)} – {until})",),
    )
    yield NumberedSection(
        _("How to answer"),
        (
            _(
                "Please give this notice to the person. What the person answers in "
                "writing is kept with the file of %s."
            )
            % paper.unit,
        ),
    )


def _signature(on_behalf_of: str, post: str) -> SignaturePlace:
    return SignaturePlace(
        words=f"T/M {on_behalf_of.upper()}",
        gloss=gloss(_("On behalf of the body named; post; signature")),
        post=post.upper(),
    )


def _printout(
    head: PaperHead,
    *,
    heading: str,
    meaning: str,
    abstract: str,
    title: str,
    sections: Iterable[NumberedSection],
    signatures: Iterable[SignaturePlace],
    is_landscape: bool = False,
) -> Printout:
    sheet = Sheet(
        letterhead=letterhead(
            superior=head.superior,
            issuer=head.issuer,
            number=number_line(head.symbol),
            dated=dated_line(head.place, date_text(None, head.language)),
        ),
        heading=(heading,),
        gloss=gloss(meaning),
        below=Line(abstract, Look.ABSTRACT),
        blocks=(*in_sections(sections), Signing(places=tuple(signatures))),
    )
    return Printout(
        language=head.language,
        title=f"{title}: {abstract} – {head.issuer}",
        author=head.issuer,
        sheets=(sheet,),
        is_landscape=is_landscape,
    )


def _sections_of_plan(paper: PlanPaper) -> Iterator[NumberedSection]:
    rows = [
        _item(number, read) for number, read in enumerate(paper.read.items, start=1)
    ]
    blank = ("",) * 6
    grid = Grid(
        columns=(
            Column(_("No."), 10, is_name=True),
            Column(_("What has to be put right")),
            Column(_("Source"), 34),
            Column(_("What is done about it")),
            Column(_("Who is responsible"), 26),
            Column(_("Until when"), 24),
        ),
        rows=tuple(rows) or (blank,) * BLANK_ROWS,
        row_height=None if rows else BLANK_ROW_MM,
    )
    yield NumberedSection(_("What has to be put right"), (), grid)
    yield NumberedSection(_("Opinion of the collective"), _said(paper, Act.MINUTE))
    yield NumberedSection(
        _("Opinion of the committee above"), _said(paper, Act.ACCEPT, Act.RETURN)
    )


def _item(number: int, read: ItemRead) -> tuple[str, ...]:
    item = read.item
    return (
        str(number),
        item.shortcoming,
        _source(read),
        item.measure,
        item.responsible,
        display_day(item.due_on),
    )


def _source(read: ItemRead) -> str:
    item = read.item
    concluded = (
        f"{item.document}, {display_day(item.document_on)}" if item.document else ""
    )
    repeats = str(_("repeats an earlier shortcoming")) if item.repeats_id else ""
    return joined(item.get_source_display(), concluded, repeats)


def _said(paper: PlanPaper, *acts: Act) -> tuple[str, ...]:
    """Return what was said last by one of these acts, or lines to write on."""
    said = [step for step in paper.read.steps if step.act in acts]
    if not said:
        return (BLANK_LINE, BLANK_LINE)
    last = said[-1]
    told = joined(
        last.get_act_display().capitalize(), last.document, display_day(last.on)
    )
    return (f"{told}.", *last.text.splitlines())


def _book(paper: BookPaper) -> NumberedSection:
    told = _("As of %s.") % display_day(paper.until)
    if not paper.lines:
        return NumberedSection(told, (_("Nothing is recorded."),))
    columns = (
        Column(_("No."), 9, is_name=True),
        Column(_("Whose"), 30),
        Column(_("What has to be put right")),
        Column(_("Source"), 30),
        Column(_("What is done about it"), 46),
        Column(_("Until when"), 21),
        Column(_("How it stood"), 52),
        Column(_("State"), 24),
    )
    rows = tuple(
        (
            str(number),
            line.name,
            line.read.item.shortcoming,
            _source(line.read),
            joined(line.read.item.measure, line.read.item.responsible),
            display_day(line.read.item.due_on),
            "\n".join(_checks(line.read)),
            _state(line.read),
        )
        for number, line in enumerate(paper.lines, start=1)
    )
    return NumberedSection(told, (), Grid(columns=columns, rows=rows))


def _checks(read: ItemRead) -> Iterator[str]:
    for check in read.checks:
        longer = (
            _("until %(day)s") % {"day": display_day(check.due_on)}
            if check.due_on
            else ""
        )
        said = joined(check.get_state_display(), longer, check.note)
        yield f"{display_day(check.on)}: {said}"


def _state(read: ItemRead) -> str:
    if read.is_overdue:
        return _("Overdue")
    item = read.item
    ended = display_day(item.ended_on) if item.ended_on else ""
    return joined(item.get_state_display(), ended)
