"""Pledges, self-reviews and drafts of somebody in the print of the record."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from campaigns.models import PLEDGES, CellAnswer, PersonKind, PledgeCheck
from campaigns.queries.written.reading import SectionRead, sections_of
from reports.documents.record import (
    DraftKept,
    ItemKept,
    Kept,
    TextKept,
    WrittenKept,
)
from reports.documents.record_values import Rows, day_text, joined, moment_text
from reports.documents.rollup_html import PrintedSection
from reports.documents.terms import NOTHING
from reviews.models import SELF_REVIEWS

TYPED = ("text", "goal", "unit_of_measure", "due_on", "evidence")  # of an item


def printed_written(kept: Kept, language: str) -> Iterator[PrintedSection]:
    """Give every text that was sent, below the year and the days of its document."""
    for kind, written in (
        (PLEDGES, kept.pledges),
        (SELF_REVIEWS, kept.self_reviews),
    ):
        if not written:
            yield _nothing(_headings(kind)[0])
        for each in written:
            yield _document(kind, each)
            for text in each.texts:
                yield _text(kind, each, text, language)


def printed_drafts(
    drafts: Sequence[DraftKept], language: str
) -> Iterator[PrintedSection]:
    """Give what is being written, as it was typed."""
    if not drafts:
        yield _nothing(_("What is being written"))
    for each in drafts:
        heading = _("What is being written: %(what)s of %(year)s") % {
            "what": _headings(each.kind)[1],
            "year": each.draft.participant.campaign.year,
        }
        saved = _("Saved %s.") % moment_text(each.draft.saved_at)
        lines = (saved, *_answers_typed(each, language), *_items_typed(each))
        yield PrintedSection(heading, lines, None)


def _headings(kind: PersonKind) -> tuple[str, str]:
    if kind is PLEDGES:
        return _("Pledges"), _("pledge")
    return _("Self-reviews"), _("self-review")


def _nothing(heading: str) -> PrintedSection:
    return PrintedSection(heading, (_("Nothing is recorded."),), None)


def _document(kind: PersonKind, written: WrittenKept) -> PrintedSection:
    """The days of the document: of its paper, and how it was acknowledged."""
    row = written.document
    person = row.participant
    rows = Rows(f"{kind.name}{row.pk}", (_("What"), _("What is recorded")), ("62", ""))
    acknowledged = _("on paper") if row.is_acknowledged_on_paper else ""
    rows.rows += [
        (_("State"), kind.state_in_words(person)),
        (_("Typed from the paper signed on"), day_text(row.signed_on)),
        (
            _("Found right by the person on"),
            joined(day_text(row.acknowledged_on), acknowledged),
        ),
        (_("Paper received on"), day_text(row.received_on)),
        (_("Paper confirmed on"), day_text(row.confirmed_on)),
        (_("Texts sent"), str(len(written.texts))),
    ]
    heading = f"{_headings(kind)[0]}: {person.campaign.year}"
    return PrintedSection(heading, (), rows.printed())


def _text(
    kind: PersonKind, written: WrittenKept, kept: TextKept, language: str
) -> PrintedSection:
    text = kept.text
    heading = _("%(what)s of %(year)s: text %(number)s, sent %(moment)s") % {
        "what": _headings(kind)[1].capitalize(),
        "year": written.document.participant.campaign.year,
        "number": text.number,
        "moment": moment_text(text.sent_at),
    }
    sections = sections_of(text.definition, text.level, text.all_answers)
    lines = [line for each in sections for line in _section(each, language)]
    lines.append(_answer(kept.answer))
    items = _items(f"{kind.name}text{text.pk}", kept.items)
    return PrintedSection(
        heading, tuple(lines), items.printed() if items.rows else None
    )


def _section(section: SectionRead, language: str) -> Iterator[str]:
    if section.is_empty:
        return
    yield f"{section.number}. {section.title.text(language)}"
    for answer in section.answers:
        label = answer.question.label.text(language)
        yield from f"{label}: {answer.words(language)}".splitlines()
    for mark in section.marks:
        label = mark.question.label.text(language)
        yield f"{label}: {mark.own or NOTHING}/{mark.most}"


def _answer(answer: CellAnswer | None) -> str:
    if answer is None:
        return _("The cell has not answered this text.")
    day = moment_text(answer.at)
    if answer.is_confirmation:
        return joined(_("Confirmed by the cell %s") % day, answer.remark)
    return _("Returned by the cell %(day)s: %(remark)s") % {
        "day": day,
        "remark": answer.remark,
    }


def _items(key: str, items: Iterable[ItemKept]) -> Rows:
    heads = (
        _("What is to be done"),
        _("Target"),
        _("Until, evidence"),
        _("Checks"),
        _("Result"),
    )
    rows = Rows(key, heads, ("", "22", "28", "38", "24"))
    for each in items:
        item = each.item
        rows.rows.append(
            (
                joined(item.text, *_pointed_to(each)),
                f"{item.goal} {item.unit_of_measure}".strip(),
                joined(day_text(item.due_on), item.evidence),
                joined(*map(_check, each.checks)),
                joined(item.get_result_display(), item.result_note),
            )
        )
    return rows


def _pointed_to(kept: ItemKept) -> Iterator[str]:
    item = kept.item
    for label, row in (
        (_("criterion"), item.criterion),
        (_("programme"), item.programme_item),
        (_("task"), item.meeting_task),
    ):
        if row:
            yield f"{label}: {row.text}"


def _check(check: PledgeCheck) -> str:
    said = ", ".join(filter(None, (check.note, check.evidence)))
    state = check.get_state_display()
    who = _("own report") if check.is_own_report else ""
    about = ", ".join(filter(None, (str(state), who, said)))
    return f"{day_text(check.on)}: {about}"


def _answers_typed(kept: DraftKept, language: str) -> Iterator[str]:
    typed = kept.draft.content.get("answers", {})
    level = kept.draft.participant.exemplarity
    labels = {q.key: q for q in kept.form.questions_for(level)}
    for key, words in typed.items():
        question = labels.get(key)
        if words and question:
            label = question.label.text(language)
            said = question.answer_in_words(words, language)
            yield from f"{label}: {said}".splitlines()
        elif words:
            yield from f"{key}: {words}".splitlines()


def _items_typed(kept: DraftKept) -> Iterator[str]:
    for item in kept.draft.content.get("items", []):
        said = "; ".join(filter(None, (item.get(name, "") for name in TYPED)))
        if said:
            yield said
