"""Conferences that sum up a year of party building."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField
from members.models import PartyUnit, reachable
from members.policy import Actor, Area


class SummaryConferenceQuerySet(models.QuerySet["SummaryConference"]):
    def visible_to(self, actor: Actor, area: Area = Area.RECORDS) -> Self:
        """Return those of the units in reach."""
        return self.filter(reachable(actor, area, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of the units whose records the actor keeps."""
        return self.filter(reachable(actor, Area.RECORDS_EDIT, "unit__"))


class SummaryConference(models.Model):
    """The conference of a unit: who came by bodies, what was reported and concluded."""

    unit = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Year that it sums up"))
    on = models.DateField(_("Day"))
    place = NFCField(_("Place"), max_length=255, blank=True, default="")
    chair = NFCField(_("Chaired by"), max_length=255)
    report = NFCField(
        _("Report (number, date)"), max_length=255, blank=True, default=""
    )
    conclusions = models.TextField(_("Conclusions"), blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SummaryConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary conference")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="summaryconference_once_a_year",
                violation_error_message=_("The year has its conference already."),
            ),
        )


class ConferencePartQuerySet(models.QuerySet["ConferencePart"]):
    def visible_to(self, actor: Actor, area: Area = Area.RECORDS) -> Self:
        """Return those of the conferences of the units in reach."""
        return self.filter(reachable(actor, area, "conference__unit__"))


class ConferencePart(models.Model):
    """One line of a conference, in its order."""

    conference = models.ForeignKey(SummaryConference, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    objects = ConferencePartQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "position"], name="%(class)s_position_once"
            ),
        )


class ConferenceDelegation(ConferencePart):
    """How many came from a body, never by name."""

    body = NFCField(_("Body"), max_length=255)
    count = models.PositiveIntegerField(_("Delegates"))

    class Meta(ConferencePart.Meta):
        verbose_name = _("delegation")
        constraints = (
            *ConferencePart.Meta.constraints,
            models.CheckConstraint(
                condition=Q(count__gte=1), name="conferencedelegation_is_somebody"
            ),
        )  # type: ignore[assignment]  # one more than the others have


class ConferenceTask(ConferencePart):
    """A key task of the next year, to be copied into the next campaign's plan."""

    text = NFCField(_("Task"), max_length=500)
    due_on = models.DateField(_("By"), null=True)
    unit = models.ForeignKey(
        PartyUnit, models.PROTECT, null=True, related_name="+"
    )  # that answers for it; None: all

    class Meta(ConferencePart.Meta):
        verbose_name = _("key task")
