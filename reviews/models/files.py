"""What a cell proposes and sends up: its file, and one line for each person.

Source: docs/rules/decisions.md § 1 and § 2.
"""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit, Participant
from campaigns.models.campaign import in_reach
from members.fields import ByteOrderField, NFCField
from members.policy import Actor, Area


class UnitFileQuerySet(models.QuerySet["UnitFile"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those of units whose levels the actor sees; what came to one's own."""
        came = Q(goes_to__custodian__in=actor.deciding(area))
        return self.filter(
            in_reach(actor, area, "unit__") | came & ~Q(state=UnitFile.State.DRAFT)
        )

    def of_decider(self, unit: CampaignUnit) -> Self:
        """Return those that one unit decides on, once they were sent."""
        return self.filter(goes_to=unit).exclude(state=UnitFile.State.DRAFT)


class UnitFile(models.Model):
    """One version of what a unit sends up; the next is a row of its own."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("being put together")
        SENT = "SENT", _("sent, not received yet")
        RECEIVED = "RECEIVED", _("received")
        RETURNED = "RETURNED", _("returned for completion")
        DECIDED = "DECIDED", _("decided")

    WITH_DECIDER = (State.SENT, State.RECEIVED)

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    goes_to = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    minutes = NFCField(_("number of the minutes"), max_length=255)
    minutes_on = models.DateField(_("date of the minutes"))
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(_("reason for the return"), blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = UnitFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a unit")
        ordering = ("unit", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "number"], name="unitfile_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=["DRAFT", "SENT", "RECEIVED"]),
                name="unitfile_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT", sent_at__isnull=True)
                | ~Q(state="DRAFT") & Q(sent_at__isnull=False),
                name="unitfile_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "SENT"], answered_at__isnull=True)
                | ~Q(state__in=["DRAFT", "SENT"]) & Q(answered_at__isnull=False),
                name="unitfile_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="RETURNED") & ~Q(reason="")
                | ~Q(state="RETURNED") & Q(reason=""),
                name="unitfile_returned_with_a_reason",
            ),
        )


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those on people in reach, and on oneself."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))

    def before_deciders(self, units: Iterable[int]) -> Self:
        """Return those in files that lie with the committees of live units, by id."""
        return self.filter(
            file__goes_to__custodian__in=units, file__state__in=UnitFile.WITH_DECIDER
        )


class Proposal(models.Model):
    """The level that a cell proposes for one person; never changed once it is sent."""

    file = models.ForeignKey(UnitFile, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    level = ByteOrderField(max_length=40)
    reason = ByteOrderField(max_length=40, blank=True, default="")
    note = NFCField(max_length=1000, blank=True, default="")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        constraints = (
            models.UniqueConstraint(
                fields=["file", "participant"], name="proposal_once_in_a_file"
            ),
            models.CheckConstraint(
                condition=Q(level="NOT_COMPLETED") & ~Q(reason="")
                | ~Q(level="NOT_COMPLETED") & Q(reason=""),
                name="proposal_reason_only_if_not_completed",
            ),
        )
