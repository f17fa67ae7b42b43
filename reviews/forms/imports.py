"""The form that takes a results workbook."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns import rulesets
from campaigns.forms.naming import campaign_code_field, year_field
from members.forms.fields import TOO_LONG, CleanTextField
from members.forms.uploads import NOT_IN_THE_LIST, UploadForm
from members.spreadsheets.cells import MEGABYTE, ROLL_LIMITS
from reviews.models import ResultsImport
from reviews.services.workbooks.receiving import NewUpload

NOT_IN_FORCE = _(
    "No rules are known here that were in force at the end of this year: choose some."
)


class ResultsUploadForm(UploadForm):
    """Which file, and which campaign its results are for."""

    campaign_code = campaign_code_field()
    campaign_name = CleanTextField(
        label=_("Campaign name"),
        max_length=255,
        error_messages={
            "required": _("Enter the campaign's name."),
            "max_length": TOO_LONG,
        },
    )
    year = year_field()
    rule_set = forms.ChoiceField(
        label=_("Rules applied"),
        required=False,
        error_messages={"invalid_choice": NOT_IN_THE_LIST},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign_code"].widget.attrs["list"] = "campaigns"
        self.fields["file"].help_text = format_lazy(
            _("At most {most} MB; two sheets, “Đơn vị” and “Đảng viên”."),
            most=ROLL_LIMITS.max_bytes // MEGABYTE,
        )
        self.fields["within"].help_text = _(
            "The topmost unit of the workbook is this one or one below it."
        )
        rule_set = self.fields["rule_set"]
        assert isinstance(rule_set, forms.ChoiceField)
        rule_set.choices = [
            ("", _("Those in force at the end of the year")),
            *rulesets.labelled(get_language() or "vi"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("rule_set") == "" and "year" in data:
            data["rule_set"] = rulesets.in_force_at_the_end_of(data["year"])
            if data["rule_set"] is None:
                self.add_error("rule_set", NOT_IN_FORCE)
        return data

    def new_upload(self, *, language: str) -> NewUpload:
        """Return the checked input as the service takes it."""
        data = self.cleaned_data
        return NewUpload(
            file=data["file"],
            within=data["within"],
            campaign_code=data["campaign_code"],
            campaign_name=data["campaign_name"],
            rule_set_code=data["rule_set"],
            year=data["year"],
            language=language,
        )


def entered_for(upload: ResultsImport) -> dict[str, object]:
    """Return what was entered with an upload, to send another file for the same."""
    return {
        "within": upload.within_id,
        "campaign_code": upload.campaign_code,
        "campaign_name": upload.campaign_name,
        "rule_set": upload.rule_set_code,
        "year": upload.year,
    }


class ConfirmationForm(forms.Form):
    """That a preview was read, in so many words where results may disappear."""

    accepts_loss = forms.BooleanField(
        label=_(
            "I have compared the counts: what the workbook lacks is to be taken out of "
            "the campaign."
        ),
        error_messages={
            "required": _(
                "Tick the box if these results are to be taken out of the campaign; "
                "else send a complete workbook. Nothing has been recorded."
            )
        },
    )

    def __init__(self, *args: Any, upload: ResultsImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not upload.asks_about_loss:
            del self.fields["accepts_loss"]
