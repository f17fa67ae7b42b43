"""The meetings of a unit at a glance, for the page of its work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.models import CampaignUnit, Meeting, MeetingRating
from campaigns.queries.agendas import ContentOfUnit, contents_of_unit
from members.policy import Actor


@dataclass(frozen=True, slots=True)
class MeetingGlance:
    """The latest meeting with its rating, the next, what of the plan was dealt with."""

    latest: Meeting | None
    degree: str  # "" while the latest is not rated
    next: Meeting | None
    contents: Sequence[ContentOfUnit]


def meetings_at_a_glance(
    unit: CampaignUnit, actor: Actor, *, today: date
) -> MeetingGlance:
    """Return where a unit stands with its own meetings; five queries."""
    own = Meeting.objects.visible_to(actor).filter(unit=unit, body=None)
    latest = own.held().order_by("-on", "-pk").first()
    coming = own.filter(state=Meeting.State.PLANNED, on__gte=today)
    rating = MeetingRating.objects.filter(meeting=latest).first() if latest else None
    return MeetingGlance(
        latest=latest,
        degree=rating.degree if rating else "",
        next=coming.order_by("on", "pk").first(),
        contents=contents_of_unit(unit, actor),
    )
