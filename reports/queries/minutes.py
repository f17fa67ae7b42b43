"""What the minutes of a meeting are made of."""

from typing import Any

from campaigns.models import (
    AgendaItem,
    Campaign,
    Meeting,
    MeetingGuest,
    Minutes,
    MinutesCorrection,
)
from campaigns.queries import meetings
from reports.documents.minutes import MinutesPaper
from reports.queries.heads import letterhead_of
from reviews.models import SelfReviewStatement
from reviews.queries.collective_turns import turn_read
from reviews.queries.remarks import turns_said


def minutes_paper(minutes: Minutes, *, language: str) -> MinutesPaper:
    """Return the paper of minutes that were got by a scope, with their meeting.

    Whoever reads them reads the names in them. About ten queries, whatever their size.
    """
    meeting = minutes.meeting
    letterhead = letterhead_of(meeting.unit)
    return MinutesPaper(
        language=language,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol=f"BB/{letterhead.symbol}",
        meeting=meeting,
        body=body_name(meeting),
        agenda=list(AgendaItem.objects.filter(meeting=meeting)),
        people=meetings.expected_at(meeting),
        recorded=meetings.recorded_at(meeting),
        guests=list(MeetingGuest.objects.filter(meeting=meeting).order_by("pk")),
        checked=[task for task in meetings.open_tasks_at(meeting) if task.result],
        tasks=meetings.tasks_of(meeting),
        minutes=minutes,
        corrections=list(MinutesCorrection.objects.filter(minutes=minutes)),
        **(_said(meeting) if _says_what_was_said(meeting) else {}),
    )


def body_name(meeting: Meeting) -> str:
    """Return whose meeting it is, "" where it is the unit's own; its body is loaded."""
    body = meeting.body
    return (body.name or str(body.get_kind_display())) if body else ""


def _said(meeting: Meeting) -> dict[str, Any]:
    """Return what was said of the collective and of each person; five queries."""
    stated = SelfReviewStatement.objects.filter(meeting=meeting)
    return {
        "turns": turns_said(meeting),
        "collective": turn_read(meeting),
        "statements": list(
            stated.select_related("occasion__participant", "suggestion")
        ),
    }


def _says_what_was_said(meeting: Meeting) -> bool:
    """Tell whether persons are reviewed there, and the campaign keeps texts."""
    return (
        meeting.kind == Meeting.Kind.REVIEW
        and meeting.body_id is None
        and meeting.unit.campaign.mode == Campaign.Mode.FULL_TEXT
    )
