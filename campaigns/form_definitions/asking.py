"""Suggestions for a review, as questions of its form. Pure.

Source: docs/rules/self-reviews.md § 6.
"""

from collections.abc import Iterable
from dataclasses import replace

from campaigns.form_definitions.model import FormDefinition, Question, Section
from members.tables import Label

SUGGESTED = "suggested"  # the question that stands for all of them


def with_asked(
    form: FormDefinition, asked: Iterable[tuple[str, str]]
) -> FormDefinition:
    """Return the form with each suggestion, number and words, as a question.

    Without any it asks as on paper; each has to be answered.
    """
    each = tuple(asked)
    if not each:
        return form
    return replace(
        form, sections=tuple(_expanded(section, each) for section in form.sections)
    )


def _expanded(section: Section, asked: tuple[tuple[str, str], ...]) -> Section:
    questions: list[Question] = []
    for question in section.questions:
        if question.key != SUGGESTED:
            questions.append(question)
            continue
        questions += (
            replace(
                question,
                key=f"{SUGGESTED}.{number}",
                label=Label(vi=words, en=words),
                is_required=True,
            )
            for number, words in asked
        )
    return replace(section, questions=tuple(questions))


def asked_in(form: FormDefinition, level: str) -> list[tuple[str, str]]:
    """Return which suggestions a form asks to be answered: number and words."""
    return [
        (question.key.removeprefix(f"{SUGGESTED}."), question.label.vi)
        for question in form.questions_for(level)
        if question.key.startswith(f"{SUGGESTED}.")
    ]
