"""What pledges are measured by: criteria of a unit, by type of organisation and work."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.items import MeasuredItem
from campaigns.models.people import Participant, of_own_units
from members.fields import NFCField
from members.policy import Actor, Area


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach and of one's own, and all that are published.

        What is published is for the whole party organisation: everybody who takes part
        in the campaign, or reaches anything of it.
        """
        if actor.is_system:
            return self
        near = Q(in_reach(actor, area, "unit__")) | of_own_units(actor, "unit__")
        units = CampaignUnit.objects.visible_to(actor, area)
        own = Participant.objects.own(actor)
        part = Q(unit__campaign__in=units.values("campaign")) | Q(
            unit__campaign__in=own.values("campaign")
        )
        published = Q(state=CriteriaSet.State.PUBLISHED)
        return self.filter(near | published & part)

    def editable_by(self, actor: Actor) -> Self:
        """Return those of the actor's own unit that are still being written."""
        mine = Q(in_reach(actor, Area.WORK_EDIT, "unit__"))
        return self.filter(mine, state__in=CriteriaSet.BEING_WRITTEN)

    def receivable_by(self, actor: Actor) -> Self:
        """Return those that wait for the actor's approval; nobody's own unit's."""
        if actor.is_system:
            return self
        above = Q(in_reach(actor, Area.CAMPAIGN, "unit__parent__"))
        root = Q(in_reach(actor, Area.CAMPAIGN, "unit__"), unit__parent=None)
        return self.filter(above | root, state=CriteriaSet.State.SENT)

    def published(self) -> Self:
        return self.filter(state=CriteriaSet.State.PUBLISHED)


class CriteriaSet(models.Model):
    """The criteria of one unit in one campaign: written, approved, published.

    Source: docs/rules/pledges.md § 2.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("being written")
        SENT = "SENT", _("sent for approval")
        RETURNED = "RETURNED", _("returned with remarks")
        PUBLISHED = "PUBLISHED", _("approved and published")

    BEING_WRITTEN = (State.DRAFT, State.RETURNED)

    unit = models.OneToOneField(CampaignUnit, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    remark = models.TextField(blank=True, default="")  # why it was returned
    document = NFCField(max_length=255, blank=True, default="")
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("criteria of a unit")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED")
                | Q(published_at__isnull=False) & ~Q(document=""),
                name="criteriaset_published_by_a_document",
            ),
        )


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of the sets that the actor sees."""
        return self.filter(criteria__in=CriteriaSet.objects.visible_to(actor, area))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of sets that the actor writes."""
        return self.filter(criteria__in=CriteriaSet.objects.editable_by(actor))


class Criterion(models.Model):
    """One criterion: for whom, what, measured how, and the usual target."""

    criteria = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="+")
    organisation = NFCField(
        _("type of organisation"), max_length=120, blank=True, default=""
    )
    occupation = NFCField(_("occupation"), max_length=120, blank=True, default="")
    text = NFCField(_("criterion"), max_length=1000)
    measure = models.CharField(
        _("measured"),
        max_length=10,
        choices=MeasuredItem.Measure.choices,
        default=MeasuredItem.Measure.TEXT,
    )
    goal = NFCField(_("target"), max_length=500, blank=True, default="")
    unit_of_measure = NFCField(
        _("unit of measure"), max_length=60, blank=True, default=""
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        ordering = ("organisation", "occupation", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="criterion_says_what"),
        )

    def __str__(self) -> str:
        return self.text
