"""Who was at a meeting, and who was given what to do."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.meetings import Meeting
from campaigns.models.people import Participant
from members.fields import NFCField
from members.models import of_own_person
from members.policy import Actor


class OfMeetingQuerySet(models.QuerySet):
    """Rows about persons: read by who records the meeting, and by the person."""

    def visible_to(self, actor: Actor) -> Self:
        """Return those of the meetings that the actor records, and the own."""
        if actor.is_system:
            return self
        kept = Q(meeting__in=Meeting.objects.editable_by(actor))
        return self.filter(kept | of_own_person(actor, "participant__member"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of the meetings that the actor records."""
        return self.filter(meeting__in=Meeting.objects.editable_by(actor))

    def own(self, actor: Actor) -> Self:
        """Return those about oneself."""
        return self.filter(of_own_person(actor, "participant__member"))


class Attendance(models.Model):
    """Somebody at a meeting, and the dues paid there.

    Source: docs/rules/meetings.md § 2.
    """

    class State(models.TextChoices):
        PRESENT = "PRESENT", _("Present")
        LATE = "LATE", _("Came late")
        EXCUSED = "EXCUSED", _("Absent with a reason")
        ABSENT = "ABSENT", _("Absent without a reason")

    class Dues(models.TextChoices):
        NOT_ASKED = "", _("Not recorded")
        PAID = "PAID", _("Paid")
        LATE = "LATE", _("Paid late")

    THERE = (State.PRESENT, State.LATE)

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="+", db_index=False
    )
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    state = models.CharField(_("attendance"), max_length=10, choices=State.choices)
    dues = models.CharField(
        _("dues"), max_length=10, choices=Dues.choices, blank=True, default=""
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "participant"], name="attendance_once_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PRESENT", "LATE", "EXCUSED", "ABSENT"]),
                name="attendance_state_is_one_of_four",
            ),
        )


class MeetingTask(models.Model):
    """What a meeting concluded, who does it until when, and what the next one found.

    Source: docs/rules/meetings.md § 3.
    """

    class Result(models.TextChoices):
        NONE = "", _("no result yet")
        DONE = "DONE", _("done")
        NOT_DONE = "NOT_DONE", _("not done")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+"
    )
    collective = NFCField(_("collective"), max_length=255, blank=True, default="")
    text = NFCField(_("task"), max_length=500)
    due_on = models.DateField(_("until"))
    result = models.CharField(
        _("result"), max_length=10, choices=Result.choices, blank=True, default=""
    )
    result_note = NFCField(_("note"), max_length=500, blank=True, default="")
    checked_at = models.ForeignKey(
        Meeting, models.PROTECT, null=True, related_name="+"
    )  # the meeting that found the result

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(participant__isnull=False, collective="")
                | Q(participant__isnull=True) & ~Q(collective=""),
                name="meetingtask_is_of_a_person_or_a_collective",
            ),
            models.CheckConstraint(
                condition=Q(result="", checked_at__isnull=True)
                | ~Q(result="") & Q(checked_at__isnull=False),
                name="meetingtask_result_is_found_at_a_meeting",
            ),
        )

    def __str__(self) -> str:
        return self.text
