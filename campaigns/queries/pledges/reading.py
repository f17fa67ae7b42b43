"""A pledge to be read: sections in the order of its form, what was said to each text."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from campaigns.form_definitions import Content, FormDefinition, sent_items
from campaigns.models import (
    PLEDGES,
    Participant,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeItem,
    PledgeText,
)
from campaigns.queries.written import likeness
from campaigns.queries.written import reading as written


@dataclass(frozen=True, slots=True)
class Link:
    """What stands with a programme item or task to which an item points.

    `state` is empty for a task of which no result is recorded.
    """

    of_programme: bool
    text: str
    on: date  # of the check, or by which the task is due
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One item with what became of it."""

    item: PledgeItem
    checks: tuple[PledgeCheck, ...] = ()
    links: tuple[Link, ...] = ()  # where somebody asked for them

    @property
    def found(self) -> tuple[PledgeCheck, ...]:
        """What the cell found, without what the author reported."""
        return tuple(check for check in self.checks if not check.is_own_report)


@dataclass(frozen=True, slots=True)
class SectionRead(written.SectionRead):
    """One section of a pledge, with the items below it."""

    items: tuple[ItemRead, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written into it."""
        return not (self.answers or self.items)


@dataclass(frozen=True, slots=True)
class FullText(written.FullText):
    """One text of a pledge, whole."""

    sections: tuple[SectionRead, ...]

    @property
    def items(self) -> tuple[ItemRead, ...]:
        """All items, in the order of the form."""
        return tuple(item for section in self.sections for item in section.items)


def draft_as_read(form: FormDefinition, level: str, content: Content) -> FullText:
    """Return what is being written as it would be read; only of what has no problems."""
    items = [
        PledgeItem(
            section=item.section,
            text=item.text,
            measure=item.measure,
            goal=item.goal,
            unit_of_measure=item.unit_of_measure,
            due_on=item.due_on,
            evidence=item.evidence,
        )
        for item in sent_items(content)
    ]
    sections = _sections(form, level, content["answers"], [*map(ItemRead, items)])
    return FullText(0, form, sections, None)


def texts_of(pledge: Pledge) -> list[FullText]:
    """Return the texts of a pledge that the reader reached, the latest first.

    Four queries.
    """
    texts = PledgeText.objects.filter(pledge=pledge)
    return sorted(_read(texts), key=lambda text: -text.number)


def all_texts(pledge_ids: Collection[int]) -> dict[int, list[FullText]]:
    """Return the texts of each pledge by its number, the latest first.

    Four queries for all.
    """
    rows = list(PledgeText.objects.filter(pledge__in=pledge_ids).order_by("-number"))
    found: dict[int, list[FullText]] = defaultdict(list)
    for text, full in zip(rows, _read(rows), strict=True):
        found[text.pledge_id].append(full)
    return found


def read_text(pledge: Pledge) -> FullText | None:
    """Return the latest text of a pledge; four queries."""
    texts = PledgeText.objects.filter(pledge=pledge).order_by("-number")[:1]
    return next(iter(_read(texts)), None)


def confirmed_texts(pledges: Iterable[Pledge]) -> dict[int, FullText]:
    """Return the latest text of each pledge, by participant; four queries for all."""
    by_pledge = {pledge.pk: pledge.participant_id for pledge in pledges}
    texts = PledgeText.objects.filter(pledge__in=by_pledge).order_by("number")
    latest = {text.pledge_id: text for text in texts}  # the last of each wins
    read = _read(latest.values())
    return {
        by_pledge[text.pledge_id]: full
        for text, full in zip(latest.values(), read, strict=True)
    }


def _read(texts: Iterable[PledgeText]) -> list[FullText]:
    rows = list(texts)
    answers = PledgeAnswer.objects.filter(text__in=rows).select_related("by")
    answer_of = {answer.text_id: answer for answer in answers}
    checks: dict[int, list[PledgeCheck]] = defaultdict(list)
    for check in PledgeCheck.objects.filter(item__sent__in=rows).order_by("on", "pk"):
        checks[check.item_id].append(check)
    items: dict[int, list[ItemRead]] = defaultdict(list)
    for item in PledgeItem.objects.filter(sent__in=rows):
        items[item.sent_id].append(ItemRead(item, tuple(checks[item.pk])))
    return [
        FullText(
            text.number,
            text.definition,
            _sections(text.definition, text.level, text.answers, items[text.pk]),
            text.sent_at,
            answer_of.get(text.pk),
        )
        for text in rows
    ]


def _sections(
    form: FormDefinition, level: str, answers: dict[str, str], items: Sequence[ItemRead]
) -> tuple[SectionRead, ...]:
    return tuple(
        SectionRead(
            number=section.number,
            key=section.key,
            title=section.title,
            answers=section.answers,
            marks=section.marks,
            total=section.total,
            shown=section.shown,
            items=tuple(each for each in items if each.item.section == section.key),
        )
        for section in written.sections_of(form, level, answers)
    )


def without_checks(text: FullText) -> FullText:
    """Return a text as fellow members read it: what was promised, not how it stands."""
    return replace(
        text,
        answer=None,
        sections=tuple(
            replace(
                section,
                items=tuple(
                    replace(each, checks=(), links=()) for each in section.items
                ),
            )
            for section in text.sections
        ),
    )


last_number = partial(written.last_number, PLEDGES)
last_remark = partial(written.last_remark, PLEDGES)
openings_of = partial(written.openings_of, PLEDGES)
likeness_of = partial(likeness.likeness_of, PLEDGES)


def current_items(participant: Participant) -> list[PledgeItem]:
    """Return the items of the text that was sent last."""
    items = PledgeItem.objects.filter(
        sent__pledge__participant=participant, sent__number=last_number(participant)
    )
    return list(items)
