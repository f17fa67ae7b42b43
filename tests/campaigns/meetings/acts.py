"""Acts on a meeting, as its services have them."""

from datetime import UTC, datetime

from campaigns.models import Meeting
from campaigns.services.meetings import holding
from campaigns.services.meetings.holding import Proceedings

NOW = datetime(2024, 6, 1, 5, tzinfo=UTC)
BY = {"now": NOW}
TEXTS = {"chair": "An", "recorder": "Bình", "course": "Thảo luận", "conclusion": "Xong"}


def hold(meeting, **columns):
    return holding.hold_meeting(
        meeting=meeting,
        version=Meeting.objects.get(pk=meeting.pk).version,
        proceedings=Proceedings(**{"texts": TEXTS, **columns}),
        **BY,
    )
