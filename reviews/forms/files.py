"""What the minutes of a cell propose for each of its people; why a file goes back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Participant
from campaigns.rulesets import RuleSet
from members.forms.fields import TOO_LONG, CleanTextField, DayField
from reviews.queries.files import PersonLine, choices_of, level_words, reason_words
from reviews.services.proposing import Proposed


class ProposalsForm(forms.Form):
    """The minutes, and one line a person: level, reason, note."""

    minutes = CleanTextField(
        label=_("Number of the minutes"),
        max_length=255,
        error_messages={"max_length": TOO_LONG},
    )
    minutes_on = DayField(label=_("Date of the minutes"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Sequence[PersonLine],
        rules: RuleSet,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.levels = choices_of(level_words(rules))
        self.reasons = choices_of(reason_words(rules))
        self.people = [line.participant for line in lines if not line.why_not]
        for line in lines:
            if not line.why_not:
                self._add(line)

    def _add(self, line: PersonLine) -> None:
        person, proposal = line.participant, line.proposal
        name = person.full_name
        level = proposal.level if proposal else person.proposed_level
        is_voted = line.voted is not None
        self.fields[f"level_{person.pk}"] = forms.ChoiceField(
            label=_("Proposed level"),
            # What a ballot gave is the one choice: docs/rules/decisions.md § 1.5.
            choices=[each for each in self.levels if each[0] == line.voted]
            if is_voted
            else self.levels,
            initial=line.voted if is_voted else level,
            required=False,
        )
        self.fields[f"reason_{person.pk}"] = forms.ChoiceField(
            label=_("Reason for the lowest level"),
            choices=self.reasons,
            initial=proposal.reason if proposal else "",
            required=False,
        )
        self.fields[f"note_{person.pk}"] = CleanTextField(
            label=_("Note"),
            max_length=1000,
            initial=proposal.note if proposal else "",
            required=False,
            error_messages={"max_length": TOO_LONG},
        )

        for field in list(self.fields.values())[-3:]:
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs |= {
                "class": "form-select" if is_choice else "form-control",
                "aria-label": f"{field.label}: {name}",
            }

    def fields_of(self, person: Participant) -> list[forms.BoundField]:
        """Return level, reason and note of one person."""
        names = ("level", "reason", "note")
        return [self[f"{name}_{person.pk}"] for name in names]

    def proposed(self) -> list[Proposed]:
        """Return what was chosen, as the service takes it."""
        typed = self.cleaned_data
        return [
            Proposed(
                each.pk,
                typed[f"level_{each.pk}"],
                typed[f"reason_{each.pk}"],
                typed[f"note_{each.pk}"],
            )
            for each in self.people
        ]


class FileForm(forms.Form):
    """Nothing but the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(FileForm):
    """Why a file goes back to the cell."""

    reason = CleanTextField(
        label=_("What is to be completed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
