"""A session with who was there, of a body in numbers, and the essays that came in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.work import REQUIRED, field_of
from campaigns.models import (
    Essay,
    Participant,
    StudyAttendance,
    StudyDocument,
    StudySession,
)
from members.forms.fields import DayField

How = StudyAttendance.How


class SessionForm(forms.ModelForm):
    """What was studied, when, how; all were present but for what is changed."""

    class Meta:
        model = StudySession
        formfield_callback = field_of
        fields = ("topic", "on", "rapporteur", "form", "place", "materials")
        labels: ClassVar = {"place": _("Place")}

    def __init__(
        self,
        *args: Any,
        documents: Sequence[StudyDocument],
        people: Iterable[Participant],
        attended: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.documents = {str(each.pk): each for each in documents}
        self.fields["documents"] = forms.MultipleChoiceField(
            label=_("What was studied"),
            choices=[(key, str(each)) for key, each in self.documents.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": REQUIRED},
        )
        self.order_fields(["documents", *self.fields])
        if self.instance.pk:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.instance.version
            )
        self.people = list(people)
        for person in self.people:
            self.fields[f"how_{person.pk}"] = forms.ChoiceField(
                label=person.full_name,
                choices=How.choices,
                initial=(attended or {}).get(person.pk, How.PRESENT),
            )

    @property
    def facts_fields(self) -> list[forms.BoundField]:
        """The fields above the list of people."""
        return [self[name] for name in self.fields if not name.startswith("how_")]

    @property
    def lines(self) -> list[tuple[Participant, forms.BoundField]]:
        """Each person with the field that says how they were there."""
        return [(person, self[f"how_{person.pk}"]) for person in self.people]

    def chosen(self) -> list[StudyDocument]:
        """Return what was studied."""
        return [self.documents[key] for key in self.cleaned_data["documents"]]

    def exceptions(self) -> dict[int, str]:
        """Return how those were there who were not simply present."""
        data = self.cleaned_data
        said = {person.pk: data[f"how_{person.pk}"] for person in self.people}
        return {pk: how for pk, how in said.items() if how != How.PRESENT}

    def facts(self) -> dict[str, Any]:
        """Return what was typed about the session itself."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class BodySessionForm(SessionForm):
    """The session of a body that is no cell: how many were there, of how many."""

    class Meta(SessionForm.Meta):
        fields = (  # type: ignore[assignment]  # the same, with the headcount
            "body_name",
            *SessionForm.Meta.fields,
            "headcount",
            "invited",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body_name", "headcount", "invited"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = REQUIRED


class EssaysForm(forms.Form):
    """Who has handed in an essay, on which day, and how it was judged."""

    def __init__(
        self,
        *args: Any,
        people: Iterable[Participant],
        essays: Mapping[int, Essay],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for person in self.people:
            essay = essays.get(person.pk)
            self.fields[f"on_{person.pk}"] = DayField(
                label=_("Handed in on"),
                required=False,
                help_text="",
                initial=essay and essay.handed_in_on,
            )
            self.fields[f"judgement_{person.pk}"] = forms.ChoiceField(
                label=_("Judgement"),
                choices=Essay.Judgement.choices,
                required=False,
                initial=essay and essay.judgement,
            )

    @property
    def lines(self) -> list[tuple[Participant, forms.BoundField, forms.BoundField]]:
        """Each person with the two fields about the essay."""
        return [
            (person, self[f"on_{person.pk}"], self[f"judgement_{person.pk}"])
            for person in self.people
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for person in self.people:
            judged = data.get(f"judgement_{person.pk}")
            on = f"on_{person.pk}"
            if judged and not data.get(on) and on not in self.errors:
                self.add_error(on, _("Enter the day."))
        return data

    def essays(self) -> dict[int, tuple[date, str]]:
        """Return day and judgement of those that came in, by participant."""
        data = self.cleaned_data
        return {
            person.pk: (on, data[f"judgement_{person.pk}"])
            for person in self.people
            if (on := data[f"on_{person.pk}"])
        }
