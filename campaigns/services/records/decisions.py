"""Discipline and commendations. Source: docs/rules/records.md § 3."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Commendation, Discipline
from campaigns.queries.record_subjects import Subject
from campaigns.services.records.recording import (
    RecordRefused,
    note,
    place,
    refuse_days_to_come,
    refuse_own_case,
    subject_of,
)
from campaigns.vocabulary.records import record_lists
from members.models import PartyUnit
from members.policy import Actor
from members.services.versions import locked_version


def record_discipline(
    *,
    unit: PartyUnit,
    subject: Subject,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Discipline:
    """Record a decision of discipline; `facts` by the names of the columns.

    It takes nobody off the roll: that is the act of whoever keeps it.
    Raises: RecordRefused.
    """
    row = Discipline(
        unit=unit, recorded_at=now, recorded_by_id=actor.account_id, **facts
    )
    _refuse_for(subject, "form", row.form)
    with transaction.atomic():
        place(row, subject, actor, now)
        row.save(force_insert=True)
        note("disciplines.recorded", row, actor, now)
    return row


def correct_discipline(
    *,
    discipline: Discipline,
    version: int,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Discipline:
    """Write what is known of a decision, as it was typed wrongly before.

    Raises: versions.ChangedMeanwhile; RecordRefused.
    """
    with transaction.atomic():
        row = locked_version(Discipline.objects.all(), discipline, version=version)
        subject = subject_of(row)
        for name, value in facts.items():
            setattr(row, name, value)
        _refuse_for(subject, "form", row.form)
        if row.changed_on and row.changed_on < row.on:
            raise RecordRefused(_("This is after the change of the decision."), "on")
        place(row, subject, actor, now)
        row.version += 1
        row.save()
        note("disciplines.corrected", row, actor, now)
    return row


def change_discipline(
    *,
    discipline: Discipline,
    version: int,
    changed_form: str,
    changed_on: date,
    change_document: str,
    actor: Actor,
    now: datetime,
) -> Discipline:
    """Record that a later decision changed the form, or annulled it: no form then.

    Raises: versions.ChangedMeanwhile; RecordRefused.
    """
    with transaction.atomic():
        row = locked_version(Discipline.objects.all(), discipline, version=version)
        subject = subject_of(row)
        refuse_own_case(subject, actor)
        if changed_form:
            _refuse_for(subject, "form", changed_form, column="changed_form")
        if changed_on < row.on:
            raise RecordRefused(_("This is before the decision."), "changed_on")
        refuse_days_to_come(changed_on, now, "changed_on")
        row.changed_form, row.changed_on = changed_form, changed_on
        row.change_document = change_document
        row.version += 1
        row.save()
        note("disciplines.changed", row, actor, now)
    return row


def record_commendation(
    *,
    unit: PartyUnit,
    subject: Subject,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Commendation:
    """Record a title that was given; `facts` by the names of the columns.

    Raises: RecordRefused.
    """
    row = Commendation(
        unit=unit, recorded_at=now, recorded_by_id=actor.account_id, **facts
    )
    with transaction.atomic():
        _check_commendation(row, subject, actor, now)
        row.save(force_insert=True)
        note("commendations.recorded", row, actor, now)
    return row


def correct_commendation(
    *,
    commendation: Commendation,
    version: int,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Commendation:
    """Write what is known of a title, as it was typed wrongly before.

    Raises: versions.ChangedMeanwhile; RecordRefused.
    """
    with transaction.atomic():
        row = locked_version(Commendation.objects.all(), commendation, version=version)
        for name, value in facts.items():
            setattr(row, name, value)
        _check_commendation(row, subject_of(row), actor, now)
        row.version += 1
        row.save()
        note("commendations.corrected", row, actor, now)
    return row


def _check_commendation(
    row: Commendation, subject: Subject, actor: Actor, now: datetime
) -> None:
    _refuse_for(subject, "title", row.title)
    _refuse_for(subject, "field", row.field)
    if row.conference and row.conference.unit_id != row.unit_id:
        raise RecordRefused(_("This is the conference of another."), "conference")
    place(row, subject, actor, now)


def _refuse_for(
    subject: Subject, of: str, code: str, *, column: str | None = None
) -> None:
    """Refuse a form or title that organisations, or members, do not get."""
    lists = record_lists()
    if of == "form":
        is_for = lists.discipline_forms[code].subject
    else:
        is_for = (lists.titles if of == "title" else lists.fields)[code].subject
    kind = "ORGANISATION" if subject.member is None else "MEMBER"
    if is_for not in ("BOTH", kind):
        told = (
            _("Organisations do not get this.")
            if subject.member is None
            else _("Members do not get this.")
        )
        raise RecordRefused(told, column or of)
