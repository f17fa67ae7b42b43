"""What somebody asks to have corrected, and the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members import dates
from members.forms.fields import TOO_LONG, CleanTextField, with_choose
from members.models import CorrectionRequest

_DATES = frozenset(
    {
        CorrectionRequest.Subject.BORN_ON,
        CorrectionRequest.Subject.ADMITTED_ON,
        CorrectionRequest.Subject.OFFICIAL_ON,
    }
)


class RequestForm(forms.Form):
    """One matter of one's own record: what it should be, and why."""

    subject = forms.ChoiceField(
        label=_("What is wrong"),
        choices=with_choose(CorrectionRequest.Subject.choices),
        error_messages={"required": _("Choose what is wrong.")},
    )
    wanted = CleanTextField(
        label=_("What it should be"),
        max_length=255,
        error_messages={
            "required": _("Enter what it should be."),
            "max_length": TOO_LONG,
        },
    )
    reason = forms.CharField(
        label=_("Why, and by which paper"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "For example: born on 05/1990 by the certificate of birth. Do not enter "
            "what is a state secret."
        ),
        error_messages={"required": _("Enter why."), "max_length": TOO_LONG},
    )

    def clean_subject(self) -> CorrectionRequest.Subject:
        return CorrectionRequest.Subject(self.cleaned_data["subject"])

    def clean(self) -> dict[str, Any]:
        """Refuse a day that no calendar has; words, as “not known”, may be asked for."""
        data = super().clean() or self.cleaned_data
        wanted = data.get("wanted", "")
        if data.get("subject") in _DATES and not any(map(str.isalpha, wanted)):
            try:
                dates.parse_partial(wanted)
            except dates.NotADate:
                self.add_error(
                    "wanted",
                    _("This is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
                )
        return data


class AnswerForm(forms.Form):
    """What the person who asked is told."""

    answer = CleanTextField(
        max_length=500,
        error_messages={
            "required": _("Enter what the person is told."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = label
