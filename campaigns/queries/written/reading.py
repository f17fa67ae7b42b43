"""A document to be read: sections in the order of its form, who opened it."""

from dataclasses import dataclass
from datetime import datetime

from campaigns import form_definitions
from campaigns.form_definitions import (
    Answers,
    FormDefinition,
    MarkRead,
    Question,
    Shown,
)
from campaigns.models import Author, Participant, TextAnswer, WrittenKind
from members.models import Event
from members.queries import post_name
from members.row_security import Purpose, opened_for
from members.tables import Label

MOST_OPENINGS = 100


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """One question with what was answered; `number` where the section has several."""

    number: int | None
    question: Question
    text: str

    def words(self, language: str) -> str:
        """Return what was answered as it is read."""
        return self.question.answer_in_words(self.text, language)


@dataclass(frozen=True, slots=True)
class SectionRead:
    """One section with what was written into it."""

    number: str
    key: str
    title: Label
    answers: tuple[AnswerRead, ...]
    marks: tuple[MarkRead, ...]
    total: str  # of the points, "" without any
    shown: Shown  # what is asked, answered or not

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written into it."""
        return not self.answers and not any(mark.own for mark in self.marks)


@dataclass(frozen=True, slots=True)
class FullText:
    """One text of a document, whole."""

    number: int  # 0: still being written
    form: FormDefinition
    sections: tuple[SectionRead, ...]
    sent_at: datetime | None
    answer: TextAnswer | None = None


def sections_of(
    form: FormDefinition, level: str, answers: Answers
) -> tuple[SectionRead, ...]:
    """Return what was written, by the sections that the level is asked."""
    table = form_definitions.table_of(form, level, answers)
    return tuple(
        _section(form, shown, answers, table, level) for shown in form.shown_to(level)
    )


def _section(
    form: FormDefinition,
    shown: Shown,
    answers: Answers,
    table: tuple[MarkRead, ...],
    level: str,
) -> SectionRead:
    marks = tuple(row for row in table if row.question in shown.questions)
    return SectionRead(
        number=form.numeral(shown.number),
        key=shown.section.key,
        title=shown.section.title,
        answers=tuple(
            AnswerRead(shown.number_of(question), question, answers[question.key])
            for question in shown.questions
            if question.key in answers and question.mark is None
        ),
        marks=marks,
        total=form_definitions.total_of(form, level, answers) if marks else "",
        shown=shown,
    )


@dataclass(frozen=True, slots=True)
class NoteBeside:
    """What stands beside a section while it is written, to be taken over and adapted."""

    title: str
    lines: tuple[str, ...]
    question: str  # whose answer takes it over


@dataclass(frozen=True, slots=True)
class OpeningRead:
    """That somebody opened the document: when, who, in which post."""

    at: datetime
    name: str
    post: str


@opened_for(Purpose.RECORD)
def openings_of(kind: WrittenKind, participant: Participant) -> list[OpeningRead]:
    """Return who opened somebody's document, for that person; the latest first."""
    events = Event.objects.filter(
        action=kind.opened,
        subject_kind=Participant._meta.label_lower,
        subject_id=participant.pk,
    ).select_related("account", "post__unit")
    return [
        OpeningRead(
            at=event.at,
            name=str(event.account or ""),
            post=post_name(event.post) if event.post else "",
        )
        for event in events.order_by("-pk")[:MOST_OPENINGS]
    ]


def last_number(kind: WrittenKind, author: Author) -> int:
    """Return the number of the text that was sent last, 0 for none."""
    texts = kind.text._default_manager.filter(**{kind.of_author: author})
    return texts.order_by("-number").values_list("number", flat=True).first() or 0


def last_remark(kind: WrittenKind, author: Author) -> str:
    """Return with which words the last text was returned, "" for none."""
    answers = kind.answer._default_manager.filter(**{f"text__{kind.of_author}": author})
    found = answers.order_by("-text__number").first()
    return "" if found is None else found.remark
