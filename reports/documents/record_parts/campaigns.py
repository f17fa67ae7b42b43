"""Longer times, changes after the roll was fixed, reminders."""

from django.utils.translation import gettext_lazy as _

from campaigns.models import Digest, LateChange, PersonalExtension, Reminder
from reports.documents.record_parts.part import Part
from reports.documents.record_values import (
    Json,
    day_json,
    day_text,
    joined,
    moment_json,
    moment_text,
    unit_json,
)
from reports.documents.terms import NOTHING


def _longer_time(row: PersonalExtension) -> Json:
    return {
        "campaign": row.campaign.code,
        "step": row.step,
        "last_day": day_json(row.last_day),
        "reason": row.reason,
        "at": moment_json(row.at),
    }


def _late_change(row: LateChange) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "from": unit_json(row.source),
        "to": unit_json(row.target),
        "on": day_json(row.on),
        "document": row.document,
        "reason": row.reason,
        "at": moment_json(row.at),
    }


def _reminder(row: Reminder) -> Json:
    return {
        "campaign": row.unit.campaign.code,
        "unit": unit_json(row.unit),
        "matter": row.matter,
        "to": row.to,
        "on": day_json(row.on),
        "last_day": day_json(row.last_day),
        "by_hand": row.is_by_hand,
        "state": row.state,
    }


def _email(row: Digest) -> Json:
    return {
        "on": day_json(row.on),
        "sent_at": moment_json(row.sent_at),
        "refused": row.is_refused,
    }


PARTS = (
    Part[PersonalExtension](
        key="longer_times",
        heading=_("Longer times"),
        heads=(_("Campaign"), _("Step"), _("Last day"), _("Reason")),
        widths=("44", "40", "26", ""),
        rows=lambda kept: kept.longer_times,
        codes=_longer_time,
        words=lambda row: (
            row.campaign.name,
            row.get_step_display(),
            day_text(row.last_day),
            row.reason,
        ),
    ),
    Part[LateChange](
        key="late_changes",
        heading=_("Changes after the roll of a campaign was fixed"),
        heads=(_("Campaign"), _("From, to"), _("Day"), _("Document and reason")),
        widths=("40", "", "24", "56"),
        rows=lambda kept: kept.late_changes,
        codes=_late_change,
        words=lambda row: (
            row.participant.campaign.name,
            f"{row.source.name if row.source else NOTHING}"
            f" → {row.target.name if row.target else NOTHING}",
            day_text(row.on),
            joined(row.document, row.reason),
        ),
    ),
    Part[Reminder](
        key="reminders",
        heading=_("Reminders received"),
        heads=(_("Day"), _("Unit"), _("Of what"), _("Last day"), _("State")),
        widths=("24", "", "38", "24", "42"),
        rows=lambda kept: kept.reminders,
        codes=_reminder,
        words=lambda row: (
            day_text(row.on),
            row.unit.name,
            row.get_matter_display(),
            day_text(row.last_day),
            row.get_state_display(),
        ),
    ),
    Part[Digest](
        key="emails",
        heading=_("E-mails of a day"),
        heads=(_("Day"), _("Sent at"), _("Refused by the mail server")),
        widths=("30", "40", ""),
        rows=lambda kept: kept.emails,
        codes=_email,
        words=lambda row: (
            day_text(row.on),
            moment_text(row.sent_at),
            str(_("yes") if row.is_refused else _("no")),
        ),
    ),
)
