"""Rows with an attached file, and what the virus scanner said of it.

Source: docs/rules/attachments.md § 3.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """What the scanner said of the file that is attached now."""

    NOT_YET = "", _("not scanned yet")
    CLEAN = "CLEAN", _("clean")
    FOUND = "FOUND", _("something was found")


class Attached(models.Model):
    """A row with one file; another file in its place has not been scanned."""

    FILE: ClassVar[str]  # its column
    SCAN_JOB: ClassVar[str]

    scan = models.CharField(
        max_length=5, choices=Scan, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if self.attached and not self.attached._committed:  # type: ignore[attr-defined]  # Django's own mark of a new file
            self.scan = Scan.NOT_YET
        super().save(**kwargs)

    @property
    def attached(self) -> FieldFile:
        """The file, which may be none."""
        file: FieldFile = getattr(self, self.FILE)
        return file

    @property
    def is_given_out(self) -> bool:
        """Whether there is a file that may leave: clean, or nobody is asked about it."""
        is_clean = self.scan == Scan.CLEAN or not (self.scan or settings.CLAMD)
        return bool(self.attached) and is_clean

    @property
    def waits_for_scan(self) -> bool:
        """Whether the scanner is still to say something of the file."""
        return bool(self.attached and settings.CLAMD) and self.scan == Scan.NOT_YET
