"""The forms of a committee's sheet, and of rating a meeting on it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.meetings import LinesField, VersionedForm
from members.forms.fields import CleanTextField, DayField

HUNDRED = 100
MOST_POINTS = 1000


class SheetForm(VersionedForm):
    """A committee's sheet: a line for each criterion and degree, points before text."""

    basis = CleanTextField(
        label=_("By document (number, date)"),
        max_length=255,
        help_text=_("For example: “Hướng dẫn số 3-HD/ĐU, ngày 05/9/2026”"),
    )
    criteria = LinesField(
        label=_("Criteria: the most points, then the text, one a line"),
        help_text=_("For example: “10 Đúng kỳ, đúng thời gian”"),
        most=60,
        length=500,
    )
    degrees = LinesField(
        label=_(
            "Degrees: from how many points of a hundred, then the name, one a line"
        ),
        help_text=_("For example: “90 Tốt”. The last begins at 0."),
        most=10,
        length=100,
    )

    def clean_criteria(self) -> list[dict[str, Any]]:
        lines = _numbered(self.cleaned_data["criteria"])
        if any(most == 0 for most, _text in lines):
            raise forms.ValidationError(_("A criterion has one point at least."))
        return [{"most": most, "text": text} for most, text in lines]

    def clean_degrees(self) -> list[dict[str, Any]]:
        lines = sorted(_numbered(self.cleaned_data["degrees"]), reverse=True)
        leasts = [least for least, _name in lines]
        if leasts[-1] != 0 or len(set(leasts)) < len(leasts) or leasts[0] > HUNDRED:
            raise forms.ValidationError(
                _("Degrees begin at different points from 0 to 100, the last at 0.")
            )
        return [{"least": least, "name": name} for least, name in lines]

    def facts(self) -> dict[str, Any]:
        """Return the columns of the sheet."""
        return {
            name: self.cleaned_data[name] for name in ("basis", "criteria", "degrees")
        }


def _numbered(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return each line as its number and the text after it."""
    found = []
    for line in lines:
        number, _blank, text = line.partition(" ")
        is_number = number.isascii() and number.isdigit() and len(number) <= 4
        if not is_number or int(number) > MOST_POINTS or not text.strip():
            raise forms.ValidationError(
                _("“%(line)s” does not begin with a number of points and a text."),
                params={"line": line},
            )
        found.append((int(number), text.strip()))
    return found


class RatingForm(VersionedForm):
    """The points of a meeting for each criterion of the sheet; no text about anybody."""

    on = DayField(label=_("Rated on"))

    def __init__(
        self,
        data: Any = None,
        *,
        criteria: Sequence[Mapping[str, Any]],
        given: Sequence[int],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        for number, criterion in enumerate(criteria):
            self.fields[f"given_{number}"] = forms.IntegerField(
                label=criterion["text"],
                min_value=0,
                max_value=criterion["most"],
                initial=given[number] if number < len(given) else None,
                help_text=_("at most %d") % criterion["most"],
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.order_fields(
            ["version", *(name for name in self.fields if name.startswith("given_"))]
        )

    def points(self) -> list[int]:
        """Return the points in the order of the criteria."""
        return [
            value
            for name, value in self.cleaned_data.items()
            if name.startswith("given_")
        ]
