"""Reports that were asked for, and the files that were made of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit
from members.fields import ByteOrderField
from members.models import Job
from members.policy import Actor, Area


class RollupReportQuerySet(models.QuerySet["RollupReport"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the reports on units of which the actor sees the break-down."""
        if actor.is_system:
            return self
        units = CampaignUnit.objects.visible_below_to(actor, area).filter(
            campaign=OuterRef("campaign"), live_unit=OuterRef("unit")
        )
        return self.filter(Exists(units))


class RollupReport(models.Model):
    """One report of a unit's figures, made in the background; files never change.

    `input_digest` names the files by what they hold and what writes them: the same
    again takes the same files. `figures_digest` names the figures alone, so that a page
    can tell whether they have changed since. The unit is the live one, because a repeated import
    replaces a campaign's own units and the report stays.
    """

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="vi"
    )
    requested_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    input_digest = ByteOrderField(max_length=64, blank=True, default="")
    figures_digest = ByteOrderField(max_length=64, blank=True, default="")
    pdf = models.FileField(blank=True, default="", max_length=200)
    xlsx = models.FileField(blank=True, default="", max_length=200)
    pdf_sha256 = ByteOrderField(max_length=64, blank=True, default="")
    xlsx_sha256 = ByteOrderField(max_length=64, blank=True, default="")
    finished_at = models.DateTimeField(null=True)

    objects = RollupReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        indexes = (models.Index(fields=["input_digest"], name="rollupreport_digest"),)
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "unit", "language"],
                condition=Q(finished_at__isnull=True),
                name="rollupreport_one_being_made",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | ~Q(pdf="") & ~Q(xlsx="") & ~Q(input_digest=""),
                name="rollupreport_finished_with_its_files",
            ),
        )

    @property
    def status(self) -> str:
        """How far it is, as the status of a job."""
        if self.finished_at is not None:
            return str(Job.Status.DONE)
        return self.job.status if self.job else str(Job.Status.FAILED)

    @property
    def percent(self) -> int:
        return self.job.percent if self.job else 0

    @property
    def error(self) -> str:
        return self.job.error if self.job else ""

    @property
    def file_stem(self) -> str:
        """The name of its downloads without the ending; the usual language goes unsaid."""
        stem = f"{self.campaign.code}-{self.unit.code}"
        if self.language == settings.LANGUAGE_CODE:
            return stem
        return f"{stem}-{self.language}"

    def shows_other_than(self, figures_digest: str) -> bool:
        """Tell whether its figures are others; not known of what was made before."""
        return self.figures_digest not in ("", figures_digest)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.status not in Job.OPEN
