"""Meetings of a cell, of a committee, of a body that takes part: what all may read."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.bodies import CampaignBody
from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.people import of_own_cell, of_own_units
from campaigns.models.plans import ContentItem
from members.dates import display_day
from members.fields import NFCField
from members.policy import Actor, Area

LONGEST_MATTER = 500


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of the units that one belongs to."""
        if actor.is_system:
            return self
        reached = Q(in_reach(actor, area, "unit__"))
        return self.filter(reached | of_own_units(actor, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those that the actor records."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, "unit__"))

    def held(self) -> Self:
        """Return those that took place."""
        return self.filter(state__in=[Meeting.State.HELD, Meeting.State.SIGNED])


class Meeting(models.Model):
    """One meeting of a unit; with a body it is that body's, known by headcount only.

    `version` stands for all that is recorded of the meeting.
    Source: docs/rules/meetings.md § 1.
    """

    class Kind(models.TextChoices):
        REGULAR = "REGULAR", _("Regular meeting")
        THEMATIC = "THEMATIC", _("Meeting on a topic")
        EXTRAORDINARY = "EXTRAORDINARY", _("Extraordinary meeting")
        SELF_CRITICISM = "SELF_CRITICISM", _("Self-criticism, no ballot and no level")
        REVIEW = "REVIEW", _("Review and classification of quality")

    SPEAKS_OF_PERSONS = (Kind.SELF_CRITICISM, Kind.REVIEW)

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("planned")
        HELD = "HELD", _("held")
        SIGNED = "SIGNED", _("minutes signed")
        CANCELLED = "CANCELLED", _("not held")

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    body = models.ForeignKey(
        CampaignBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("body"),
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, default=Kind.REGULAR
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.PLANNED, editable=False
    )
    on = models.DateField(_("day"))
    begins_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = NFCField(_("place"), max_length=255, blank=True, default="")
    topic = NFCField(_("topic"), max_length=500, blank=True, default="")
    expected = models.PositiveIntegerField(_("expected"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    reason = NFCField(_("why it was not held"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        indexes = (models.Index(fields=["unit", "on"], name="meeting_unit_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("expected")),
                name="meeting_no_more_present_than_expected",
                violation_error_message=_("More were present than expected."),
            ),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED") | ~Q(reason=""),
                name="meeting_not_held_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {display_day(self.on)}"

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing of it changes any more."""
        return self.state in {self.State.SIGNED, self.State.CANCELLED}

    @property
    def took_place(self) -> bool:
        """Tell whether it was held."""
        return self.state in {self.State.HELD, self.State.SIGNED}


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of the meetings that the actor sees."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor, area))


class AgendaItem(models.Model):
    """One matter of a meeting, in the order of the agenda.

    With a `content` it is of the campaign's plan, and keeps the words it had then.
    Source: docs/rules/meetings.md § 1.4.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = NFCField(_("matter"), max_length=LONGEST_MATTER)
    content = models.ForeignKey(
        ContentItem, models.SET_NULL, null=True, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class MeetingGuestQuerySet(models.QuerySet["MeetingGuest"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those at meetings of units in reach, and of the own cell."""
        if actor.is_system:
            return self
        reached = Q(in_reach(actor, area, "meeting__unit__"))
        return self.filter(reached | of_own_cell(actor, "meeting__unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those at meetings that the actor records."""
        return self.filter(meeting__in=Meeting.objects.editable_by(actor))


class MeetingGuest(models.Model):
    """Who came from above by a decision; outside quorum and ballot.

    Source: docs/rules/meetings.md § 5.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    name = NFCField(_("full name"), max_length=255)
    post = NFCField(_("post"), max_length=255)
    decision = NFCField(_("by document"), max_length=255)
    direction = models.TextField(_("direction given"), blank=True, default="")

    objects = MeetingGuestQuerySet.as_manager()
