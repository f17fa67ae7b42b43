"""Inspections and supervision, and the programmes that they are planned in.

Source: docs/rules/records.md § 2.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.models import Inspection, InspectionProgramme, PlannedInspection
from campaigns.queries.record_subjects import Subject
from campaigns.services.records.recording import (
    RecordRefused,
    note,
    refuse_days_to_come,
    refuse_own_case,
    subject_of,
    subject_on,
)
from members import events
from members.models import PartyUnit
from members.paths import is_within
from members.policy import Actor, Area
from members.services.versions import locked_version


def record_inspection(
    *,
    unit: PartyUnit,
    subject: Subject,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Inspection:
    """Record a visit by a body of the unit; `facts` by the names of the columns.

    Raises: RecordRefused.
    """
    refuse_own_case(subject, actor)
    row = Inspection(
        unit=unit, recorded_at=now, recorded_by_id=actor.account_id, **facts
    )
    refuse_days_to_come(row.on, now, "on")
    refuse_days_to_come(row.followed_up_on, now, "followed_up_on")
    subject = subject_on(unit, subject, row.on)
    row.subject, row.member = subject.unit, subject.member
    _refuse_other_links(row)
    with transaction.atomic():
        row.save(force_insert=True)
        note("inspections.recorded", row, actor, now)
    return row


def correct_inspection(
    *,
    inspection: Inspection,
    version: int,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Inspection:
    """Write what is known of a visit: its finding, what followed, its document.

    Raises: versions.ChangedMeanwhile; RecordRefused.
    """
    with transaction.atomic():
        row = locked_version(Inspection.objects.all(), inspection, version=version)
        subject = subject_of(row)
        refuse_own_case(subject, actor)
        for name, value in facts.items():
            setattr(row, name, value)
        refuse_days_to_come(row.on, now, "on")
        refuse_days_to_come(row.followed_up_on, now, "followed_up_on")
        row.subject = subject_on(row.unit, subject, row.on).unit
        _refuse_other_links(row)
        row.version += 1
        row.save()
        note("inspections.corrected", row, actor, now)
    return row


def _refuse_other_links(row: Inspection) -> None:
    """Refuse a plan or a case that is not of this subject."""
    if row.planned and row.planned.programme.unit_id != row.unit_id:
        raise RecordRefused(_("This stands in the programme of another."), "planned")
    other = row.joins
    if other is None:
        return
    if (other.subject_id, other.member_id) != (row.subject_id, row.member_id):
        raise RecordRefused(_("That case is about another."), "joins")
    if other.joins_id is not None:
        row.joins_id = other.joins_id


def adopt_programme(
    *, unit: PartyUnit, year: int, document: str, actor: Actor, now: datetime
) -> InspectionProgramme:
    """Record the programme of a unit for a year.

    Raises: RecordRefused where the year has one.
    """
    programme = InspectionProgramme(unit=unit, year=year, document=document)
    try:
        with transaction.atomic():
            programme.save(force_insert=True)
            events.record(
                action="inspection_programmes.adopted",
                subject=programme,
                actor=actor,
                now=now,
                unit=unit,
                area=Area.RECORDS_EDIT,
                data={"document": document},
            )
    except IntegrityError as refusal:
        raise RecordRefused(
            _("The unit has its programme for this year already."), "year"
        ) from refusal
    return programme


def plan_inspection(
    *,
    programme: InspectionProgramme,
    kind: str,
    subject: PartyUnit,
    due_on: date,
    actor: Actor,
    now: datetime,
) -> PlannedInspection:
    """Add a visit to a programme.

    Raises: RecordRefused for a day outside the year, or another's organisation.
    """
    if due_on.year != programme.year:
        raise RecordRefused(
            _("This day is not in the year of the programme."), "due_on"
        )
    if not is_within(subject.path, programme.unit.path):
        raise RecordRefused(_("This organisation does not stand below the unit."))
    planned = PlannedInspection(
        programme=programme, kind=kind, subject=subject, due_on=due_on
    )
    with transaction.atomic():
        planned.save(force_insert=True)
        events.record(
            action="inspection_programmes.extended",
            subject=planned,
            actor=actor,
            now=now,
            unit=programme.unit,
            area=Area.RECORDS_EDIT,
            data={"kind": kind},
        )
    return planned
