"""Meetings, tasks, study, and what somebody answers for in a programme."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Attendance,
    CoChair,
    Essay,
    Meeting,
    MeetingTask,
    ProgrammeItem,
    StudyAttendance,
)
from reports.documents.record_parts.part import Part, meeting_json
from reports.documents.record_values import Json, day_json, day_text, joined, unit_json


def _meeting(meeting: Meeting) -> tuple[str, str]:
    return day_text(meeting.on), f"{meeting.unit.name}: {meeting.get_kind_display()}"


def _attendance(row: Attendance) -> Json:
    return {
        "meeting": meeting_json(row.meeting),
        "state": row.state,
        "dues": row.dues or None,
    }


def _task(row: MeetingTask) -> Json:
    return {
        "meeting": meeting_json(row.meeting),
        "text": row.text,
        "due_on": day_json(row.due_on),
        "result": row.result or None,
        "result_note": row.result_note,
        "found_at": meeting_json(row.checked_at),
    }


def _study(row: StudyAttendance) -> Json:
    return {
        "unit": unit_json(row.session.unit),
        "on": day_json(row.session.on),
        "topic": row.session.topic,
        "documents": [str(each) for each in row.session.documents.all()],
        "how": row.how,
    }


def _essay(row: Essay) -> Json:
    return {
        "unit": unit_json(row.unit),
        "document": str(row.document),
        "handed_in_on": day_json(row.handed_in_on),
        "judgement": row.judgement or None,
    }


def _answers_for(row: ProgrammeItem) -> Json:
    return {
        "unit": unit_json(row.programme.unit),
        "campaign": row.programme.unit.campaign.code,
        "text": row.text,
        "target": row.goal,
        "unit_of_measure": row.unit_of_measure,
        "due_on": day_json(row.due_on),
        "result": row.result or None,
        "result_note": row.result_note,
    }


def _co_chair(row: CoChair) -> Json:
    return {
        "unit": unit_json(row.programme.unit),
        "campaign": row.programme.unit.campaign.code,
        "name": row.name,
        "title": row.title,
        "document": row.document,
        "from": day_json(row.from_on),
        "until": day_json(row.ends_on),
        "signed_on": day_json(row.signed_on),
        "signed_on_paper": row.signed_on_paper,
    }


PARTS = (
    Part[Attendance](
        key="attendance",
        heading=_("Meetings, attendance and dues"),
        heads=(_("Day"), _("Meeting"), _("Attendance"), _("Dues")),
        widths=("24", "", "38", "32"),
        rows=lambda kept: kept.attendance,
        codes=_attendance,
        words=lambda row: (
            *_meeting(row.meeting),
            row.get_state_display(),
            row.get_dues_display(),
        ),
    ),
    Part[MeetingTask](
        key="tasks",
        heading=_("Tasks given by meetings"),
        heads=(_("Day"), _("Meeting"), _("Task"), _("Until"), _("Result")),
        widths=("22", "36", "", "22", "36"),
        rows=lambda kept: kept.tasks,
        codes=_task,
        words=lambda row: (
            *_meeting(row.meeting),
            row.text,
            day_text(row.due_on),
            joined(row.get_result_display(), row.result_note),
        ),
    ),
    Part[StudyAttendance](
        key="study",
        heading=_("Study sessions"),
        heads=(_("Day"), _("Unit"), _("What was studied"), _("Attendance")),
        widths=("22", "40", "", "36"),
        rows=lambda kept: kept.study,
        codes=_study,
        words=lambda row: (
            day_text(row.session.on),
            row.session.unit.name,
            joined(row.session.topic, *row.session.documents.all()),
            row.get_how_display(),
        ),
    ),
    Part[Essay](
        key="essays",
        heading=_("Essays handed in"),
        heads=(_("Document"), _("Handed in on"), _("Judgement")),
        widths=("", "32", "50"),
        rows=lambda kept: kept.essays,
        codes=_essay,
        words=lambda row: (
            str(row.document),
            day_text(row.handed_in_on),
            row.get_judgement_display(),
        ),
    ),
    Part[ProgrammeItem](
        key="answers_for",
        heading=_("What the person answers for in action programmes"),
        heads=(_("Unit"), _("Task"), _("Target"), _("By"), _("Result")),
        widths=("34", "", "30", "22", "32"),
        rows=lambda kept: kept.answers_for,
        codes=_answers_for,
        words=lambda row: (
            row.programme.unit.name,
            row.text,
            f"{row.goal} {row.unit_of_measure}".strip(),
            day_text(row.due_on),
            joined(row.get_result_display(), row.result_note),
        ),
    ),
    Part[CoChair](
        key="co_chairs",
        heading=_("Named as co-chair of an action programme"),
        heads=(_("Unit"), _("As"), _("Document"), _("Days"), _("Signed on")),
        widths=("34", "34", "", "46", "24"),
        rows=lambda kept: kept.co_chairs,
        codes=_co_chair,
        words=lambda row: (
            row.programme.unit.name,
            joined(row.name, row.title),
            row.document,
            f"{day_text(row.from_on)} – {day_text(row.ends_on)}",
            day_text(row.signed_on),
        ),
    ),
)
