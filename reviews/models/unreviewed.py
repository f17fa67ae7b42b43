"""Why somebody is not reviewed yet, by code.

Source: docs/rules/decisions.md § 6.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Participant
from members.fields import ByteOrderField
from members.policy import Actor, Area


class UnreviewedReasonQuerySet(models.QuerySet["UnreviewedReason"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return one's own, and those of people in reach."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))


class UnreviewedReason(models.Model):
    """The reason, an entry of `campaigns/vocabulary/unreviewed.toml`, that a cell gave."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    code = ByteOrderField(max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = UnreviewedReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason why somebody is not reviewed")
