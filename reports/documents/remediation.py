"""A plan of remediation, and the book in which a unit follows what is put right.

What is prescribed stays Vietnamese, with an English gloss; the columns are the house's
own. Source: docs/rules/remediation.md § 8; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.pdf import FONT
from reports.documents.record_values import Rows, joined
from reports.documents.rollup_html import PrintedSection
from reports.documents.signing import SignaturePlace
from reports.documents.terms import date_text, reading_in
from reviews.models import NamedPerson, RemediationItem
from reviews.queries.remediation.lists import ItemLine
from reviews.queries.remediation.reading import ItemRead, PlanRead
from reviews.remediation import Act

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it
BLANK_ROWS = 5  # of a plan that is written by hand
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
    number_text: str = ""
    line_spacing_points: int = LINE_SPACING_POINTS


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


def plan_html(paper: PlanPaper) -> str:
    """Return a plan; equal arguments give an equal text."""
    is_personal = paper.read.plan.is_personal
    whose = f"của đồng chí {paper.read.name}" if is_personal else ""
    with reading_in(paper.head.language):
        signatures = [_signature(paper.on_behalf_of, paper.post)]
        if is_personal:
            signatures.insert(
                0,
                SignaturePlace(
                    "NGƯỜI LẬP KẾ HOẠCH", _("Who made the plan"), paper.read.name
                ),
            )
        return _html(
            paper.head,
            heading="KẾ HOẠCH",
            gloss=_("Plan"),
            abstract=f"{SUBJECT} {whose}".strip(),
            title=_("Plan of remediation"),
            sections=list(_sections_of_plan(paper)),
            signatures=signatures,
        )


def book_html(paper: BookPaper) -> str:
    """Return the book of a unit; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        return _html(
            paper.head,
            heading="SỔ THEO DÕI",
            gloss=_("Book of what is put right"),
            abstract=f"{SUBJECT} của {paper.unit}",
            title=_("Book of what is put right"),
            sections=[_book(paper)],
            signatures=[SignaturePlace("NGƯỜI THEO DÕI", _("Who keeps the book"))],
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


def letter_html(paper: LetterPaper) -> str:
    """Return the letter to where a person is now; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        return _html(
            paper.head,
            heading="THÔNG BÁO",
            gloss=_("Notice"),
            abstract=f"cá nhân liên quan trách nhiệm đối với khuyết điểm của {paper.unit}",
            title=_("Notice to whoever is named as responsible"),
            sections=list(_sections_of_letter(paper)),
            signatures=[_signature(paper.on_behalf_of, paper.post)],
        )


def _sections_of_letter(paper: LetterPaper) -> Iterator[PrintedSection]:
    named, item = paper.named, paper.item
    until = display_day(named.until_on) if named.until_on else "…"
    concluded = f"{item.document}, {display_day(item.document_on)}"
    yield PrintedSection(_("To"), (named.organisation,), None)
    yield PrintedSection(
        _("Shortcoming that was concluded"),
        (*item.shortcoming.splitlines(), _("By the document %s.") % concluded),
        None,
    )
    yield PrintedSection(
        _("Who is named as responsible"),
        (f"{named.name}, {named.post} ({display_day(named.from_on)} – {until})",),
        None,
    )
    yield PrintedSection(
        _("How to answer"),
        (
            _(
                "Please give this notice to the person. What the person answers in "
                "writing is kept with the file of %s."
            )
            % paper.unit,
        ),
        None,
    )


def _signature(on_behalf_of: str, post: str) -> SignaturePlace:
    return SignaturePlace(
        f"T/M {on_behalf_of.upper()}\n{post.upper()}",
        _("On behalf of the body named; post; signature"),
    )


def _html(head: PaperHead, *, sections: list[PrintedSection], **words: object) -> str:
    context = {
        **words,
        "head": head,
        "is_english": head.language == "en",
        "date": date_text(None, head.language),
        "sections": sections,
        "tables": (),
        "font": FONT,
    }
    return render_to_string("reports/pdf/remediation.html", context)


def _sections_of_plan(paper: PlanPaper) -> Iterator[PrintedSection]:
    rows = Rows(
        "items",
        (
            _("No."),
            _("What has to be put right"),
            _("Source"),
            _("What is done about it"),
            _("Who is responsible"),
            _("Until when"),
        ),
        ("10", "", "34", "", "26", "24"),
    )
    rows.rows += [
        _item(number, read) for number, read in enumerate(paper.read.items, start=1)
    ]
    rows.rows += [("\n\n", *[""] * 5) for _row in range(0 if rows.rows else BLANK_ROWS)]
    yield PrintedSection(_("What has to be put right"), (), rows.printed())
    yield PrintedSection(_("Opinion of the collective"), _said(paper, Act.MINUTE), None)
    yield PrintedSection(
        _("Opinion of the committee above"), _said(paper, Act.ACCEPT, Act.RETURN), None
    )


def _item(number: int, read: ItemRead) -> Sequence[str]:
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


def _book(paper: BookPaper) -> PrintedSection:
    rows = Rows(
        "book",
        (
            _("No."),
            _("Whose"),
            _("What has to be put right"),
            _("Source"),
            _("What is done about it"),
            _("Until when"),
            _("How it stood"),
            _("State"),
        ),
        ("9", "30", "", "30", "46", "21", "52", "24"),
    )
    rows.rows += [
        (
            str(number),
            line.name,
            line.read.item.shortcoming,
            _source(line.read),
            joined(line.read.item.measure, line.read.item.responsible),
            display_day(line.read.item.due_on),
            "\n".join(_checks(line.read)) or "",
            _state(line.read),
        )
        for number, line in enumerate(paper.lines, start=1)
    ]
    told = _("As of %s.") % display_day(paper.until)
    if not rows.rows:
        return PrintedSection(told, (_("Nothing is recorded."),), None)
    return PrintedSection(told, (), replace(rows.printed(), is_wide=True))


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
