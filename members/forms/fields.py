"""Fields that several forms have."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members import dates, names

DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d")
DIGITS_OF_A_DAY = 8
CHOOSE = _("Choose one")
TOO_LONG = _("At most %(limit_value)s characters; these are %(show_value)s.")


def with_choose(choices: Iterable[Any]) -> list[Any]:
    """Return choices of which none is made before somebody makes it."""
    return [("", CHOOSE), *choices]


class CleanTextField(forms.CharField):
    """One line of text in NFC; characters that cannot be seen are refused."""

    def to_python(self, value: Any) -> str:
        # Before Django's validators, which refuse NUL in words of their own.
        text = super().to_python(value) or ""
        try:
            return names.clean_text(text)
        except names.UnfitText as refusal:
            raise forms.ValidationError(
                _("The text holds a character that cannot be seen (%(name)s)."),
                params={"name": refusal.code_point},
            ) from refusal


class NameField(CleanTextField):
    """The name of a person: letters with their marks, and what stands between them."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return names.clean_name(text)
        except names.UnfitName as refusal:
            raise forms.ValidationError(
                _(
                    "A name has letters, blanks, apostrophes, hyphens and dots; “%(name)s”"
                    " is none of these."
                ),
                params={"name": refusal.shown},
            ) from refusal


class DayField(forms.DateField):
    """A whole day, as people write it.

    Not the browser's calendar: a browser in another language shows the month first.
    """

    widget = forms.DateInput(attrs={"autocomplete": "off"}, format="%d/%m/%Y")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        kwargs.setdefault("help_text", _("dd/mm/yyyy"))
        super().__init__(**kwargs)
        self.error_messages |= {
            "required": _("Enter the day."),
            "invalid": _("This is no day of the calendar: write dd/mm/yyyy."),
            "far": _("The year is not from %(first)s to %(last)s: look at it again."),
            "digits": _(
                "Without strokes a day has eight digits, two of them for the day and two "
                "for the month; fewer could be two days. Write dd/mm/yyyy."
            ),
        }

    def to_python(self, value: Any) -> date | None:
        """Refuse digits that could be two days: 1122026 is 1/12 and 11/2."""
        digits = value.strip() if isinstance(value, str) else ""
        if digits.isdigit() and len(digits) != DIGITS_OF_A_DAY:
            raise forms.ValidationError(self.error_messages["digits"], code="digits")
        day = super().to_python(value)
        if day is not None and not dates.FIRST_YEAR <= day.year <= dates.LAST_YEAR:
            years = {"first": str(dates.FIRST_YEAR), "last": str(dates.LAST_YEAR)}
            raise forms.ValidationError(
                self.error_messages["far"], code="far", params=years
            )
        return day


def document_field() -> CleanTextField:
    """Return the field of a document: number and date, as one line."""
    return CleanTextField(
        label=_("By document (number, date)"),
        max_length=255,
        help_text=_("For example: “Quyết định số 12-QĐ/ĐU, ngày 05/9/2026”"),
        error_messages={
            "required": _("Enter number and date of the document."),
            "max_length": TOO_LONG,
        },
    )
