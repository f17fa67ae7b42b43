"""Texts of self-reviews and collective reports to be read, with what was answered."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from campaigns.models import Written, WrittenDraft, WrittenKind, level_of
from campaigns.queries.written.reading import FullText, sections_of


def draft_as_read(kind: WrittenKind, draft: WrittenDraft) -> FullText:
    """Return what is being written as it would be read."""
    form, level = draft.definition, level_of(kind.author_of(draft))
    return FullText(0, form, sections_of(form, level, draft.content["answers"]), None)


def texts_of(kind: WrittenKind, document: Written) -> list[FullText]:
    """Return the texts of a document got by a scope, the latest first; two queries."""
    return [full for _text, full in reversed(_read(kind, [document]))]


def all_texts(
    kind: WrittenKind, documents: Iterable[Written]
) -> dict[int, list[FullText]]:
    """Return the texts of each, the latest first, by author; two queries for all."""
    found: dict[int, list[FullText]] = defaultdict(list)
    for text, full in reversed(_read(kind, list(documents))):
        found[kind.author_of(text.document).pk].append(full)
    return found


def latest_texts(
    kind: WrittenKind, documents: Iterable[Written]
) -> dict[int, FullText]:
    """Return the latest text of each, by its author; two queries for all."""
    return {
        kind.author_of(text.document).pk: full
        for text, full in _read(kind, list(documents))
    }


def _read(kind: WrittenKind, documents: list[Any]) -> list[tuple[Any, FullText]]:
    """Return texts with how they are read, the earliest first."""
    texts = kind.text._default_manager.filter(**{f"{kind.above}__in": documents})
    campaign = "campaign" if kind.author == "participant" else "unit__campaign"
    related = texts.select_related(f"{kind.of_author}__{campaign}")
    rows = list(related.order_by("number"))
    said = kind.answer._default_manager.filter(text__in=rows)  # type: ignore[misc]  # every kind names the text that it answers
    answers = {each.text_id: each for each in said.select_related("by")}  # type: ignore[attr-defined]  # as above
    read = []
    for text in rows:
        form = text.definition
        sections = sections_of(form, text.asked_as, text.all_answers)
        answer = answers.get(text.pk)
        read.append((text, FullText(text.number, form, sections, text.sent_at, answer)))
    return read
