"""Points by the criteria of a rule set, as questions of a form. Pure.

A form asks for points in one place; which, and how many at most, the campaign's rule set
says. So the question is taken apart into one for each criterion before anybody meets it.

Source: docs/rules/self-reviews.md § 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from campaigns.form_definitions.answers import Answers, Problem, number_of
from campaigns.form_definitions.model import (
    LEADING,
    FormDefinition,
    Mark,
    Question,
    Section,
)
from campaigns.rulesets.procedure import Criteria, Criterion


@dataclass(frozen=True, slots=True)
class MarkRead:
    """One line of the table of points."""

    question: Question
    own: str  # "" where none is given

    @property
    def most(self) -> str:
        """The most that can be given, as it is printed."""
        return "" if self.question.mark is None else shown(self.question.mark.most)


def kind_of(level: str) -> str:
    """Return as what the rule set weighs somebody of a level of exemplarity."""
    return "CADRE" if level in LEADING else "MEMBER"


def with_points(form: FormDefinition, criteria: Criteria, kind: str) -> FormDefinition:
    """Return the form with its table of points as questions of its own.

    `kind` is what is weighed: "MEMBER", "CADRE", "ORGANISATION" or "COLLECTIVE".
    """
    lines = _lines(criteria, kind)
    return replace(
        form,
        sections=tuple(_expanded(section, lines) for section in form.sections),
        most_points=criteria.points,
    )


def _lines(criteria: Criteria, kind: str) -> tuple[tuple[Criterion, Mark], ...]:
    asked = [
        each
        for each in criteria.tree
        if kind in each.applies_to and each.points is not None
    ]
    parents = {each.parent for each in asked}
    return tuple(
        (each, Mark(each.code, each.parent, each.points or Decimal(0), each.code in parents))
        for each in asked
    )  # fmt: skip


def _expanded(section: Section, lines: tuple[tuple[Criterion, Mark], ...]) -> Section:
    questions: list[Question] = []
    for question in section.questions:
        if not question.asks_points:
            questions.append(question)
            continue
        questions += (
            replace(
                question,
                key=f"{question.key}.{criterion.code}",
                label=criterion.label,
                guidance=None,
                asks_points=False,
                mark=mark,
                is_required=question.is_required and not mark.is_sum,
            )
            for criterion, mark in lines
        )
    return replace(section, questions=tuple(questions))


def shown(points: Decimal) -> str:
    """Return points as they are written: "16", "7,5"."""
    return format(points.normalize(), "f").replace(".", ",")


def point_problems(
    form: FormDefinition, level: str, answers: Answers
) -> Iterator[tuple[str, Problem]]:
    """Give what is wrong with the sums: none is over what it may be.

    Single points are checked with the answers.
    """
    sums = sums_of(form, level, answers)
    for question in form.questions_for(level):
        mark = question.mark
        if mark and mark.is_sum and sums[mark.code] > mark.most:
            yield question.key, Problem.OVER_SUM
    if form.most_points is not None and sums[""] > form.most_points:
        yield "", Problem.OVER_SUM


def sums_of(
    form: FormDefinition, level: str, answers: Mapping[str, str]
) -> dict[str, Decimal]:
    """Return the points at and below each criterion, those of the whole under ""."""
    marks = [q for q in form.questions_for(level) if q.mark]
    above = {q.mark.code: q.mark.parent for q in marks if q.mark}
    sums = dict.fromkeys(["", *above], Decimal(0))
    for question in marks:
        assert question.mark is not None  # asked for by it
        own = number_of(answers.get(question.key, ""))
        if question.mark.is_sum or own is None:
            continue
        at: str | None = question.mark.code
        while at in above:
            sums[at] += own
            at = above[at]
        sums[""] += own
    return sums


def table_of(
    form: FormDefinition, level: str, answers: Mapping[str, str]
) -> tuple[MarkRead, ...]:
    """Return the table of points as it is read, with its sums; none without points."""
    sums = sums_of(form, level, answers)
    return tuple(
        MarkRead(
            question,
            shown(sums[question.mark.code])
            if question.mark.is_sum
            else answers.get(question.key, ""),
        )
        for question in form.questions_for(level)
        if question.mark
    )


def total_of(form: FormDefinition, level: str, answers: Mapping[str, str]) -> str:
    """Return the points of the whole, as they are written."""
    return shown(sums_of(form, level, answers)[""])
