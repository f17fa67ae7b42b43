"""Whether a self-review or a report meets the requirements, and what it leaves out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import TOO_LONG, CleanTextField, DayField
from reviews.models import Suggested
from reviews.services.stating import Stated

MEETS, LACKS = "MEETS", "LACKS"


class StatementForm(forms.Form):
    """The statement; `version` is of what was read when it is made."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    meets = forms.ChoiceField(
        label=_("The collective states"),
        choices=[
            (MEETS, _("it meets the requirements")),
            (LACKS, _("it does not meet the requirements")),
        ],
        widget=forms.RadioSelect,
    )
    suggestion = forms.ChoiceField(
        label=_("Suggestion that it leaves out"), required=False
    )
    leaves_out = CleanTextField(
        label=_("Concluded shortcoming that it leaves out"),
        max_length=1000,
        required=False,
        help_text=_("By the document that concluded it. Its author reads this."),
        error_messages={"max_length": TOO_LONG},
    )
    again_on = DayField(label=_("Done again on"), required=False)

    def __init__(
        self, data: Any = None, *, suggestions: Sequence[Suggested], version: int
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.suggestions = {str(each.pk): each for each in suggestions}
        field = self.fields["suggestion"]
        assert isinstance(field, forms.ChoiceField)
        none = ("", _("None of them"))
        field.choices = [none, *((pk, str(s)) for pk, s in self.suggestions.items())]
        if not suggestions:
            del self.fields["suggestion"]

    def stated(self) -> Stated:
        """Return what was filled in, for the service."""
        data = self.cleaned_data
        return Stated(
            meets=data["meets"] == MEETS,
            suggestion=self.suggestions.get(data.get("suggestion", "")),
            leaves_out=data["leaves_out"],
            again_on=data["again_on"],
        )
