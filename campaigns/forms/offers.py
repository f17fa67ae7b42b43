"""What is offered beside a list, and taken over by a press: one row, or all."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models

from campaigns.forms.work import REQUIRED

Row = TypeVar("Row", bound=models.Model)


class TakeOverForm(forms.Form, Generic[Row]):
    """Which of the rows that are offered are taken: those pressed, or all."""

    all = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, name: str, offered: Sequence[Row]) -> None:
        super().__init__(data)
        self._name = name
        self._offered = {str(each.pk): each for each in offered}
        choices = [(key, str(each)) for key, each in self._offered.items()]
        self.fields[name] = forms.MultipleChoiceField(choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self._offered or not (data.get("all") or data.get(self._name)):
            raise forms.ValidationError(REQUIRED)
        return data

    def chosen(self) -> list[Row]:
        """Return the rows, in the order in which they are offered."""
        if self.cleaned_data["all"]:
            return list(self._offered.values())
        pressed = set(self.cleaned_data[self._name])
        return [each for key, each in self._offered.items() if key in pressed]
