"""Result workbooks on their way into a campaign."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign
from members.fields import ByteOrderField, NFCField
from members.models import Upload, reachable
from members.policy import Actor, Area


class ResultsImportQuerySet(models.QuerySet["ResultsImport"]):
    def visible_to(self, actor: Actor, area: Area = Area.IMPORT) -> Self:
        """Return the uploads into units where the actor may import results."""
        return self.filter(reachable(actor, area, "within__"))


class ResultsImport(Upload):
    """One uploaded workbook of results, and the campaign that it is for."""

    AREA = Area.IMPORT
    READING_JOB = "results_preview"
    WRITING_JOB = "results_import"
    ACTION = "results"

    campaign_code = NFCField(_("campaign code"), max_length=60)
    campaign_name = NFCField(_("campaign name"), max_length=255)
    year = models.PositiveSmallIntegerField(_("year"))
    rule_set_code = ByteOrderField(_("rule set"), max_length=40)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, related_name="+")

    objects = ResultsImportQuerySet.as_manager()

    class Meta(Upload.Meta):
        verbose_name = _("import of results")

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
