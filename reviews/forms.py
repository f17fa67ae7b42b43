"""The form that takes a results workbook."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns import rulesets
from campaigns.forms import campaign_code_field, year_field
from members.forms.fields import TOO_LONG, CleanTextField
from members.forms.uploads import NOT_IN_THE_LIST, UploadForm
from members.spreadsheets.cells import MEGABYTE, ROLL_LIMITS
from reviews.models import ResultsImport
from reviews.services.workbooks.receiving import NewUpload


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
    rule_set = forms.ChoiceField(
        label=_("Rules applied"),
        error_messages={"required": NOT_IN_THE_LIST, "invalid_choice": NOT_IN_THE_LIST},
    )
    year = year_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = format_lazy(
            _("At most {most} MB; two sheets, “Đơn vị” and “Đảng viên”."),
            most=ROLL_LIMITS.max_bytes // MEGABYTE,
        )
        self.fields["within"].help_text = _(
            "The topmost unit of the workbook is this one or one below it."
        )
        rule_set = self.fields["rule_set"]
        assert isinstance(rule_set, forms.ChoiceField)
        language = get_language() or "vi"
        rule_set.choices = [
            (code, rulesets.load(code).label.text(language))
            for code in reversed(rulesets.available())
        ]

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
