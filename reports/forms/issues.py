"""The number of a report, and what somebody holds who asks whether it was issued."""

import hashlib
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from members.forms.fields import DayField
from members.spreadsheets.cells import ROLL_LIMITS
from reports.codes import code_in, sha256_in

LARGEST_NUMBER = 9999


class IssueForm(forms.Form):
    """Number and day, as the register of the office gives them."""

    number = forms.IntegerField(
        label=_("Number of the document"),
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("The number alone, from the register of outgoing documents."),
        error_messages={"required": _("Enter the number.")},
    )
    issued_on = DayField(label=_("Date of the document"))


class VerifyForm(forms.Form):
    """The code on a paper, a file, or the hash of one."""

    code = forms.CharField(
        label=_("Verification code"),
        required=False,
        max_length=200,
        help_text=_("Sixteen letters and digits at the end of the document's text."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("The file itself"),
        required=False,
        help_text=_(
            "Only a file is confirmed as unchanged. It is compared and not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.xlsx"}),
        error_messages={"empty": _("The file is empty.")},
    )
    sha256 = forms.CharField(
        label=_("Or the SHA-256 of the file"),
        required=False,
        max_length=300,
        help_text=_("For a file that must not leave your machine."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        code = code_in(typed)
        if typed and not code:
            raise forms.ValidationError(
                _("This is no verification code: it has sixteen letters and digits.")
            )
        return code

    def clean_file(self) -> str:
        """Return the hash of the file, of which nothing else is looked at."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > ROLL_LIMITS.max_bytes:
            raise forms.ValidationError(
                _("The file is larger than %(most)s. Enter its SHA-256 instead.")
                % {"most": filesizeformat(ROLL_LIMITS.max_bytes)}
            )
        found = hashlib.sha256()
        for chunk in file.chunks():
            found.update(chunk)
        return found.hexdigest()

    def clean_sha256(self) -> str:
        typed = self.cleaned_data["sha256"]
        found = sha256_in(typed)
        if typed and not found:
            raise forms.ValidationError(
                _("A SHA-256 has 64 digits from 0 to 9 and letters from a to f.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Take the hash of the file that was sent, or the one that was typed."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if data["file"] and data["sha256"] and data["file"] != data["sha256"]:
            self.add_error("sha256", _("This is not the SHA-256 of the file above."))
        data["sha256"] = data["file"] or data["sha256"]
        if not (data["code"] or data["sha256"]):
            self.add_error("code", _("Enter the code, or choose the file."))
        return data
