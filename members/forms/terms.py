"""Congress terms, and the numbers of documents in them."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.forms.fields import (
    TOO_LONG,
    CleanTextField,
    DayField,
    document_field,
    with_choose,
)
from members.vocabulary.lists import lists

MOST = 9_999


class TermForm(forms.Form):
    """From one congress to the next."""

    ordinal = forms.IntegerField(
        label=_("Which congress (1, 2, 3 …)"),
        min_value=1,
        max_value=MOST,
        error_messages={"required": _("Enter which congress it is.")},
    )
    name = CleanTextField(
        label=_("Name of the term"),
        max_length=60,
        help_text=_("For example: “nhiệm kỳ 2020–2025”"),
        error_messages={"required": _("Enter the name."), "max_length": TOO_LONG},
    )
    from_on = DayField(label=_("Begins on"))
    until_on = DayField(
        label=_("The next one begins on"),
        required=False,
        help_text=_("Empty for the term that runs now."),
    )
    document = document_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("from_on"), data.get("until_on")
        if begins and ends and ends <= begins:
            self.add_error("until_on", _("This is not after the first day."))
        return data


class TermCorrectionForm(TermForm):
    """The same for a term that is recorded, with the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class NumberForm(forms.Form):
    """A document that gets a number."""

    kind = forms.ChoiceField(
        label=_("Kind of document"),
        error_messages={"required": _("Choose the kind of document.")},
    )
    signed_on = DayField(label=_("Signed on"))
    subject = CleanTextField(
        label=_("Subject"),
        max_length=255,
        help_text=_("Do not enter what is a state secret."),
        error_messages={"required": _("Enter the subject."), "max_length": TOO_LONG},
    )
    number = forms.IntegerField(
        label=_("Number, where it was given on paper already"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("Empty: the next number of this kind in the term."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = with_choose(
            (each.code, f"{each.code} – {each.label.text(language)}")
            for each in lists().document_kinds.values()
        )
