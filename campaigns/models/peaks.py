"""Peaks of a campaign: an occasion, a window, and what every unit does in it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.bodies import CampaignBody
from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.meetings import Meeting
from campaigns.models.parts import PlanPart
from campaigns.models.people import of_own_units
from campaigns.steps import Lasting
from members.fields import NFCField
from members.policy import Actor, Area


class Peak(Lasting, PlanPart):
    """An occasion with a window of days and an expected act."""

    occasion = NFCField(_("occasion"), max_length=500)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))  # the first day after it
    expected = NFCField(_("expected act"), max_length=500)

    class Meta:
        verbose_name = _("peak")
        ordering = ("from_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="peak_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.occasion


class PeakDayQuerySet(models.QuerySet["PeakDay"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of the units that one belongs to."""
        if actor.is_system:
            return self
        reached = Q(in_reach(actor, area, "unit__"))
        return self.filter(reached | of_own_units(actor, "unit__"))


class PeakDay(models.Model):
    """The day that a unit, or a body at it, sets in a window; and what was done on it.

    With a `meeting` it was held there: day, headcount and tasks are those of the meeting.
    """

    peak = models.ForeignKey(Peak, models.PROTECT, related_name="+")
    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    body = models.ForeignKey(
        CampaignBody, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("body"),
    )  # fmt: skip
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("meeting at which it was held"),
    )  # fmt: skip
    on = models.DateField(_("day"))
    is_held = models.BooleanField(_("it was held"), default=False)
    attendance = models.PositiveIntegerField(_("people present"), null=True, blank=True)
    outcome = NFCField(_("resulting tasks"), max_length=1000, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PeakDayQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["peak", "unit"],
                condition=Q(body__isnull=True),
                name="peakday_once_per_unit",
            ),
            models.UniqueConstraint(
                fields=["peak", "body"],
                condition=Q(body__isnull=False),
                name="peakday_once_per_body",
            ),
            models.CheckConstraint(
                condition=Q(meeting__isnull=True)
                | Q(is_held=True, attendance__isnull=True),
                name="peakday_at_a_meeting_was_held",
            ),
        )

    @property
    def held_on(self) -> date:
        """The day: that of the meeting, also where it was put right there."""
        return self.meeting.on if self.meeting else self.on

    @property
    def people_present(self) -> int | None:
        """How many were there, as far as it is recorded."""
        return self.meeting.present if self.meeting else self.attendance
