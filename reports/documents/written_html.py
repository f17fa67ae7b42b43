"""Pledges and self-reviews as one HTML document for print, each on pages of its own.

The layout is prescribed (docs/rules/pledges.md § 8, docs/rules/self-reviews.md § 7):
headings stay Vietnamese, with an English gloss. Everything is worked out here; the
template only lays it out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from campaigns.form_definitions import FormDefinition, Place, Question
from campaigns.form_definitions.points import shown as points_in_words
from campaigns.models import PledgeItem
from campaigns.queries.pledges import SectionRead as PledgeSection
from campaigns.queries.written.reading import FullText, SectionRead
from reports.documents.head import Signatory
from reports.documents.pdf import FONT
from reports.documents.terms import date_text, reading_in

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it
NO_ENTRY = "……………………"  # to be filled in by hand
NO_ANSWER = "……………………………………………………………………………"


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """One person's document with what its head says."""

    name: str
    superior: str
    cell: str
    place: str
    year: int
    identity: tuple[tuple[str, str], ...]  # prescribed word, what stands behind it
    preamble: str  # of the campaign; "" for that of the form
    text: FullText


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """What stands below one heading: lines, or boxes of which one is ticked."""

    heading: str = ""
    gloss: str = ""
    lines: tuple[str, ...] = ()
    boxes: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedMark:
    """A row of the table of points."""

    criterion: str
    most: str
    own: str
    is_part: bool


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """One section: its line in bold, its blocks, its table of points, its items."""

    heading: str
    gloss: str
    blocks: tuple[PrintedBlock, ...]
    marks: tuple[PrintedMark, ...]
    total: str
    most: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet as the template prints it."""

    sheet: WrittenSheet
    heading: tuple[str, ...]
    gloss: str
    preamble: tuple[str, ...]
    sections: tuple[PrintedSection, ...]
    closing: str
    signatures: tuple[Signatory, ...]
    places: tuple[Place, ...]


def written_html(sheets: Sequence[WrittenSheet], *, title: str, language: str) -> str:
    """Return one document with all sheets; equal arguments give an equal text."""
    with reading_in(language):
        context = {
            "head": {"language": language, "line_spacing_points": LINE_SPACING_POINTS},
            "title": title,
            "is_english": language == "en",
            "date": date_text(None, "vi"),
            "sheets": [_printed(sheet) for sheet in sheets],
            "blank": NO_ANSWER,
            "sections": (),
            "tables": (),
            "font": FONT,
        }
        return render_to_string("reports/pdf/written.html", context)


def _printed(sheet: WrittenSheet) -> PrintedSheet:
    form = sheet.text.form
    return PrintedSheet(
        sheet=sheet,
        heading=tuple(line.format(year=sheet.year) for line in form.heading),
        gloss=form.gloss.format(year=sheet.year),
        preamble=tuple((sheet.preamble or _words(form)).splitlines()),
        sections=tuple(_section(form, each) for each in sheet.text.sections),
        closing=form.closing.vi if form.closing else "",
        signatures=tuple(
            Signatory(on_behalf_of=each.title, post=each.note)
            for each in form.signatures
        ),
        places=form.places,
    )


def _words(form: FormDefinition) -> str:
    return form.preamble.vi if form.preamble else ""


def _section(form: FormDefinition, section: SectionRead) -> PrintedSection:
    mark = "." if form.numerals == "I" else "-"
    items = section.items if isinstance(section, PledgeSection) else ()
    return PrintedSection(
        heading=f"{section.number}{mark} {section.title.vi}",
        gloss=section.title.en,
        blocks=tuple(_blocks(section, has_items=bool(items))),
        marks=tuple(
            PrintedMark(
                criterion=each.question.label.vi,
                most=each.most,
                own=each.own,
                is_part=bool(each.question.mark and each.question.mark.parent),
            )
            for each in section.marks
        ),
        total=section.total,
        most="" if form.most_points is None else points_in_words(form.most_points),
        items=tuple(". ".join(_item(read.item)) + "." for read in items),
    )


def _blocks(section: SectionRead, *, has_items: bool) -> Iterator[PrintedBlock]:
    """Give what was answered; what was not is left to be written by hand."""
    answers = {each.question.key: each.text for each in section.answers}
    for question in section.shown.questions:
        if question.mark:
            continue
        answer = answers.get(question.key, "")
        if question.choices:
            yield PrintedBlock(
                heading=question.label.vi,
                gloss=question.label.en,
                boxes=_boxes(question, answer),
            )
            continue
        number = section.shown.number_of(question)
        lines = tuple(answer.splitlines())
        yield PrintedBlock(
            heading=f"{number}. {question.label.vi}" if number else "",
            gloss=question.label.en if number else "",
            lines=lines or (() if has_items else (NO_ANSWER,)),
        )


def _boxes(question: Question, answer: str) -> tuple[tuple[str, bool], ...]:
    return tuple((each.label.vi, each.code == answer) for each in question.choices)


def _item(item: PledgeItem) -> Iterator[str]:
    yield item.text.rstrip(" .")
    target = f"{item.goal} {item.unit_of_measure}".strip()
    yield _("Target: %s") % target.rstrip(" .")
    if item.due_on:
        yield _("By %s") % item.due_on.strftime("%d/%m/%Y")
    if item.evidence:
        yield _("Evidence: %s") % item.evidence.rstrip(" .")
