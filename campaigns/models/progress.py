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
    """How far all were at or below a unit: pledges, study, self-reviews, programmes.

    Source: docs/rules/progress.md § 3.
    """

    unit = models.ForeignKey(
        CampaignUnit, models.CASCADE, related_name="+", db_index=False
    )
    on = models.DateField()
    owed = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    study_owed = models.PositiveIntegerField(default=0)
    studied = models.PositiveIntegerField(default=0)
    reviewed = models.PositiveIntegerField(default=0)
    units = models.PositiveIntegerField(default=0)
    adopted = models.PositiveIntegerField(default=0)

    objects = ProgressDayQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["unit", "on"], name="progressday_once"),
            models.CheckConstraint(
                condition=Q(owed__gte=F("sent") + F("confirmed")),
                name="progressday_counts_those_who_owe",
            ),
            models.CheckConstraint(
                condition=Q(study_owed__gte=F("studied"))
                & Q(owed__gte=F("reviewed"))
                & Q(units__gte=F("adopted")),
                name="progressday_counts_no_more_than_there_are",
            ),
        )
