"""The collective reviewed at a meeting of its unit, and what was said of it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, Meeting
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell
from members.fields import NFCField
from members.policy import Actor, Area
from reviews.models.remarks import EarlierSaid


def _seen(actor: Actor, turn: str = "") -> Q:
    """Return the filter for rows of turns; `turn` is the look-up with its separator.

    Kept by whoever records the meeting; once recorded read as the report is.
    Source: docs/rules/review-meetings.md § 4.
    """
    unit = f"{turn}body__unit__"
    read = Q(in_reach(actor, Area.WORK, unit)) | of_own_cell(actor, unit)
    recorded = Q(**{f"{turn}is_recorded": True})
    return Q(in_reach(actor, Area.WORK_EDIT, unit)) | recorded & read


class CollectiveTurnQuerySet(models.QuerySet["CollectiveTurn"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the meetings that one records, and recorded ones that one reads."""
        return self if actor.is_system else self.filter(_seen(actor))


class CollectiveTurn(models.Model):
    """One body reviewed at one meeting; a row from the first word on."""

    body = models.ForeignKey(CampaignBody, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    is_recorded = models.BooleanField(default=False)
    remarks_made = models.PositiveSmallIntegerField(_("remarks made"), default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CollectiveTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a collective")
        constraints = (
            models.UniqueConstraint(
                fields=["body", "meeting"], name="collectiveturn_once_a_meeting"
            ),
        )


class CollectiveRemarkQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the turns that one sees, as of `CollectiveTurn`."""
        return self if actor.is_system else self.filter(_seen(actor, "turn__"))


class CollectiveRemark(models.Model):
    """One thing said of a collective; `critic` is free text and leads to nobody."""

    class Kind(models.TextChoices):
        REMARK = "REMARK", _("Remark")
        ANSWER = "ANSWER", _("Answer of the collective")
        COMMENT = "COMMENT", _("Conclusion of the chair")

    turn = models.ForeignKey(CollectiveTurn, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REMARK)
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    critic = NFCField(_("who said it"), max_length=255, blank=True, default="")

    objects = CollectiveRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a collective")
        ordering = ("turn", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["turn", "kind", "position"],
                name="collectiveremark_in_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="collectiveremark_says_something"
            ),
        )


class CollectiveSaidVersion(EarlierSaid):
    """An earlier version of what was said of a collective."""

    turn = models.ForeignKey(CollectiveTurn, models.CASCADE, related_name="+")

    objects = CollectiveRemarkQuerySet.as_manager()

    class Meta(EarlierSaid.Meta):
        verbose_name = _("earlier version of what was said of a collective")
        constraints = (
            models.UniqueConstraint(
                fields=["turn", "number"], name="collectivesaidversion_numbered_once"
            ),
            *EarlierSaid.Meta.constraints,
        )
