"""A workbook on its way in: uploaded, read, shown, confirmed, written."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import ByteOrderField, NFCField
from members.models.accounts import Account
from members.models.jobs import Job
from members.policy import Area


class UploadState(models.TextChoices):
    """How far an upload has come."""

    READING = "READING", _("Being read")
    REFUSED = "REFUSED", _("Refused")
    READY = "READY", _("Read, to be confirmed")
    WRITING = "WRITING", _("Being written")
    DONE = "DONE", _("Written")


class Upload(models.Model):
    """What every kind of upload has; a kind is a model of its own.

    `within` is the unit in whose subtree the file has to stay. `summary` holds what
    the preview shows, `digest` what its rows say: only just these are written, in the
    name of `confirmed_by`, who asked for it last.
    """

    State = UploadState

    AREA: ClassVar[Area]  # who may send, see and confirm it
    READING_JOB: ClassVar[str]
    WRITING_JOB: ClassVar[str]
    ACTION: ClassVar[str]  # how the names of its events begin

    within = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("members.Account", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="vi")
    file = models.FileField(max_length=200)
    file_name = NFCField(max_length=255)
    file_sha256 = ByteOrderField(max_length=64)
    state = models.CharField(
        max_length=10, choices=UploadState, default=UploadState.READING
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    refusal = models.TextField(blank=True, default="")
    summary = models.JSONField(default=dict)
    digest = ByteOrderField(max_length=64, blank=True, default="")
    annotated = models.FileField(blank=True, default="", max_length=200)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=["READY", "WRITING", "DONE"]) | ~Q(digest=""),
                name="%(class)s_read_before_it_is_written",
            ),
        )

    @property
    def author(self) -> Account:
        """In whose name, and with whose scope, the next step is done: who asked for it."""
        asked_by = self.job.requested_by if self.job else None
        return asked_by or self.uploaded_by

    @property
    def status(self) -> str:
        """What the page shows: how the step ended, or that its job waits or failed."""
        if self.state not in {self.State.READING, self.State.WRITING}:
            return self._end
        if self.job is None or self.job.status == Job.Status.FAILED:
            return str(Job.Status.FAILED)
        if self.job.status == Job.Status.QUEUED:
            return str(Job.Status.QUEUED)
        return self.state

    @property
    def _end(self) -> str:
        if self.state == self.State.REFUSED and self.summary.get("unreadable"):
            return "UNREADABLE"
        if self.state == self.State.READY and self.changes_nothing:
            return "UNCHANGED"
        return self.state

    @property
    def changes_nothing(self) -> bool:
        """Whether what the file says is there already."""
        return bool(self.summary.get("act") == "UNCHANGED")

    @property
    def is_waiting(self) -> bool:
        """Whether something still happens by itself."""
        return self.job is not None and self.job.status in Job.OPEN

    @property
    def percent(self) -> int:
        return self.job.percent if self.job else 0
