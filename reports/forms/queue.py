"""By which day the list of reports is narrowed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import DayField


class QueueForm(forms.Form):
    """The day on which a report was asked for."""

    day = DayField(
        label=_("Requested on"),
        required=False,
        widget=forms.DateInput(
            attrs={"autocomplete": "off", "class": "form-control"}, format="%d/%m/%Y"
        ),
    )
