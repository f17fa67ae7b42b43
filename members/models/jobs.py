"""Work to be done in the background: queue, outbox and progress in one row."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.fields import ByteOrderField
from members.policy import Actor


class JobStatus(models.TextChoices):
    """How far a piece of work is."""

    QUEUED = "QUEUED", _("Waiting")
    RUNNING = "RUNNING", _("In progress")
    DONE = "DONE", _("Finished")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own jobs; pages reach the others through their subject."""
        if actor.is_system:
            return self
        if actor.account_id is None:  # or it would match the jobs of commands
            return self.none()
        return self.filter(requested_by_id=actor.account_id)

    def open(self) -> Self:
        return self.filter(status__in=Job.OPEN)

    def claimable(self) -> Self:
        """Return what waits, and what a dead worker left behind its lease."""
        abandoned = Q(status=Job.Status.RUNNING, lease_until__lt=Now())
        return self.filter(Q(status=Job.Status.QUEUED) | abandoned)


class Job(models.Model):
    """One piece of work about one subject; the message in the broker is only a hint.

    `woken_at` is when the last hint was sent, null while none is on its way.
    """

    Status = JobStatus
    OPEN = OPEN
    MAX_ATTEMPTS = 3

    kind = ByteOrderField(max_length=40)
    subject_id = models.BigIntegerField()
    requested_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    woken_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["status", "created_at"],
                condition=Q(status__in=OPEN),
                name="job_open",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(status__in=OPEN),
                name="job_one_open_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100), name="job_percent_to_100"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=False) | Q(status__in=OPEN),
                name="job_ends_at_a_moment",
            ),
        )
