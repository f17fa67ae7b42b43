"""Longer times: for a unit, for a unit with all below it, for a person."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign, CampaignUnit, in_reach
from campaigns.models.people import Participant
from campaigns.models.phases import STEPS
from campaigns.steps import Lasting
from members.fields import NFCField
from members.policy import Actor, Area


class LongerTime(Lasting, models.Model):
    """Until when a step is taken, by whom and why that was given; never changed.

    Source: docs/rules/phases.md § 4.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    step = models.CharField(_("step"), max_length=20, choices=STEPS)
    until_on = models.DateField(_("until"))  # the first day after it
    reason = NFCField(_("reason"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(reason=""), name="%(class)s_has_a_reason"
            ),
        )


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, actor: Actor, area: Area = Area.PROGRESS) -> Self:
        """Return those of the campaigns in reach, and of those one takes part in."""
        if actor.is_system:
            return self
        reached = Campaign.objects.visible_to(actor, area)
        own = Participant.objects.own(actor).values("campaign")
        return self.filter(Q(campaign__in=reached) | Q(campaign__in=own))


class Extension(LongerTime):
    """A longer time for a unit, with all below it or alone."""

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    with_below = models.BooleanField(default=True)

    objects = ExtensionQuerySet.as_manager()


class PersonalExtensionQuerySet(models.QuerySet["PersonalExtension"]):
    def visible_to(self, actor: Actor, area: Area = Area.CAMPAIGN) -> Self:
        """Return one's own, those of people in sight, and those given in reach."""
        if actor.is_system:
            return self
        people = Participant.objects.visible_to(actor)
        given = Q(in_reach(actor, area, "unit__"))
        return self.filter(given | Q(participant__in=people))


class PersonalExtension(LongerTime):
    """A longer time for somebody; `unit` is where the person was when it was given."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")

    objects = PersonalExtensionQuerySet.as_manager()
