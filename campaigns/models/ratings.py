"""How a committee has meetings rated, and how each was. Never what a person said."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.meetings import Meeting
from campaigns.models.people import of_own_units
from members.fields import NFCField
from members.policy import Actor, Area


class MeetingSheetQuerySet(models.QuerySet["MeetingSheet"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of the units that one belongs to."""
        if actor.is_system:
            return self
        reached = Q(in_reach(actor, area, "unit__"))
        return self.filter(reached | of_own_units(actor, "unit__"))


class MeetingSheet(models.Model):
    """The criteria and degrees by which a committee's units rate their meetings.

    Shape: `criteria` is a list of {"text", "most"}, `degrees` one of {"name", "least"}
    from the highest down, in points of a hundred (`campaigns.queries.meeting_sheets`).
    Source: docs/rules/meetings.md § 7.
    """

    unit = models.OneToOneField(CampaignUnit, models.CASCADE, related_name="+")
    basis = NFCField(_("by document"), max_length=255)
    criteria = models.JSONField(_("criteria"))
    degrees = models.JSONField(_("degrees"))
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingSheetQuerySet.as_manager()


class MeetingRatingQuerySet(models.QuerySet["MeetingRating"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of the meetings that the actor sees."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor, area))


class MeetingRating(models.Model):
    """The points of one meeting, with the criteria they were given by.

    Shape: `lines` is a list of {"text", "most", "given"}.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="+")
    lines = models.JSONField()
    given = models.PositiveIntegerField()
    most = models.PositiveIntegerField()
    degree = NFCField(max_length=100)
    on = models.DateField()

    objects = MeetingRatingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(given__lte=F("most"), most__gt=0),
                name="meetingrating_no_more_points_than_possible",
            ),
        )
