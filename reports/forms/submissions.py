"""Who signs the figures of a unit, and why signed figures are sent back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import TOO_LONG, CleanTextField, DayField, with_choose
from members.models import Post
from reports.queries.submissions import ToSign
from reports.services.submissions import SigningPapers


class SigningForm(forms.Form):
    """Who signs the figures for the collective, by which document and meeting."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    on_behalf_of = CleanTextField(
        label=_("On behalf of (“T/M”)"),
        max_length=255,
        error_messages={"max_length": TOO_LONG},
    )
    signatory = forms.TypedChoiceField(label=_("Signed by"), coerce=int)
    document = CleanTextField(
        label=_("Number of the document"),
        max_length=255,
        help_text=_("As it stands on the signed report: “25-BC/ĐU”."),
        error_messages={"max_length": TOO_LONG},
    )
    on = DayField(label=_("Date of the document"))
    minutes = CleanTextField(
        label=_("Number of the minutes"),
        max_length=255,
        error_messages={"max_length": TOO_LONG},
    )
    minutes_on = DayField(label=_("Date of the meeting"))
    missing_reason = CleanTextField(
        label=_("Why it is signed without the units that have not signed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        found: ToSign,
        posts: Sequence[Post],
        on_behalf_of: str,
    ) -> None:
        super().__init__(data)
        self.initial = {"shown": found.digest, "on_behalf_of": on_behalf_of}
        choices = [
            (each.pk, f"{each.get_role_display()}: {each.member or each.account}")
            for each in posts
        ]
        field = self.fields["signatory"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = with_choose(choices)
        if not found.missing:
            del self.fields["missing_reason"]

    def papers(self) -> SigningPapers:
        """Return what the service takes."""
        names = SigningPapers.__dataclass_fields__
        return SigningPapers(
            **{name: self.cleaned_data.get(name, "") for name in names}
        )


class SendBackForm(forms.Form):
    """Why signed figures are sent back."""

    reason = CleanTextField(
        label=_("What the unit is to look at again"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The unit reads this. Name figures, no person."),
        error_messages={"max_length": TOO_LONG},
    )
