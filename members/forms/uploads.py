"""What every form has that takes a workbook."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members.models import PartyUnit
from members.spreadsheets.cells import MEGABYTE, ROLL_LIMITS

NOT_IN_THE_LIST = _("Choose an entry of the list.")
NO_FILE = _("Choose the Excel workbook to send.")


class UploadForm(forms.Form):
    """Which file, and of which unit."""

    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        help_text=format_lazy(
            _("At most {most} MB."), most=ROLL_LIMITS.max_bytes // MEGABYTE
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": NO_FILE,
            "missing": NO_FILE,
            "invalid": NO_FILE,
            "empty": _("The file is empty."),
        },
    )
    within = forms.ModelChoiceField(
        PartyUnit.objects.none(),
        label=_("Your unit"),
        empty_label=None,
        error_messages={"required": NOT_IN_THE_LIST, "invalid_choice": NOT_IN_THE_LIST},
    )

    def __init__(self, *args: Any, units: QuerySet[PartyUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        within = self.fields["within"]
        assert isinstance(within, forms.ModelChoiceField)
        within.queryset = units

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > ROLL_LIMITS.max_bytes:
            raise forms.ValidationError(
                _("The file is larger than %(size)s and cannot be read here."),
                params={"size": filesizeformat(ROLL_LIMITS.max_bytes)},
            )
        return file
