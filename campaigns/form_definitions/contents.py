"""A whole form as somebody fills it in: answers in words, and measured items. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from campaigns.form_definitions import asking, items, points
from campaigns.form_definitions.answers import (
    Answers,
    Problem,
    answer_problems,
    kept,
    words_of,
)
from campaigns.form_definitions.items import Item, TypedItem
from campaigns.form_definitions.model import FormDefinition


class Content(TypedDict):
    """What is kept of a form while it is written."""

    answers: Answers
    items: list[TypedItem]


def kept_content(
    form: FormDefinition,
    level: str,
    *,
    answers: Mapping[str, str],
    typed_items: Iterable[Mapping[str, str]],
) -> Content:
    """Return what was typed as it is kept, by what this level is asked."""
    sections = form.sections_with_items(level)
    return {
        "answers": kept(form, level, answers),
        "items": items.kept_items(typed_items, sections),
    }


def problems_of(
    form: FormDefinition,
    level: str,
    content: Content,
    *,
    is_draft: bool,
    days: items.Days | None = None,
) -> dict[str, Problem]:
    """Return what is wrong, by "ideology", by "items.0.goal", "" for the whole.

    `days` are the first and the last on which an item may be due.

    Only what is sent has to hold something, and a target in each of its items.
    Source: docs/rules/pledges.md § 4.
    """
    found = answer_problems(form, level, content["answers"], is_draft=is_draft)
    if not is_draft:
        found |= dict(points.point_problems(form, level, content["answers"]))
    written = content["items"]
    if len(written) > items.MOST_ITEMS:
        found[""] = Problem.TOO_MANY
    for at, item in enumerate(written):
        if is_draft or not items.is_empty(item):
            wrong = items.item_problems(item, is_draft=is_draft, days=days)
            found |= {f"items.{at}.{name}": each for name, each in wrong.items()}
    has_items = bool(form.sections_with_items(level))
    if not is_draft and has_items and all(map(items.is_empty, written)):
        found[""] = Problem.NOTHING
    return found


def sent_items(content: Content) -> tuple[Item, ...]:
    """Return the items that are sent, of a content without problems."""
    written = [item for item in content["items"] if not items.is_empty(item)]
    return tuple(items.sent_item(item) for item in written)


@dataclass(frozen=True, slots=True)
class Columns:
    """Answers as a review keeps them: words, ticks and points, own levels, suggestions."""

    answers: Answers
    marks: Answers
    levels: Answers  # by what they are of: "MEMBER", "SERVANT", "COLLECTIVE"
    asked: list[tuple[str, str]]


def by_columns(form: FormDefinition, level: str, answers: Answers) -> Columns:
    """Return in which columns the answers of a review are kept."""
    given = [q for q in form.questions_for(level) if q.key in answers]
    return Columns(
        answers={q.key: answers[q.key] for q in given if q.is_written},
        marks={
            q.key: answers[q.key] for q in given if not (q.is_written or q.proposes)
        },
        levels={q.proposes: answers[q.key] for q in given if q.proposes},
        asked=asking.asked_in(form, level),
    )


def in_words(form: FormDefinition, level: str, answers: Answers) -> Answers:
    """Return the answers that are written, without ticks and points."""
    written = {q.key for q in form.questions_for(level) if q.is_written}
    return {key: text for key, text in answers.items() if key in written}


def digest_of(content: Content) -> str:
    """Return the digest of the words alone: neither their case nor marks between them.

    What, and which target: a date, a place of evidence tell nobody's pledge apart.
    """
    texts = [content["answers"][key] for key in sorted(content["answers"])]
    for item in content["items"]:
        texts += (item["text"], item["goal"])
    words = [word for text in texts for word in words_of(text)]
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
