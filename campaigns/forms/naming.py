"""The fields that name a campaign, on pages and in commands."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from members.forms.fields import TOO_LONG, CleanTextField

FIRST_YEAR = 2008  # of the oldest rule that anyone has results for
LAST_YEAR = 2100


def campaign_code_field() -> CleanTextField:
    """Return the field of a campaign's code; the command checks its option by it."""
    return CleanTextField(
        label=_("Campaign code"),
        max_length=60,
        help_text=_("Short and without blanks, such as “yen-lac-2018”."),
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9._-]+\Z",
                _(
                    "A campaign code has only letters without accents, digits, “-”, "
                    "“.” and “_”, and no blank."
                ),
            )
        ],
        error_messages={
            "required": _("Enter the campaign's code."),
            "max_length": TOO_LONG,
        },
    )


def year_field() -> forms.IntegerField:
    """Return the field of a campaign's year; the commands check their option by it."""
    return forms.IntegerField(
        label=_("Year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
        error_messages={
            "required": _("Enter the year."),
            "invalid": _("Enter the year in four digits."),
            "min_value": _("The year is %(limit_value)s or later."),
            "max_value": _("The year is %(limit_value)s or earlier."),
        },
    )
