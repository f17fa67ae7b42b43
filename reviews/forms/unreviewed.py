"""Why each person of a cell is not reviewed yet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.vocabulary.unreviewed import unreviewed_reasons
from members.policy import Actor
from reviews.queries.files import choices_of
from reviews.queries.unreviewed import UnreviewedLine


class ReasonsForm(forms.Form):
    """One reason a person, and the one that was shown."""

    def __init__(
        self, data: Any = None, *, lines: Sequence[UnreviewedLine], actor: Actor
    ) -> None:
        super().__init__(data)
        language = get_language() or "vi"
        words = {
            code: each.label.text(language)
            for code, each in unreviewed_reasons().items()
        }
        self.people = [
            line.participant.pk
            for line in lines
            if line.needs_reason and line.participant.member_id != actor.member_id
        ]
        for line in lines:
            if line.participant.pk in self.people:
                self._add(line, choices_of(words))

    def _add(self, line: UnreviewedLine, choices: Sequence[tuple[str, str]]) -> None:
        pk = line.participant.pk
        reason = forms.ChoiceField(
            label=_("Reason"), choices=choices, initial=line.code, required=False
        )
        reason.widget.attrs |= {
            "class": "form-select",
            "aria-label": f"{reason.label}: {line.participant.full_name}",
        }
        self.fields[f"reason_{pk}"] = reason
        self.fields[f"shown_{pk}"] = forms.CharField(
            widget=forms.HiddenInput, initial=line.code, required=False, max_length=40
        )

    def fields_of(self, line: UnreviewedLine) -> list[forms.BoundField]:
        """Return the select of one person and what was shown; nothing for oneself."""
        pk = line.participant.pk
        if pk not in self.people:
            return []
        return [self[f"reason_{pk}"], self[f"shown_{pk}"]]

    def reasons(self) -> dict[int, str]:
        """Return the codes that were chosen, by person."""
        return {pk: self.cleaned_data[f"reason_{pk}"] for pk in self.people}

    def shown(self) -> dict[int, str]:
        """Return the codes that stood there, by person."""
        return {pk: self.cleaned_data[f"shown_{pk}"] for pk in self.people}
