"""What somebody types of a meeting, before it is recorded."""

from typing import Self

from django.db import models

from campaigns.models.meetings import Meeting
from members.models import of_own_account
from members.policy import Actor


class MeetingDraftQuerySet(models.QuerySet["MeetingDraft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, of the meetings that one records."""
        if actor.is_system:
            return self
        kept = Meeting.objects.editable_by(actor)
        return self.filter(of_own_account(actor), meeting__in=kept)


class MeetingDraft(models.Model):
    """The fields of one screen as somebody typed them; read by nobody else.

    `meeting_version` is the version of the meeting that was shown to them.
    Source: docs/rules/meetings.md § 9.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+")
    account = models.ForeignKey("members.Account", models.CASCADE, related_name="+")
    meeting_version = models.PositiveIntegerField()
    content = models.JSONField(default=dict)  # {field: text}
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingDraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "account"], name="meetingdraft_one_an_account"
            ),
        )
