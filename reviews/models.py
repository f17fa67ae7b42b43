"""Result workbooks on their way into a campaign."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from members.fields import ByteOrderField, NFCField
from members.models import Account, Job, reachable
from members.policy import Actor, Area


class ResultsImportQuerySet(models.QuerySet["ResultsImport"]):
    def visible_to(self, actor: Actor, area: Area = Area.IMPORT) -> Self:
        """Return the uploads into units where the actor may import results."""
        return self.filter(reachable(actor, area, "within__"))


class ResultsImport(models.Model):
    """One uploaded workbook: read, shown, confirmed, written.

    `within` is the unit in whose subtree the file has to stay. `summary` holds the
    counts of the preview, `digest` what its rows say: only just these are written, in
    the name of `confirmed_by`, who asked for it last.
    """

    class State(models.TextChoices):
        READING = "READING", _("Being read")
        REFUSED = "REFUSED", _("Refused")
        READY = "READY", _("Read, to be confirmed")
        WRITING = "WRITING", _("Being written")
        DONE = "DONE", _("Written")

    campaign_code = NFCField(_("campaign code"), max_length=60)
    campaign_name = NFCField(_("campaign name"), max_length=255)
    year = models.PositiveSmallIntegerField(_("year"))
    rule_set_code = ByteOrderField(_("rule set"), max_length=40)
    mode = models.CharField(
        max_length=20,
        choices=Campaign.Mode.choices,
        default=Campaign.Mode.RESULTS_ONLY,
    )
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
        max_length=10, choices=State.choices, default=State.READING
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    refusal = models.TextField(blank=True, default="")
    summary = models.JSONField(default=dict)
    digest = ByteOrderField(max_length=64, blank=True, default="")
    annotated = models.FileField(blank=True, default="", max_length=200)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, related_name="+")

    objects = ResultsImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of results")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=["READY", "WRITING", "DONE"]) | ~Q(digest=""),
                name="resultsimport_read_before_it_is_written",
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
        """Whether the campaign holds just this content already."""
        return bool(self.summary.get("act") == "UNCHANGED")

    @property
    def asks_about_loss(self) -> bool:
        """Whether who confirms it has to say that results may disappear."""
        return self.state == self.State.READY and bool(self.summary.get("loses"))

    @property
    def shown_campaign_name(self) -> str:
        """The name of the campaign that there is; before, the one that was entered."""
        if self.campaign is not None:
            return self.campaign.name
        return str(self.summary.get("campaign_name") or self.campaign_name)

    @property
    def is_waiting(self) -> bool:
        """Whether something still happens by itself."""
        return self.job is not None and self.job.status in Job.OPEN

    @property
    def percent(self) -> int:
        return self.job.percent if self.job else 0
