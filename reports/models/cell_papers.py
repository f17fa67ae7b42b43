"""All papers of a cell, asked for by one of its officers.

Source: docs/rules/documents.md § 15.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit
from members.models import Job
from members.policy import Actor, Area


class CellPapersQuerySet(models.QuerySet["CellPapers"]):
    def visible_to(self, actor: Actor, area: Area = Area.PLEDGES) -> Self:
        """Return those one asked for oneself, of a cell whose papers one keeps still."""
        if actor.is_system:
            return self
        if actor.account_id is None:
            return self.none()
        units = CampaignUnit.objects.visible_to(actor, area).filter(
            campaign=OuterRef("campaign"), live_unit=OuterRef("unit")
        )
        return self.filter(Exists(units), requested_by_id=actor.account_id)


class CellPapers(models.Model):
    """All papers of a cell in one file, made in the background for who asked.

    `printed` names by the kind of document the participants whose texts are in it, so
    that they read to whom it was given. Made again, the file takes the place of the
    last.
    """

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="vi"
    )
    requested_by = models.ForeignKey(
        "members.Account", models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(blank=True, default="", max_length=200)
    printed = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    objects = CellPapersQuerySet.as_manager()

    class Meta:
        verbose_name = _("papers of a cell")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "unit", "requested_by"],
                name="cellpapers_one_for_each_who_asks",
            ),
            models.CheckConstraint(
                condition=~Q(file="") | Q(printed={}),
                name="cellpapers_nobody_is_printed_without_a_file",
            ),
        )

    @property
    def status(self) -> str:
        """How far it is, as the status of a job."""
        return self.job.status if self.job else str(Job.Status.FAILED)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.status not in Job.OPEN
