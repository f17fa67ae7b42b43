"""A form that people write and send to the cell, made from its definition.

And the small forms around it: how it is begun, sent, answered.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns import form_definitions
from campaigns.form_definitions import (
    LONGEST,
    MOST_ITEMS,
    Content,
    FormDefinition,
    Problem,
    Question,
    Shown,
)
from campaigns.models import MeasuredItem, WrittenDraft
from campaigns.queries.written.reading import NoteBeside
from campaigns.steps import window_of
from members.forms.fields import TOO_LONG, DayField

ANSWER = "answer-"
ITEM = re.compile(r"item-(\d{1,4})-section")

# What stands at a field that is wrong.
WORDS: dict[Problem, Promise] = {
    Problem.TOO_LONG: _(
        "This is longer than the form takes. Shorten it: nothing of it is lost, it is "
        "still here."
    ),
    Problem.UNFIT: _("The text holds a character that cannot be seen."),
    Problem.NO_CHOICE: _("Choose one of the answers."),
    Problem.MISSING: _("Write something here."),
    Problem.NO_DAY: _("This is no day of the calendar: write dd/mm/yyyy."),
    Problem.NOT_OF_YEAR: _(
        "This day is not of the campaign: from 1 November of the year before to 30 June "
        "of the year after."
    ),
    Problem.NO_NUMBER: _("The target is measured by a number: write one."),
    Problem.NOTHING: _("Write at least one item with its target."),
    Problem.TOO_MANY: _("A pledge has 60 items at most."),
    Problem.NO_POINTS: _("Write points from 0 up to the most of the criterion."),
    Problem.OVER_SUM: _("Together this is more points than there are to give."),
}
MISSING_TARGET = _("Write the target: without it nobody can tell whether it is done.")
MEASURES = MeasuredItem.Measure


def words_for(place: str, problem: Problem) -> str:
    """Return what to tell the author at one place."""
    if problem is Problem.MISSING and place.endswith(".goal"):
        return str(MISSING_TARGET)
    return str(WORDS[problem])


class Offer(Protocol):
    """Something of last year to take over, by its section."""

    @property
    def section(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One question with what is written."""

    question: Question
    number: int | None  # where the section asks for several texts
    name: str
    text: str
    error: str


@dataclass(frozen=True, slots=True)
class ItemFields:
    """One item with what is written; `at` is its place in the whole form."""

    at: int
    values: Mapping[str, str]
    errors: Mapping[str, str]
    measures: Sequence[tuple[str, Any]] = tuple(MEASURES.choices)


@dataclass(frozen=True, slots=True)
class SectionFields:
    """One section as it is filled in."""

    shown: Shown
    numeral: str
    guidance: str
    answers: tuple[AnswerField, ...]
    items: tuple[ItemFields, ...]
    blank: ItemFields  # what a script copies for one more
    offered: tuple[Offer, ...] = ()  # last year's of this section
    table: tuple[AnswerField, ...] = ()  # of points
    beside: tuple[NoteBeside, ...] = ()  # what is looked at while it is written


class WrittenForm(forms.Form):
    """Answers and items as they were typed; a draft may lack everything."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, data: Any = None, *, draft: WrittenDraft, level: str, year: int
    ) -> None:
        super().__init__(data, initial={"version": draft.version})
        self._days = window_of(year)
        self.draft, self.level = draft, level
        self.definition: FormDefinition = draft.definition
        self.content: Content = draft.content if data is None else self._typed(data)
        self.problems: dict[str, Problem] = {}

    def clean(self) -> dict[str, Any]:
        """Check what a draft must hold to: lengths and letters."""
        self.tell(is_draft=True)
        return dict(super().clean() or {})

    def tell(self, *, is_draft: bool) -> bool:
        """Find what is wrong; return whether nothing is."""
        self.problems = form_definitions.problems_of(
            self.definition,
            self.level,
            self.content,
            is_draft=is_draft,
            days=self._days,
        )
        for place, problem in self.problems.items():
            if self.is_bound:
                self.add_error(None, self.words_at(place, problem))
        return not self.problems

    def words_at(self, place: str, problem: Problem) -> str:
        """Return what to tell the author at one place: a tick is chosen, not written."""
        chosen = {q.key for q in self.definition.questions_for(self.level) if q.choices}
        is_missing = problem is Problem.MISSING and place in chosen
        return words_for(place, Problem.NO_CHOICE if is_missing else problem)

    def faults(self) -> list[tuple[str, str]]:
        """Return what is wrong, each sentence once, and the id of its first field."""
        found: dict[str, str] = {}
        for place, problem in self.problems.items():
            found.setdefault(self.words_at(place, problem), _field_id(place))
        return list(found.items())

    def sections(
        self,
        *,
        language: str,
        guidance: Mapping[str, str],
        offered: Sequence[Offer] = (),
        beside: Mapping[str, Sequence[NoteBeside]] | None = None,
    ) -> Iterator[SectionFields]:
        """Give the sections with their fields, in the order of the form."""
        for shown in self.definition.shown_to(self.level):
            key = shown.section.key
            default = shown.section.guidance
            yield SectionFields(
                shown=shown,
                numeral=self.definition.numeral(shown.number),
                guidance=guidance.get(key)
                or (default.text(language) if default else ""),
                answers=tuple(
                    self._answer(shown, q) for q in shown.questions if not q.mark
                ),
                table=tuple(self._answer(shown, q) for q in shown.questions if q.mark),
                items=tuple(
                    self._item(at)
                    for at, item in enumerate(self.content["items"])
                    if item["section"] == key
                ),
                blank=ItemFields(9999, {"section": key, "measure": "TEXT"}, {}),
                offered=tuple(each for each in offered if each.section == key),
                beside=tuple((beside or {}).get(key, ())),
            )

    def _answer(self, shown: Shown, question: Question) -> AnswerField:
        problem = self.problems.get(question.key)
        return AnswerField(
            question=question,
            number=shown.number_of(question),
            name=f"{ANSWER}{question.key}",
            text=self._sums().get(question.key)
            or self.content["answers"].get(question.key, ""),
            error=self.words_at(question.key, problem) if problem else "",
        )

    def _sums(self) -> dict[str, str]:
        rows = form_definitions.table_of(
            self.definition, self.level, self.content["answers"]
        )
        return {
            row.question.key: row.own
            for row in rows
            if row.question.mark and row.question.mark.is_sum
        }

    def total(self) -> str:
        """Return the points of the whole as they stand."""
        return form_definitions.total_of(
            self.definition, self.level, self.content["answers"]
        )

    def _item(self, at: int) -> ItemFields:
        start = f"items.{at}."
        errors = {
            place.removeprefix(start): words_for(place, problem)
            for place, problem in self.problems.items()
            if place.startswith(start)
        }
        return ItemFields(at, self.content["items"][at], errors)

    def _typed(self, data: Mapping[str, str]) -> Content:
        questions = self.definition.questions_for(self.level)
        numbers = sorted(
            int(found[1]) for name in data if (found := ITEM.fullmatch(name))
        )
        names = ("section", "measure", "source", *LONGEST)
        return form_definitions.kept_content(
            self.definition,
            self.level,
            answers={
                question.key: data.get(f"{ANSWER}{question.key}", "")
                for question in questions
            },
            typed_items=[
                {name: data.get(f"item-{number}-{name}", "") for name in names}
                for number in numbers[: MOST_ITEMS + 1]
            ],
        )


def _field_id(place: str) -> str:
    """Return the id of the field in which something is wrong, "" for the whole."""
    start, _dot, rest = place.partition(".")
    if start == "items":
        return f"item-{rest.replace('.', '-')}"
    return f"{ANSWER}{place}" if place else ""


class BeginForm(forms.Form):
    """In which form; the day of the paper where somebody types it on behalf."""

    form = forms.ChoiceField(label=_("Form"), widget=forms.RadioSelect)
    signed_on = DayField(label=_("Day of the signature on the paper"))

    def __init__(
        self,
        data: Any = None,
        *,
        codes: Sequence[str],
        language: str,
        is_on_behalf: bool,
    ) -> None:
        super().__init__(data, initial={"form": codes[0]})
        form = self.fields["form"]
        assert isinstance(form, forms.ChoiceField)
        form.choices = [
            (code, form_definitions.load(code).name.text(language)) for code in codes
        ]
        if not is_on_behalf:
            del self.fields["signed_on"]


class SendForm(forms.Form):
    """The version that was read before it is sent."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class TextNumberForm(forms.Form):
    """Which text was read when somebody answers."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReturnForm(TextNumberForm):
    """What is to be mended."""

    remark = forms.CharField(
        label=_("What is to be completed"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The author reads this beside the text."),
        error_messages={
            "required": _("Say what is to be completed."),
            "max_length": TOO_LONG,
        },
    )


class NothingForm(forms.Form):
    """An act that needs nothing but the button."""


class AcknowledgeForm(forms.Form):
    """The day on which the printed page was signed."""

    on = DayField(label=_("Day of the signature on the printed page"))


class PaperForm(forms.Form):
    """The days of a document on paper; `confirmed` is what the second is called."""

    received_on = DayField(label=_("Paper received on"))
    confirmed_on = DayField(required=False)

    def __init__(
        self, data: Any = None, *, confirmed: Promise, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["confirmed_on"].label = str(confirmed)


class PledgePaperForm(PaperForm):
    """The same of a pledge, whose items are counted: each is checked by its number."""

    items = forms.IntegerField(
        label=_("Number of items on the paper"),
        required=False,
        min_value=1,
        max_value=MOST_ITEMS,
        help_text=_("Meetings then record for each number how it stands."),
    )
    field_order = ("received_on", "items", "confirmed_on")
