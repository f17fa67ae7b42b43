"""Pledges, self-reviews and reports on paper, each on pages of its own.

The layout is prescribed (docs/rules/pledges.md § 8, docs/rules/self-reviews.md § 7):
headings stay Vietnamese, with an English gloss.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.form_definitions import FormDefinition, Place, Question
from campaigns.form_definitions.points import shown as points_in_words
from campaigns.models import PledgeItem
from campaigns.queries.pledges import SectionRead as PledgeSection
from campaigns.queries.written.reading import FullText, SectionRead
from reports.documents.printouts import (
    Align,
    Block,
    Boxes,
    Column,
    Grid,
    Heading,
    Level,
    Line,
    Look,
    Plain,
    Printout,
    Sheet,
    Signing,
    Together,
    gloss,
    letterhead,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import date_text, reading_in

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


def written_printout(
    sheets: Sequence[WrittenSheet], *, title: str, language: str
) -> Printout:
    """Return one file with all sheets; equal arguments give an equal text."""
    with reading_in(language):
        return Printout(
            language=language,
            title=title,
            author=sheets[0].cell,
            sheets=tuple(_printed(sheet) for sheet in sheets),
        )


def _printed(sheet: WrittenSheet) -> Sheet:
    form = sheet.text.form
    date = date_text(None, "vi")
    return Sheet(
        letterhead=letterhead(
            superior=sheet.superior,
            issuer=sheet.cell,
            dated=f"{sheet.place}, {date}" if sheet.place else date,
        ),
        heading=tuple(line.format(year=sheet.year) for line in form.heading),
        gloss=gloss(form.gloss.format(year=sheet.year)),
        blocks=tuple(_blocks(sheet)),
    )


def _blocks(sheet: WrittenSheet) -> Iterator[Block]:
    form = sheet.text.form
    for word, entry in sheet.identity:
        yield Line(f"{word}: {entry}", Look.PLAIN)
    yield from map(Line, (sheet.preamble or _words(form)).splitlines())
    for section in sheet.text.sections:
        yield from _section(form, section)
    if form.closing:
        yield Line(form.closing.vi)
    last = len(form.signatures) - 1
    yield Signing(
        places=tuple(
            SignaturePlace(
                words=each.title,
                name=sheet.name if at == last else "",
                note=each.note,
            )
            for at, each in enumerate(form.signatures)
        )
    )
    for place in form.places:
        yield Together(tuple(_place(place)))


def _words(form: FormDefinition) -> str:
    return form.preamble.vi if form.preamble else ""


def _section(form: FormDefinition, section: SectionRead) -> Iterator[Block]:
    mark = "." if form.numerals == "I" else "-"
    items = section.items if isinstance(section, PledgeSection) else ()
    yield Heading(
        f"{section.number}{mark} {section.title.vi}", gloss=gloss(section.title.en)
    )
    yield from _answers(section, has_items=bool(items))
    if section.marks:
        yield _points(form, section)
    for read in items:
        yield Line(f"- {'. '.join(_item(read.item))}.", Look.ITEM)


def _answers(section: SectionRead, *, has_items: bool) -> Iterator[Block]:
    """Give what was answered; what was not is left to be written by hand."""
    answers = {each.question.key: each.text for each in section.answers}
    for question in section.shown.questions:
        if question.mark:
            continue
        answer = answers.get(question.key, "")
        label, meaning = question.label.vi, gloss(question.label.en)
        if question.choices:
            yield Boxes(f"{label}:", meaning, _boxes(question, answer))
            continue
        if number := section.shown.number_of(question):
            yield Heading(f"{number}. {label}", Level.QUESTION, meaning)
        lines = tuple(filter(str.strip, answer.splitlines()))
        yield from map(Line, lines or (() if has_items else (NO_ANSWER,)))


def _points(form: FormDefinition, section: SectionRead) -> Grid:
    heads = ("Điểm tối đa", "Tự chấm", "Chi bộ", "Cấp có thẩm quyền")
    most = "" if form.most_points is None else points_in_words(form.most_points)
    return Grid(
        columns=(
            Column("Tiêu chí", 77, is_name=True),
            *(Column(head, align=Align.CENTRE) for head in heads),
        ),
        rows=tuple(
            (
                f"– {label}" if each.question.mark.parent else label,
                each.most,
                each.own,
                "",
                "",
            )
            for each in section.marks
            if each.question.mark and (label := each.question.label.vi)
        ),
        total=("Tổng", most, section.total, "", ""),
    )


def _place(place: Place) -> Iterator[Plain]:
    """Give what others fill in, with where they sign."""
    if place.heading:
        yield Heading(place.heading.vi, Level.PLACE, gloss(place.heading.en))
    for line in place.lines:
        yield Line(f"{line}: {NO_ANSWER}", Look.PLAIN)
    yield Signing(places=(SignaturePlace(words=place.signature, note=place.note),))


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
