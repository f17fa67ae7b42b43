"""Figures from before the system."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.forms.fields import TOO_LONG, CleanTextField, DayField, with_choose
from members.vocabulary.lists import lists

MOST = 2_147_483_647  # what the column holds


def _value_field(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Figure"),
        min_value=0,
        max_value=MOST,
        error_messages={"required": _("Enter the figure.")},
        **options,
    )


def _source_field() -> CleanTextField:
    return CleanTextField(
        label=_("Source"),
        max_length=255,
        help_text=_("For example: “Báo cáo số 25-BC/HU, ngày 15/12/2023”"),
        error_messages={
            "required": _("Enter where the figure comes from."),
            "max_length": TOO_LONG,
        },
    )


class OpeningForm(forms.Form):
    """A figure of the unit with all below it."""

    kind = forms.ChoiceField(
        label=_("What was counted"),
        error_messages={"required": _("Choose what was counted.")},
    )
    from_on = DayField(
        label=_("From"),
        required=False,
        help_text=_("Empty for what was counted on one day, like the members."),
    )
    last_on = DayField(label=_("To the end of the day"))
    value = _value_field()
    source = _source_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        titles = {"DAY": _("Counted on one day"), "PERIOD": _("Counted over a period")}
        kind.choices = with_choose(
            (
                title,
                [
                    (each.code, each.label.text(language))
                    for each in lists().figure_kinds.values()
                    if each.measure == measure
                ],
            )
            for measure, title in titles.items()
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, begins, last = (data.get(key) for key in ("kind", "from_on", "last_on"))
        if not kind or not last:
            return data
        if lists().figure_kinds[kind].measure == "DAY":
            begins = last
        elif begins is None and "from_on" not in self.errors:
            self.add_error("from_on", _("Enter from which day it was counted."))
        if begins and begins > last:
            self.add_error("last_on", _("This is before the first day."))
        return {**data, "from_on": begins}

    def facts(self) -> dict[str, Any]:
        """Return what was entered, the period half-open, as it is stored."""
        data = {**self.cleaned_data}
        last = data.pop("last_on")
        return {**data, "until_on": last + timedelta(days=1)}


class OpeningCorrectionForm(forms.Form):
    """Another figure in the place of one, or none."""

    value = _value_field(required=False)
    source = _source_field()
    is_taken_back = forms.BooleanField(
        label=_("Take the figure back: it counts nowhere"), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_taken_back"):
            data["value"] = None
        elif data.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Enter the figure."))
        return data
