"""The minutes of meetings, and what was corrected after they were signed."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import in_reach
from campaigns.models.meetings import Meeting
from campaigns.models.people import of_own_cell
from members.fields import NFCField
from members.policy import Actor, Area


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those that one keeps, and signed ones of units in reach and the own.

        Minutes that speak of persons are read by nobody but who keeps them.
        Source: docs/rules/meetings.md § 4.
        """
        if actor.is_system:
            return self
        kept = Q(meeting__in=Meeting.objects.editable_by(actor))
        reached = Q(in_reach(actor, area, "meeting__unit__"))
        signed = Q(signed_on__isnull=False) & ~Q(
            meeting__kind__in=Meeting.SPEAKS_OF_PERSONS
        )
        return self.filter(
            kept | signed & (reached | of_own_cell(actor, "meeting__unit__"))
        )


class Minutes(models.Model):
    """What was said and concluded, as it was entered; a row from the first word on.

    Where the campaign enters no texts, `paper` says which paper holds them, and where.
    """

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="+")
    chair = NFCField(_("chair"), max_length=255, blank=True, default="")
    recorder = NFCField(_("recorder"), max_length=255, blank=True, default="")
    course = models.TextField(_("course of the meeting"), blank=True, default="")
    conclusion = models.TextField(_("conclusion"), blank=True, default="")
    paper = NFCField(
        _("minutes on paper: number, where they are kept"),
        max_length=255,
        blank=True,
        default="",
    )
    signed_on = models.DateField(_("signed on"), null=True)
    signed_at = models.DateTimeField(null=True)  # when that was recorded
    signed_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )  # who recorded it

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, signed_at__isnull=True)
                | Q(signed_on__isnull=False, signed_at__isnull=False)
                & ~Q(chair="")
                & ~Q(recorder="")
                & ~Q(conclusion="", paper=""),
                name="minutes_signed_are_complete",
            ),
        )


class MinutesCorrectionQuerySet(models.QuerySet["MinutesCorrection"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of the minutes that the actor sees."""
        return self.filter(minutes__in=Minutes.objects.visible_to(actor, area))


class MinutesCorrection(models.Model):
    """What signed minutes should say, and why; rows are added and never changed."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="+")
    text = models.TextField(_("correction"))
    reason = NFCField(_("reason"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = MinutesCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
