"""What happened at a meeting, recorded in one act as often as needed until it is signed.

Source: docs/rules/meetings.md § 2 and § 3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Attendance, Meeting, MeetingTask, Minutes
from campaigns.queries.meetings import expected_at, open_tasks_at
from campaigns.services.meetings.drafts import demand_latest, forget_draft
from campaigns.services.meetings.shared import (
    MeetingNotChangeable,
    held_in_place,
    saved,
)
from members.policy import Actor


@dataclass(frozen=True, slots=True)
class NewTask:
    """What is concluded: for a person, or for a collective by its name."""

    text: str
    due_on: date
    participant_id: int | None = None
    collective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """All that one screen says about a meeting.

    Shape: `attendance` and `dues` by participant; `results` by task: result and note.
    `headcount` is expected and present, of a meeting whose people have no names here.
    """

    texts: Mapping[str, str]  # chair, recorder, course, conclusion
    begins_at: time | None = None
    ends_at: time | None = None
    attendance: Mapping[int, str] = field(default_factory=dict)
    dues: Mapping[int, str] = field(default_factory=dict)
    headcount: tuple[int | None, int | None] = (None, None)
    results: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    new_tasks: Sequence[NewTask] = ()


def hold_meeting(
    *,
    meeting: Meeting,
    version: int,
    proceedings: Proceedings,
    draft_version: int | None = None,
    actor: Actor,
    now: datetime,
) -> Meeting:
    """Record what is known so far; the first time makes the meeting one that was held.

    Raises: MeetingNotChangeable for a day that has not come; as `held_in_place`;
        ChangedMeanwhile, too, if another device of the account has typed since.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        if current.on > timezone.localdate(now):
            raise MeetingNotChangeable(
                _("The day of this meeting has not come: change the day first.")
            )
        demand_latest(current, draft_version, actor)
        current.state = Meeting.State.HELD
        current.begins_at = proceedings.begins_at
        current.ends_at = proceedings.ends_at
        Minutes.objects.update_or_create(meeting=current, defaults=proceedings.texts)
        _write_attendance(current, proceedings)
        _write_results(current, proceedings.results)
        _write_tasks(current, proceedings.new_tasks)
        forget_draft(current, actor)
        return saved(current, action="held", actor=actor, now=now)


def _write_attendance(meeting: Meeting, proceedings: Proceedings) -> None:
    people = {person.pk for person in expected_at(meeting)}
    if not people:
        meeting.expected, meeting.present = proceedings.headcount
        return
    known = {
        pk: state
        for pk, state in proceedings.attendance.items()
        if state and pk in people
    }
    Attendance.objects.filter(meeting=meeting).exclude(participant__in=known).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting,
                participant_id=pk,
                state=state,
                dues=proceedings.dues.get(pk, ""),
            )
            for pk, state in sorted(known.items())
        ],
        update_conflicts=True,
        unique_fields=["meeting", "participant"],
        update_fields=["state", "dues"],
    )
    meeting.expected = len(people)
    meeting.present = sum(state in Attendance.THERE for state in known.values())


def _write_results(meeting: Meeting, results: Mapping[int, tuple[str, str]]) -> None:
    """Write what became of earlier tasks; this meeting may correct its own finding."""
    changed = []
    for task in open_tasks_at(meeting):
        result, note = results.get(task.pk, (task.result, task.result_note))
        if (result, note) != (task.result, task.result_note):
            task.result, task.result_note = result, note
            task.checked_at = meeting if result else None
            changed.append(task)
    MeetingTask.objects.bulk_update(changed, ["result", "result_note", "checked_at"])


def _write_tasks(meeting: Meeting, tasks: Sequence[NewTask]) -> None:
    MeetingTask.objects.bulk_create(
        MeetingTask(
            meeting=meeting,
            participant_id=task.participant_id,
            collective=task.collective,
            text=task.text,
            due_on=task.due_on,
        )
        for task in tasks
    )


def remove_task(
    *, task: MeetingTask, version: int, actor: Actor, now: datetime
) -> None:
    """Take out a task that was entered by mistake, before the minutes are signed.

    Raises: as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(task.meeting, version=version)
        MeetingTask.objects.filter(pk=task.pk, result="").delete()
        saved(current, action="task_removed", actor=actor, now=now)
