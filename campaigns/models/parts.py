"""What every part of a plan has: whose plan it is, and who reads and writes it."""

from typing import Self

from django.db import models
from django.db.models import Q

from campaigns import lifecycle
from campaigns.models.campaign import Campaign, CampaignUnit, in_reach
from members.models import within
from members.policy import Actor, Area


class PlanPartQuerySet(models.QuerySet["PlanPart"]):
    """For rows with a `campaign`, and a `unit` where the plan is a local one."""

    def visible_to(self, actor: Actor, area: Area = Area.PROGRESS) -> Self:
        """Return those of campaigns in reach or run, and of those one takes part in."""
        if actor.is_system:
            return self
        return self.filter(campaign__in=Campaign.objects.readable_by(actor, area))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of campaigns that the actor runs, and of local plans in reach."""
        run = Q(unit=None, campaign__in=Campaign.objects.run_by(actor))
        return self.filter(
            run | Q(in_reach(actor, Area.CAMPAIGN, "unit__"), unit__isnull=False)
        )

    def reportable_by(self, actor: Actor) -> Self:
        """Return the tasks that the actor reports on: of plans run, of own units.

        A draft has nothing to report. Source: docs/rules/campaign-plan.md § 2.3.
        """
        answers = Q(responsible__in=actor.units(Area.WORK_EDIT))
        answers |= within(actor.subtrees(Area.WORK_EDIT), "responsible__path")
        run = Q(pk__in=self.model._default_manager.editable_by(actor).values("pk"))
        running = Q(campaign__state__in=lifecycle.TAKES_ACTS)
        return self.filter(running & (answers | run))

    def of_plan(self, campaign: Campaign, unit: CampaignUnit | None = None) -> Self:
        """Return those of a campaign's plan, or of a unit's local plan."""
        return self.filter(campaign=campaign, unit=unit)


class PlanPart(models.Model):
    """A row of a plan: without a unit the campaign's, with one that unit's own."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        CampaignUnit, models.CASCADE, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        abstract = True
