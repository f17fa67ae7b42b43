"""How pledges are kept: by exception, at the meetings of the cell."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.meetings import Meeting
from campaigns.models.people import of_own_units
from campaigns.models.pledges import PledgeItem
from campaigns.models.written import OfWrittenQuerySet
from members.fields import NFCField
from members.policy import Actor, Area


class PledgeCheck(models.Model):
    """How one item stood on a day: as its author reported, or as the cell found.

    What stays on track gets no row. Source: docs/rules/pledges.md § 6.
    """

    ABOVE: ClassVar[str] = "item__sent__pledge"

    item = models.ForeignKey(PledgeItem, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=PledgeItem.Progress.choices)
    note = NFCField(_("note"), max_length=1000, blank=True, default="")
    evidence = NFCField(_("evidence"), max_length=500, blank=True, default="")
    is_own_report = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = OfWrittenQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="ON_TRACK") | ~Q(note="") | Q(is_own_report=True),
                name="pledgecheck_an_exception_has_a_note",
            ),
        )


class CheckRoundQuerySet(models.QuerySet["CheckRound"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of one's own."""
        if actor.is_system:
            return self
        near = Q(in_reach(actor, area, "unit__"))
        return self.filter(near | of_own_units(actor, "unit__"))


class CheckRound(models.Model):
    """That a cell went through its pledges on a day: what has no row is on track."""

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = CheckRoundQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "on"], name="checkround_once_a_day"
            ),
        )
