"""What is rated in a campaign and is no person."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign, CampaignUnit, in_reach
from members.fields import ByteOrderField, NFCField
from members.policy import Actor, Area


class CampaignBodyQuerySet(models.QuerySet["CampaignBody"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the bodies of the units in reach."""
        return self.filter(in_reach(actor, area, "unit__"))

    def organisations(self) -> Self:
        return self.filter(kind=CampaignBody.Kind.ORGANISATION)

    def editable_by(self, actor: Actor) -> Self:
        """Return those of units whose work the actor records."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, "unit__"))

    def receivable_by(self, actor: Actor) -> Self:
        """Return those whose report the actor answers: by a post at the unit above.

        Above the root of a campaign stands nobody here: who records the root's work
        writes what the level above said.
        Source: docs/rules/collective-reports.md § 4.
        """
        of_root = Q(unit__parent=None) & in_reach(actor, Area.WORK_EDIT, "unit__")
        above = in_reach(actor, Area.WORK_EDIT, "unit__parent__")
        return self.filter(of_root | Q(unit__parent__isnull=False) & above)


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

    class Report(models.TextChoices):
        NONE = "NONE", _("not begun")
        DRAFT = "DRAFT", _("being written")
        SENT = "SENT", _("sent up")
        RETURNED = "RETURNED", _("returned for completion")
        ACCEPTED = "ACCEPTED", _("accepted by the level above")

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = NFCField(max_length=255, blank=True, default="")  # empty: the unit's own
    proposed_level = ByteOrderField(max_length=40, blank=True, default="")
    level = ByteOrderField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey(
        CampaignUnit, models.PROTECT, null=True, related_name="+"
    )
    report_state = models.CharField(
        max_length=10, choices=Report.choices, default=Report.NONE
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

    @property
    def campaign(self) -> Campaign:
        """The campaign in which it is rated."""
        return self.unit.campaign

    @property
    def campaign_id(self) -> int:
        """The key of that campaign."""
        return self.unit.campaign_id

    @property
    def full_name(self) -> str:
        """What it is called: the organisation itself by the unit's name."""
        if self.kind == self.Kind.ORGANISATION:
            return self.unit.name
        return self.name or f"{self.get_kind_display()}, {self.unit.name}"
