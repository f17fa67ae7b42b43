"""Summary conferences. Source: docs/rules/records.md § 7."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import ConferenceDelegation, ConferenceTask, SummaryConference
from campaigns.services.records.recording import RecordRefused, refuse_days_to_come
from members import events
from members.models import PartyUnit
from members.policy import Actor, Area
from members.services.versions import locked_version


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a conference: bodies with their delegates, tasks with their days."""

    delegations: Sequence[tuple[str, int]]
    tasks: Sequence[tuple[str, date | None]]


def record_conference(
    *,
    unit: PartyUnit,
    facts: Mapping[str, object],
    lines: Lines,
    actor: Actor,
    now: datetime,
) -> SummaryConference:
    """Record the conference of a year; `facts` by the names of the columns.

    Raises: RecordRefused.
    """
    row = SummaryConference(unit=unit, **facts)
    refuse_days_to_come(row.on, now, "on")
    with transaction.atomic():
        # Of two at once the second waits here, and then sees the first.
        PartyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        _refuse_second(row)
        row.save(force_insert=True)
        _write_lines(row, lines)
        _note("conferences.recorded", row, actor, now)
    return row


def correct_conference(
    *,
    conference: SummaryConference,
    version: int,
    facts: Mapping[str, object],
    lines: Lines,
    actor: Actor,
    now: datetime,
) -> SummaryConference:
    """Write what is known of a conference, its lines anew.

    Raises: versions.ChangedMeanwhile; RecordRefused.
    """
    with transaction.atomic():
        PartyUnit.objects.select_for_update(no_key=True).get(pk=conference.unit_id)
        row = locked_version(
            SummaryConference.objects.all(), conference, version=version
        )
        for name, value in facts.items():
            setattr(row, name, value)
        refuse_days_to_come(row.on, now, "on")
        _refuse_second(row)
        row.version += 1
        row.save()
        ConferenceDelegation.objects.filter(conference=row).delete()
        ConferenceTask.objects.filter(conference=row).delete()
        _write_lines(row, lines)
        _note("conferences.corrected", row, actor, now)
    return row


def _refuse_second(row: SummaryConference) -> None:
    others = SummaryConference.objects.filter(unit=row.unit, year=row.year)
    if others.exclude(pk=row.pk).exists():
        raise RecordRefused(_("The year has its conference already."), "year")


def _write_lines(row: SummaryConference, lines: Lines) -> None:
    ConferenceDelegation.objects.bulk_create(
        ConferenceDelegation(conference=row, position=at, body=body, count=count)
        for at, (body, count) in enumerate(lines.delegations, 1)
    )
    ConferenceTask.objects.bulk_create(
        ConferenceTask(conference=row, position=at, text=text, due_on=due_on)
        for at, (text, due_on) in enumerate(lines.tasks, 1)
    )


def _note(action: str, row: SummaryConference, actor: Actor, now: datetime) -> None:
    events.record(
        action=action,
        subject=row,
        actor=actor,
        now=now,
        unit=row.unit,
        area=Area.RECORDS_EDIT,
    )
