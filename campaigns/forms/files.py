"""Files of documents: PDF or Word, known by what they hold and not by their name."""

from zipfile import BadZipFile, ZipFile

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class DocumentFileField(forms.FileField):
    """A file that is kept under the ending of what it holds."""

    widget = forms.ClearableFileInput(
        attrs={"accept": ".pdf,.docx", "data-max-bytes": MOST_BYTES}
    )

    def __init__(self) -> None:
        super().__init__(
            label=_("File"),
            required=False,
            help_text=format_lazy(
                _("PDF or Word (.docx), at most {most} MB."),
                most=MOST_BYTES // MEGABYTE,
            ),
            error_messages={"empty": _("The file is empty.")},
        )

    def clean(self, data: object, initial: object = None) -> object:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return file
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(most)s MB."),
                params={"most": MOST_BYTES // MEGABYTE},
            )
        ending = ending_of(file)
        if not ending:
            raise forms.ValidationError(
                _("This is no PDF and no Word file (.docx), whatever its name says.")
            )
        file.name = f"document.{ending}"
        return file


def ending_of(file: UploadedFile) -> str:
    """Return "pdf" or "docx" by what the file holds, "" for anything else."""
    file.seek(0)
    if file.read(5) == b"%PDF-":
        return "pdf"
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            return "docx" if "word/document.xml" in archive.namelist() else ""
    except BadZipFile:
        return ""
    finally:
        file.seek(0)
