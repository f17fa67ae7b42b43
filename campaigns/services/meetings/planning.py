"""A meeting is planned, changed, not held, and who comes to it from above.

Source: docs/rules/meetings.md § 1 and § 5.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from campaigns.models import (
    AgendaItem,
    CampaignUnit,
    ContentItem,
    Meeting,
    MeetingGuest,
)
from campaigns.models.meetings import LONGEST_MATTER
from campaigns.services.meetings.shared import (
    demand_day_of_year,
    demand_running,
    held_in_place,
    saved,
)
from members.policy import Actor


def plan_meeting(
    *,
    unit: CampaignUnit,
    facts: Mapping[str, object],
    agenda: Sequence[str],
    contents: Sequence[ContentItem] = (),
    actor: Actor,
    now: datetime,
) -> Meeting:
    """Plan a meeting of a unit, with its agenda.

    Shape: `facts` are columns of the meeting: kind, body, on, begins_at, place, topic;
        `contents` are of the campaign's plan, `agenda` is in the unit's own words.
    Raises: MeetingNotChangeable if the campaign takes no acts, or the day is of another
        year.
    """
    with transaction.atomic():
        demand_running(unit)
        meeting = Meeting(unit=unit, version=0, **facts)
        demand_day_of_year(meeting, now)
        saved(meeting, action="planned", actor=actor, now=now)
        _write_agenda(meeting, agenda, contents)
    return meeting


def change_plan(
    *,
    meeting: Meeting,
    version: int,
    facts: Mapping[str, object],
    agenda: Sequence[str],
    contents: Sequence[ContentItem] = (),
    actor: Actor,
    now: datetime,
) -> Meeting:
    """Change day, kind, topic or agenda of a meeting that is not closed.

    Raises: as `held_in_place`; MeetingNotChangeable if the day is of another year.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        for column, value in facts.items():
            setattr(current, column, value)
        demand_day_of_year(current, now)
        AgendaItem.objects.filter(meeting=current).delete()
        _write_agenda(current, agenda, contents)
        return saved(current, action="changed", actor=actor, now=now)


def cancel_meeting(
    *, meeting: Meeting, version: int, reason: str, actor: Actor, now: datetime
) -> Meeting:
    """Record that a planned meeting was not held, and why.

    Raises: as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        current.state = Meeting.State.CANCELLED
        current.reason = reason
        current.expected = current.present = None
        return saved(current, action="cancelled", actor=actor, now=now)


def add_guest(
    *,
    meeting: Meeting,
    version: int,
    facts: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> MeetingGuest:
    """Record who comes from above, by which decision, with the direction given.

    Shape: `facts` are columns: name, post, decision, direction.
    Raises: as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        guest = MeetingGuest.objects.create(meeting=current, **facts)
        saved(current, action="guest_added", actor=actor, now=now)
    return guest


def change_guest(
    *,
    guest: MeetingGuest,
    version: int,
    facts: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Correct a guest, or write down the direction.

    Shape: `facts` as `add_guest`.
    Raises: as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(guest.meeting, version=version)
        MeetingGuest.objects.filter(pk=guest.pk).update(**facts)
        saved(current, action="guest_changed", actor=actor, now=now)


def remove_guest(
    *, guest: MeetingGuest, version: int, actor: Actor, now: datetime
) -> None:
    """Take a guest out of the meeting.

    Raises: as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(guest.meeting, version=version)
        MeetingGuest.objects.filter(pk=guest.pk).delete()
        saved(current, action="guest_changed", actor=actor, now=now)


def _write_agenda(
    meeting: Meeting, agenda: Sequence[str], contents: Sequence[ContentItem]
) -> None:
    """Write the matters of the plan first. Source: docs/rules/meetings.md § 1.4."""
    matters = [(_in_one_line(each.text), each) for each in contents]
    own = [(text, None) for text in agenda]
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=position, text=text, content=content)
        for position, (text, content) in enumerate([*matters, *own], start=1)
    )


def _in_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_MATTER else f"{line[: LONGEST_MATTER - 1]}…"
