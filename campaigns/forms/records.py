"""Records of inspection, discipline and commendation, conferences, programmes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import Inspection, PlannedInspection, SummaryConference
from campaigns.vocabulary.records import Award, DisciplineForm, record_lists
from campaigns.vocabulary.terms import Term
from members.dates import display_day
from members.forms.fields import (
    CHOOSE,
    TOO_LONG,
    CleanTextField,
    DayField,
    document_field,
)
from members.queries import number_in

NONE = ("", _("– none –"))
MOST_LINES = 50
MOST_TEXT = 5_000
MOST_DELEGATES = 9_999
FIRST_YEAR, LAST_YEAR = 2000, 2100


def choices_of(terms: Mapping[str, Term]) -> list[tuple[str, str]]:
    """Return code and words of the entries of a list."""
    language = get_language() or "vi"
    return [(code, term.label.text(language)) for code, term in terms.items()]


def _for_subject(
    terms: Mapping[str, DisciplineForm] | Mapping[str, Award], *, is_member: bool
) -> list[tuple[str, str]]:
    kind = "MEMBER" if is_member else "ORGANISATION"
    return choices_of(
        {code: each for code, each in terms.items() if each.subject in ("BOTH", kind)}
    )


class RecordForm(forms.Form):
    """What every record says first."""

    body = forms.ChoiceField(label=_("Which body"))
    on = DayField(label=_("Day"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("body", choices_of(record_lists().bodies))

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Give a field what can be chosen; none where it need not be.

        What has to be chosen stands empty at first: nothing is recorded by oversight.
        """
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", CHOOSE) if field.required else NONE, *choices]

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names of the columns."""
        data = dict(self.cleaned_data)
        data.pop("version")
        return data


class InspectionForm(RecordForm):
    """A visit of inspection or supervision."""

    kind = forms.ChoiceField(label=_("Which kind"))
    outside_body = CleanTextField(
        label=_("State body, for a state inspection"),
        max_length=255,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    planned = forms.ChoiceField(label=_("In the programme of the year"), required=False)
    joins = forms.ChoiceField(
        label=_("Recorded by another body for the same case"),
        required=False,
        help_text=_("The case then counts once in the sum."),
    )
    document = CleanTextField(
        label=_("Conclusion (number, date)"),
        max_length=255,
        required=False,
        help_text=_("Empty while nothing is concluded: it is then not counted."),
        error_messages={"max_length": TOO_LONG},
    )
    finding = forms.ChoiceField(label=_("Finding, as concluded"), required=False)
    follow_up = forms.ChoiceField(label=_("What has to follow"), required=False)
    follow_up_due_on = DayField(label=_("To follow by"), required=False)
    followed_up_on = DayField(label=_("Followed on"), required=False)
    field_order = ("kind", "body", "outside_body", "on")

    def __init__(
        self,
        *args: Any,
        planned: Iterable[PlannedInspection] = (),
        joined: Iterable[Inspection] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lists = record_lists()
        kinds = dict(choices_of(lists.inspection_kinds))
        self.offer("kind", kinds.items())
        self.offer("finding", choices_of(lists.findings))
        self.offer("follow_up", choices_of(lists.follow_ups))
        self.plans = {str(each.pk): each for each in planned}
        self.cases = {str(each.pk): each for each in joined}
        self.offer(
            "planned",
            [
                (key, f"{kinds.get(row.kind, row.kind)}, {display_day(row.due_on)}")
                for key, row in self.plans.items()
            ],
        )
        self.offer(
            "joins",
            [
                (key, f"{row.unit.name}, {display_day(row.on)}")
                for key, row in self.cases.items()
            ],
        )
        if not self.plans:
            del self.fields["planned"]
        if not self.cases:
            del self.fields["joins"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = record_lists().inspection_kinds.get(data.get("kind", ""))
        by_state = kind is not None and kind.group == "STATE"
        if by_state and not data.get("outside_body"):
            self.add_error("outside_body", _("Enter which state body it was."))
        if kind and not by_state and data.get("outside_body"):
            self.add_error("outside_body", _("This is for a state inspection alone."))
        if data.get("finding") and not data.get("document"):
            self.add_error("document", _("A finding needs the conclusion with number."))
        if data.get("follow_up") and not data.get("finding"):
            self.add_error("finding", _("Enter what was found."))
        days = [
            each for each in ("follow_up_due_on", "followed_up_on") if data.get(each)
        ]
        if days and not data.get("follow_up"):
            self.add_error("follow_up", _("Enter what has to follow."))
        begun, done = data.get("on"), data.get("followed_up_on")
        if begun and done and done < begun:
            self.add_error("followed_up_on", _("This is before the visit."))
        return data

    def facts(self) -> dict[str, Any]:
        data = super().facts()
        if "planned" in data:
            data["planned"] = self.plans.get(data["planned"])
        if "joins" in data:
            data["joins"] = self.cases.get(data["joins"])
        return data


class DisciplineRecordForm(RecordForm):
    """A decision of discipline."""

    form = forms.ChoiceField(label=_("Form of discipline"))
    ground = forms.ChoiceField(label=_("Ground"))
    document = document_field()
    field_order = ("form", "ground", "body", "document", "on")

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = record_lists()
        offered = _for_subject(lists.discipline_forms, is_member=is_member)
        self.offer("form", offered)
        self.offer("ground", choices_of(lists.grounds))
        self.fields["on"].label = _("Day of the decision")


class DisciplineChangeForm(forms.Form):
    """A later decision on the same case."""

    changed_form = forms.ChoiceField(label=_("What holds now"), required=False)
    changed_on = DayField(label=_("From"))
    change_document = document_field()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holds = self.fields["changed_form"]
        assert isinstance(holds, forms.ChoiceField)
        holds.choices = [
            ("", _("Annulled: no discipline")),
            *_for_subject(record_lists().discipline_forms, is_member=is_member),
        ]


class CommendationForm(RecordForm):
    """A title that was given."""

    title = forms.ChoiceField(label=_("What was given"))
    field = forms.ChoiceField(label=_("For what"))
    document = document_field()
    conference = forms.ChoiceField(
        label=_("Handed out at the conference"), required=False
    )
    field_order = ("title", "field", "body", "document", "on")

    def __init__(
        self,
        *args: Any,
        is_member: bool,
        conferences: Iterable[SummaryConference] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        lists = record_lists()
        self.offer("title", _for_subject(lists.titles, is_member=is_member))
        self.offer("field", _for_subject(lists.fields, is_member=is_member))
        self.fields["on"].label = _("Day of the decision")
        self.conferences = {str(each.pk): each for each in conferences}
        self.offer(
            "conference",
            [
                (key, f"{each.year}: {display_day(each.on)}")
                for key, each in self.conferences.items()
            ],
        )
        if not self.conferences:
            del self.fields["conference"]

    def facts(self) -> dict[str, Any]:
        data = super().facts()
        if "conference" in data:
            data["conference"] = self.conferences.get(data["conference"])
        return data


class DepartureForm(RecordForm):
    """A decision by which a member leaves a post."""

    kind = forms.ChoiceField(label=_("What was decided"))
    post = CleanTextField(
        label=_("Post, as the document says it"),
        max_length=255,
        error_messages={"required": _("Enter the post."), "max_length": TOO_LONG},
    )
    ground = forms.ChoiceField(label=_("Ground"))
    document = document_field()
    field_order = ("kind", "post", "ground", "body", "document", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lists = record_lists()
        self.offer("kind", choices_of(lists.departure_kinds))
        self.offer("ground", choices_of(lists.departure_grounds))
        self.fields["on"].label = _("Day of the decision")


class LinesField(forms.CharField):
    """Several lines, each a text and what stands behind the last semicolon."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, *, counts: bool, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(max_length=MOST_TEXT, **kwargs)
        self.counts = counts
        self.error_messages["max_length"] = str(TOO_LONG)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("At most %(most)d lines."), params={"most": MOST_LINES}
            )
        return [self._line(line) for line in lines]

    def _line(self, line: str) -> tuple[str, Any]:
        text, mark, rest = line.rpartition(";")
        if not self.counts:
            return self._task(line, text, rest) if mark else (self._text(line), None)
        count = number_in(rest.strip()) if mark else 0
        if not 0 < count <= MOST_DELEGATES:
            raise forms.ValidationError(
                _("“%(line)s”: write the body, a semicolon and how many."),
                params={"line": line},
            )
        return self._text(text), count

    def _task(self, line: str, text: str, rest: str) -> tuple[str, date | None]:
        try:
            day = DayField().clean(rest)
        except forms.ValidationError as refusal:
            raise forms.ValidationError(
                _("“%(line)s”: behind the semicolon stands a day, dd/mm/yyyy."),
                params={"line": line},
            ) from refusal
        return self._text(text), day

    def _text(self, text: str) -> str:
        limit = 255 if self.counts else 500
        found: str = CleanTextField(
            max_length=limit, error_messages={"max_length": TOO_LONG}
        ).clean(text)
        return found


class ConferenceForm(forms.Form):
    """The conference that sums up a year."""

    year = forms.IntegerField(
        label=_("Year that it sums up"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    on = DayField(label=_("Day"))
    place = CleanTextField(
        label=_("Place"),
        max_length=255,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    chair = CleanTextField(
        label=_("Chaired by"),
        max_length=255,
        error_messages={
            "required": _("Enter who chaired it."),
            "max_length": TOO_LONG,
        },
    )
    delegations = LinesField(
        label=_("Delegates by body, one line each"),
        counts=True,
        help_text=_("For example: “Thường trực Tỉnh ủy; 2”"),
    )
    report = CleanTextField(
        label=_("Report (number, date)"),
        max_length=255,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    conclusions = forms.CharField(
        label=_("Conclusions"),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Do not enter what is a state secret."),
        error_messages={"max_length": TOO_LONG},
    )
    tasks = LinesField(
        label=_("Key tasks of the next year, one line each"),
        counts=False,
        help_text=_(
            "With the day, where there is one: “Kiểm tra 12 chi bộ; 30/6/2020”"
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ProgrammeForm(forms.Form):
    """The programme of inspection and supervision of a year."""

    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    document = document_field()


class PlannedForm(forms.Form):
    """One visit of a programme."""

    kind = forms.ChoiceField(label=_("Which kind"))
    due_on = DayField(label=_("By"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = choices_of(record_lists().inspection_kinds)
