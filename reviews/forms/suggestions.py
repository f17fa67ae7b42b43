"""What a committee suggests for a review, and what it says of the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import TOO_LONG, CleanTextField, DayField
from reviews.models import ReviewSuggestion


class SuggestionForm(forms.Form):
    """To whom, by which document, what."""

    person = forms.TypedChoiceField(label=_("To whom"), coerce=int)
    document = CleanTextField(
        label=_("Number of the document"),
        max_length=255,
        error_messages={"max_length": TOO_LONG},
    )
    on = DayField(label=_("Date of the document"))
    text = forms.CharField(
        label=_("What is to be answered"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One matter each; the person answers it in section IV."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, people: list[tuple[int, str]]) -> None:
        super().__init__(data)
        person = self.fields["person"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", _("Choose one")), *people]


class JudgementForm(forms.Form):
    """Whether the answer suffices, and what it leaves out."""

    judgement = forms.ChoiceField(
        label=_("The answer"),
        choices=[choice for choice in ReviewSuggestion.Judgement.choices if choice[0]],
        widget=forms.RadioSelect,
    )
    note = CleanTextField(
        label=_("What it leaves out"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this."),
        error_messages={"max_length": TOO_LONG},
    )

    def clean_judgement(self) -> ReviewSuggestion.Judgement:
        return ReviewSuggestion.Judgement(self.cleaned_data["judgement"])
