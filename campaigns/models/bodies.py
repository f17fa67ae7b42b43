"""What is rated in a campaign and is no person."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignUnit, in_reach
from members.fields import ByteOrderField, NFCField
from members.policy import Actor, Area


class CampaignBodyQuerySet(models.QuerySet["CampaignBody"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the bodies of the units in reach."""
        return self.filter(in_reach(actor, area, "unit__"))

    def organisations(self) -> Self:
        return self.filter(kind=CampaignBody.Kind.ORGANISATION)


class CampaignBody(models.Model):
    """What is rated and is no person: the organisation itself, its leadership, …

    Only bodies of kind ORGANISATION enter the counts of cells and grassroots units.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "ORGANISATION", _("Party organisation")
        LEADERSHIP = "LEADERSHIP", _("Leadership collective")
        PARTY_GROUP = "PARTY_GROUP", _("Party group (đảng đoàn)")
        PARTY_COMMITTEE = "PARTY_COMMITTEE", _("Appointed committee (ban cán sự đảng)")
        AUTHORITY = "AUTHORITY", _("Authority")
        FATHERLAND_FRONT = "FATHERLAND_FRONT", _("Fatherland Front")
        MASS_ORGANISATION = "MASS_ORGANISATION", _("Mass organisation")

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = NFCField(max_length=255, blank=True, default="")  # empty: the unit's own
    proposed_level = ByteOrderField(max_length=40, blank=True, default="")
    level = ByteOrderField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey(
        CampaignUnit, models.PROTECT, null=True, related_name="+"
    )
    is_imported = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CampaignBodyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(kind="ORGANISATION"),
                name="campaignbody_one_organisation_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(level="")
                | Q(is_imported=True)
                | Q(decided_by__isnull=False),
                name="campaignbody_level_has_a_decider_or_an_import",
            ),
        )
