"""The form of one screen on which a meeting is recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.forms.meetings import MOST_TEXT, HourField, VersionedForm
from campaigns.models import (
    Attendance,
    Meeting,
    MeetingDraft,
    MeetingTask,
    Minutes,
    Participant,
    PledgeCheck,
)
from campaigns.queries.meetings import TaskLine
from campaigns.services.meetings.holding import NewTask, Proceedings
from members.forms.fields import CleanTextField, DayField

NEW_TASKS = 3
TEXTS = ("chair", "recorder", "course", "conclusion")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the attendance, with the controls for them."""

    name: str
    attendance: BoundField
    dues: BoundField | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One earlier task, with the controls for what became of it."""

    task: MeetingTask
    checks: Sequence[PledgeCheck]  # of pledges that point to it
    result: BoundField
    note: BoundField


class HoldForm(VersionedForm):
    """One screen: who was there, what became of earlier tasks, what was concluded."""

    begins_at = HourField(label=_("Begins at"))
    ends_at = HourField(label=_("Ends at"))
    chair = CleanTextField(label=_("Chair"), max_length=255, required=False)
    recorder = CleanTextField(label=_("Recorder"), max_length=255, required=False)
    expected = forms.IntegerField(
        label=_("Expected"), min_value=0, max_value=100_000, required=False
    )
    present = forms.IntegerField(
        label=_("Present"), min_value=0, max_value=100_000, required=False
    )
    course = forms.CharField(
        label=_("Course of the meeting"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    conclusion = forms.CharField(
        label=_("Conclusion"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        minutes: Minutes | None,
        people: Sequence[Participant],
        recorded: Mapping[int, Attendance],
        tasks: Sequence[TaskLine],
        dues: bool,
        draft: MeetingDraft | None = None,
    ) -> None:
        self.people, self.dues = people, dues
        self.lines = tasks
        self.tasks = [line.task for line in tasks]
        initial = {
            "version": meeting.version,
            **{
                name: getattr(meeting, name)
                for name in ("begins_at", "ends_at", "expected", "present")
            },
            **{name: getattr(minutes, name, "") for name in TEXTS},
        }
        super().__init__(data, initial=initial)
        self._add_people(recorded)
        self._add_tasks()
        self._add_new_tasks()
        if people:
            del self.fields["expected"], self.fields["present"]
        if draft:
            self._take_up(draft)
        for name, field in self.fields.items():
            if "_" in name and name.rpartition("_")[2].isdigit():
                _dress(field)

    def _take_up(self, draft: MeetingDraft) -> None:
        """Show what was typed and not recorded, upon the version it was typed to."""
        typed = draft.content.items()
        self.initial.update({name: text for name, text in typed if name in self.fields})
        self.initial["version"] = draft.meeting_version

    def _add_people(self, recorded: Mapping[int, Attendance]) -> None:
        states = [("", _("Not recorded")), *Attendance.State.choices]
        for person in self.people:
            row = recorded.get(person.pk)
            self.fields[f"attendance_{person.pk}"] = forms.ChoiceField(
                label=_("Attendance: %s") % person.full_name,
                choices=states,
                required=False,
                initial=row.state if row else "",
            )
            if self.dues:
                self.fields[f"dues_{person.pk}"] = forms.ChoiceField(
                    label=_("Dues: %s") % person.full_name,
                    choices=Attendance.Dues.choices,
                    required=False,
                    initial=row.dues if row else "",
                )

    def _add_tasks(self) -> None:
        for task in self.tasks:
            self.fields[f"result_{task.pk}"] = forms.ChoiceField(
                label=_("Result: %s") % task.text,
                choices=MeetingTask.Result.choices,
                required=False,
                initial=task.result,
            )
            self.fields[f"note_{task.pk}"] = CleanTextField(
                label=_("Note: %s") % task.text,
                max_length=500,
                required=False,
                initial=task.result_note,
            )

    def _add_new_tasks(self) -> None:
        people = [(person.pk, person.full_name) for person in self.people]
        for number in range(NEW_TASKS):
            self.fields[f"text_{number}"] = CleanTextField(
                label=pgettext_lazy("meeting", "Task"), max_length=500, required=False
            )
            if people:
                self.fields[f"person_{number}"] = forms.TypedChoiceField(
                    label=_("Who does it"),
                    choices=[("", _("a collective")), *people],
                    coerce=int,
                    empty_value=None,
                    required=False,
                )
            self.fields[f"collective_{number}"] = CleanTextField(
                label=_("Collective"), max_length=255, required=False
            )
            self.fields[f"due_{number}"] = DayField(
                label=_("Due by"), required=False, help_text=""
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(NEW_TASKS):
            self._check_new_task(number, data)
        expected, present = data.get("expected"), data.get("present")
        if present is not None and present > (expected or 0):
            self.add_error("present", _("More were present than expected."))
        return data

    def _check_new_task(self, number: int, data: Mapping[str, Any]) -> None:
        """A task has a text, one who does it, and a day."""
        due, text = data.get(f"due_{number}"), data.get(f"text_{number}")
        person, collective = (
            data.get(f"{name}_{number}") for name in ("person", "collective")
        )
        if not any((text, person, collective, due)):
            return
        if not text:
            self.add_error(f"text_{number}", _("Write what is to be done."))
        if bool(person) == bool(collective):
            self.add_error(
                f"collective_{number}", _("Choose a person or name a collective.")
            )
        if not due and f"due_{number}" not in self.errors:
            self.add_error(f"due_{number}", _("Enter the day."))

    def proceedings(self, *, all_present: bool) -> Proceedings:
        """Return all that was typed, for the service; "all present" fills attendance."""
        data = self.cleaned_data
        states = Attendance.State
        return Proceedings(
            texts={name: data[name] for name in TEXTS},
            begins_at=data["begins_at"],
            ends_at=data["ends_at"],
            attendance={
                person.pk: states.PRESENT
                if all_present
                else data[f"attendance_{person.pk}"]
                for person in self.people
            },
            dues={
                person.pk: Attendance.Dues.PAID
                if all_present
                else data[f"dues_{person.pk}"]
                for person in self.people
                if self.dues
            },
            headcount=(data.get("expected"), data.get("present")),
            results={
                task.pk: (data[f"result_{task.pk}"], data[f"note_{task.pk}"])
                for task in self.tasks
            },
            new_tasks=list(self._new_tasks()),
        )

    def _new_tasks(self) -> Iterator[NewTask]:
        for number in range(NEW_TASKS):
            if text := self.cleaned_data[f"text_{number}"]:
                yield NewTask(
                    text=text,
                    due_on=self.cleaned_data[f"due_{number}"],
                    participant_id=self.cleaned_data.get(f"person_{number}"),
                    collective=self.cleaned_data[f"collective_{number}"],
                )

    @property
    def person_rows(self) -> list[PersonRow]:
        """The attendance, in the order of names."""
        return [
            PersonRow(
                person.full_name,
                self[f"attendance_{person.pk}"],
                self[f"dues_{person.pk}"] if self.dues else None,
            )
            for person in self.people
        ]

    @property
    def task_rows(self) -> list[TaskRow]:
        """Earlier tasks, by their day."""
        return [
            TaskRow(
                line.task,
                line.checks,
                self[f"result_{line.task.pk}"],
                self[f"note_{line.task.pk}"],
            )
            for line in self.lines
        ]

    @property
    def new_task_rows(self) -> list[list[BoundField]]:
        """Empty lines for what is concluded."""
        columns = ["text", "person", "collective", "due"]
        return [
            [self[f"{name}_{n}"] for name in columns if f"{name}_{n}" in self.fields]
            for n in range(NEW_TASKS)
        ]


def _dress(field: forms.Field) -> None:
    """Let a control in a row of a table say what it is, for who does not see the row."""
    is_choice = isinstance(field.widget, forms.Select)
    field.widget.attrs |= {
        "class": "form-select" if is_choice else "form-control",
        "aria-label": field.label,
    }
