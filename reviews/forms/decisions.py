"""A decision in bulk: the papers, the files, and what is decided otherwise."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.rulesets import RuleSet
from members.forms.fields import TOO_LONG, CleanTextField, DayField
from reviews.models import UnitFile
from reviews.queries.files import choices_of, level_words, reason_words
from reviews.queries.verifying import OpenCase
from reviews.services.deciding import Different, Papers

NOT_YET = "NOT_YET"


class ShownFilesField(forms.MultipleChoiceField):
    """Files with the version that was shown; one that changed since is told later."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """Take any number with a version: the service knows what became of it."""
        return re.fullmatch(r"[0-9]{1,12}:[0-9]{1,9}", value) is not None


class ShownPersonField(forms.ChoiceField):
    """A person who was shown; one who is decided since is told later."""

    def valid_value(self, value: str) -> bool:
        """Take any number: the service knows what became of whom."""
        return re.fullmatch(r"[0-9]{1,12}", value) is not None


def line_field(label: Any) -> CleanTextField:
    return CleanTextField(
        label=label, max_length=255, error_messages={"max_length": TOO_LONG}
    )


def count_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=500)


class PapersForm(forms.Form):
    """The document of a decision, and the meeting that it rests on."""

    document = line_field(_("Number of the decision"))
    on = DayField(label=_("Date of the decision"))
    minutes = line_field(_("Number of the minutes"))
    minutes_on = DayField(label=_("Date of the meeting"))
    present = count_field(_("Members present"))
    votes_for = count_field(_("Votes for"))
    votes_against = count_field(_("Votes against"))
    signed_by = line_field(_("Signed “T/M” by"))
    breach_reason = CleanTextField(
        label=_("Reason for going beyond a number or an order, where that is so"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )

    def papers(self) -> Papers:
        """Return the document and its meeting, as the service takes them."""
        names = Papers.__dataclass_fields__
        return Papers(**{name: self.cleaned_data[name] for name in names})


class DecisionForm(PapersForm):
    """The document, its meeting, the files, and rows for exceptions."""

    files = ShownFilesField(  # type: ignore[assignment]  # is reached by its key alone
        label=_("Files that are decided on")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        files: Sequence[UnitFile],
        cases: Sequence[OpenCase],
        rules: RuleSet,
        rows: int,
    ) -> None:
        super().__init__(data)
        choices = [(f"{file.pk}:{file.version}", file.unit.name) for file in files]
        shown = self.fields["files"]
        assert isinstance(shown, ShownFilesField)
        shown.choices = choices
        shown.initial = [value for value, _name in choices]
        people = [
            (str(case.proposal.participant_id), case.participant.full_name)
            for case in cases
        ]
        levels = [*choices_of(level_words(rules)), (NOT_YET, _("not in this decision"))]
        self.rows = range(1, rows + 1)
        for row in self.rows:
            self._add(row, people, levels, choices_of(reason_words(rules)))

    def _add(self, row: int, people: Any, levels: Any, reasons: Any) -> None:
        added: dict[str, forms.Field] = {
            "person": ShownPersonField(
                label=_("Person"), choices=[("", "–"), *people], required=False
            ),
            "level": forms.ChoiceField(
                label=_("Decided level"), choices=levels, required=False
            ),
            "reason": forms.ChoiceField(
                label=_("Reason for the lowest level"), choices=reasons, required=False
            ),
            "note": CleanTextField(
                label=_("Why otherwise than proposed"),
                max_length=1000,
                required=False,
                error_messages={"max_length": TOO_LONG},
            ),
        }
        for name, field in added.items():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs |= {
                "class": "form-select" if is_choice else "form-control",
                "aria-label": f"{field.label} ({row})",
            }
            self.fields[f"{name}_{row}"] = field

    @property
    def exception_rows(self) -> list[list[forms.BoundField]]:
        """Person, level, reason and note of each row."""
        names = ("person", "level", "reason", "note")
        return [[self[f"{name}_{row}"] for name in names] for row in self.rows]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is filled in half, and a person named twice."""
        typed = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for row in self.rows:
            person, level = typed.get(f"person_{row}"), typed.get(f"level_{row}")
            if bool(person) != bool(level):
                missing = "level" if person else "person"
                self.add_error(f"{missing}_{row}", _("Choose one"))
            if person and person in seen:
                self.add_error(f"person_{row}", _("This person is named twice."))
            seen.add(person or "")
        return typed

    def shown_files(self) -> dict[int, int]:
        """Return the version that was shown, by file."""
        pairs = (value.split(":") for value in self.cleaned_data["files"])
        return {int(file): int(version) for file, version in pairs}

    def exceptions(self) -> dict[int, Different]:
        """Return what is decided otherwise, by participant."""
        typed = self.cleaned_data
        return {
            int(typed[f"person_{row}"]): Different(
                "" if typed[f"level_{row}"] == NOT_YET else typed[f"level_{row}"],
                typed[f"note_{row}"],
                typed[f"reason_{row}"],
            )
            for row in self.rows
            if typed[f"person_{row}"]
        }
