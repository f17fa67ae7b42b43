"""Files that are attached: documents and pictures, looked through before they are kept."""

from secrets import token_hex
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members.attachments.kinds import BY_ENDING, MAX_BYTES
from members.attachments.reading import FileRefused, Fit, look_through
from members.spreadsheets.cells import MEGABYTE


class AttachmentField(forms.FileField):
    """A file that is kept by a name made here, under the ending of what it holds.

    What it gives has a `readable_name`, the one under which it came.
    Source: docs/rules/attachments.md § 1.
    """

    def __init__(self, *, is_removable: bool, **kwargs: Any) -> None:
        most = MAX_BYTES // MEGABYTE
        accept = ",".join(f".{ending}" for ending in BY_ENDING)
        widget = forms.ClearableFileInput if is_removable else forms.FileInput
        super().__init__(
            **kwargs,
            required=False,
            error_messages={"empty": _("The file is empty.")},
            widget=widget(
                attrs={
                    "accept": accept,
                    "data-max-bytes": MAX_BYTES,
                    "data-too-large": format_lazy(
                        _("The file is larger than {most} MB."), most=most
                    ),
                }
            ),
            help_text=format_lazy(
                _(
                    "PDF, Word, Excel, PowerPoint (.docx, .xlsx, .pptx) or a picture"
                    " (.jpg, .png), at most {most} MB. No state secrets."
                ),
                most=most,
            ),
        )

    def clean(self, data: object, initial: object = None) -> object:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        try:
            fit = look_through(file)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return _kept(file, fit)


def _kept(file: UploadedFile, fit: Fit) -> UploadedFile:
    if fit.picture:
        file = SimpleUploadedFile("picture", fit.picture, fit.kind.content_type)
    file.name = f"{token_hex(16)}.{fit.kind}"
    file.readable_name = fit.name  # type: ignore[attr-defined]  # this is what adds it
    return file
