"""How far the units were on a day that has passed."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from campaigns.models.campaign import CampaignUnit, in_reach
from members.policy import Actor, Area


class ProgressDayQuerySet(models.QuerySet["ProgressDay"]):
    def visible_to(self, actor: Actor, area: Area = Area.PROGRESS) -> Self:
        """Return the days of the units in reach."""
        return self.filter(in_reach(actor, area, "unit__"))


class ProgressDay(models.Model):
    """How many owed a pledge, had sent one, had it confirmed, at or below a unit.

    Source: docs/rules/progress.md § 3.
    """

    unit = models.ForeignKey(
        CampaignUnit, models.CASCADE, related_name="+", db_index=False
    )
    on = models.DateField()
    owed = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()

    objects = ProgressDayQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "on"], name="progressday_once"),
            models.CheckConstraint(
                condition=Q(owed__gte=F("sent") + F("confirmed")),
                name="progressday_counts_those_who_owe",
            ),
        )
