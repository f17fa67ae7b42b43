"""Study: a session with everybody's attendance, and the essays that came in.

Source: docs/rules/study.md.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    CampaignUnit,
    Essay,
    Placement,
    PlanDocument,
    StudyAttendance,
    StudyDocument,
    StudySession,
)
from campaigns.queries.study import people_of
from campaigns.services import tallies
from campaigns.services.work import (
    NotRecordable,
    demand_in_time,
    demand_running,
    note,
    remove_row,
)
from campaigns.steps import Step, window_of
from members.dates import display_day
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services.versions import locked_version

PRESENT = StudyAttendance.How.PRESENT


@opened_for(Purpose.ACT)
def record_session(
    *,
    session: StudySession,
    documents: Sequence[StudyDocument],
    exceptions: Mapping[int, str],
    invited: Collection[int] | None = None,
    opened_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> StudySession:
    """Record a session that took place: all were present but for the exceptions.

    Of a body that is no cell only the headcount is known. `invited` narrows a make-up
    session to whom it was for.
    Shape: `exceptions` has how somebody was there by the number of the participant.
    Raises: phases.StepClosed; NotRecordable for a day to come, without a document, without anybody, or
        where an exception is not of the unit.
    """
    with tallies.changing([session.unit_id]):
        demand_in_time(session.unit, Step.STUDY, opened_at, now)
        _demand_sound(session, documents, now)
        session.save()
        session.documents.set(documents)
        if not session.body_name:
            people = _called(session.unit, invited)
            _write_attendance(session, people, exceptions)
        note("held", session, actor, now, people=len(exceptions))
    return session


@opened_for(Purpose.ACT)
def correct_session(
    *,
    session: StudySession,
    version: int,
    facts: Mapping[str, Any],
    documents: Sequence[StudyDocument],
    exceptions: Mapping[int, str],
    opened_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what is known of a session now; those whom it called stay called.

    Raises: versions.ChangedMeanwhile; as `record_session`.
    """
    with counted_with(session):
        rows = StudySession.objects.select_related("unit__custodian")
        current = locked_version(rows, session, version=version)
        demand_in_time(current.unit, Step.STUDY, opened_at, now)
        for name, value in facts.items():
            setattr(current, name, value)
        _demand_sound(current, documents, now)
        current.version += 1
        current.save()
        current.documents.set(documents)
        attended = StudyAttendance.objects.filter(session=current)
        called = list(attended.values_list("participant", flat=True))
        attended.delete()
        if not current.body_name:
            _write_attendance(current, called, exceptions)
        note("corrected", current, actor, now, people=len(exceptions))


@opened_for(Purpose.ACT)
def remove_session(
    *,
    session: StudySession,
    version: int,
    opened_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Take a session out that was entered by mistake, as long as others are entered.

    Raises: versions.ChangedMeanwhile; phases.StepClosed; NotRecordable where the
        campaign takes no acts.
    Source: docs/rules/study.md § 2.6.
    """
    with counted_with(session):
        demand_in_time(session.unit, Step.STUDY, opened_at, now)
        remove_row(row=session, version=version, actor=actor, now=now)


@opened_for(Purpose.ACT)
def hand_in(
    *,
    document: StudyDocument,
    unit: CampaignUnit,
    essays: Mapping[int, tuple[date, str]],
    opened_at: datetime | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write which essays on a document have come in from a unit, and how judged.

    Who is not named has handed in none.
    Shape: `essays` has the day and the judgement by the number of the participant.
    Raises: phases.StepClosed; NotRecordable where the document asks for none, somebody is not of the unit,
        or a day is still to come.
    """
    with transaction.atomic():
        demand_in_time(unit, Step.STUDY, opened_at, now)
        CampaignUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        if not document.wants_essay:
            raise NotRecordable(_("No essay is asked for on this document."))
        people = {person.pk for person in people_of(unit)}
        if not people >= set(essays):
            raise NotRecordable(_("Somebody is not on the roll of this unit."))
        if any(on > timezone.localdate(now) for on, _judgement in essays.values()):
            raise NotRecordable(_("This day is still to come."))
        Essay.objects.filter(document=document, participant__in=people).delete()
        Essay.objects.bulk_create(
            Essay(
                unit=unit,
                participant_id=participant,
                document=document,
                handed_in_on=on,
                judgement=judgement,
            )
            for participant, (on, judgement) in essays.items()
        )
        note("essays", document, actor, now, people=len(essays))


def take_over(
    *,
    unit: CampaignUnit,
    documents: Sequence[PlanDocument],
    actor: Actor,
    now: datetime,
) -> list[StudyDocument]:
    """Let a unit study what the plan asks for; what it has already, it does not get twice.

    Shape: `documents` are those offered to the unit (`plan_readings.offered_to`).
    Raises: NotRecordable where the campaign takes no acts, or all are taken over.
    """
    with tallies.asking_more(unit):
        # Of two who press at once the second waits for the unit, and sees the first.
        demand_running(unit)
        known = StudyDocument.objects.filter(unit=unit, plan_document__in=documents)
        taken = set(known.values_list("plan_document", flat=True))
        new = [
            StudyDocument(
                unit=unit,
                plan_document=each,
                name=each.title,
                number=each.number,
            )
            for each in documents
            if each.pk not in taken
        ]
        if not new:
            raise NotRecordable(_("This is taken over already."))
        for row in new:
            row.save()
            note("taken_over", row, actor, now)
    return new


def asked_more_by(document: StudyDocument) -> AbstractContextManager[None]:
    """Hold and count whom one more document is asked of."""
    return tallies.asking_more(document.unit)


def asked_less_by(document: StudyDocument) -> AbstractContextManager[None]:
    """Hold and count of whom a document is asked no more."""
    return tallies.asking_less(document.unit)


@opened_for(Purpose.ACT)
def counted_with(session: StudySession) -> AbstractContextManager[None]:
    """Hold and count those whom a session called, where they are placed by now."""
    called = StudyAttendance.objects.filter(session=session)
    placed = Placement.objects.open().filter(
        participant__in=called.values("participant")
    )
    return tallies.changing({session.unit_id, *placed.values_list("unit", flat=True)})


def demand_not_studied(document: models.Model) -> None:
    """Refuse to take out what a session has studied.

    Raises: NotRecordable.
    """
    if StudySession.objects.filter(documents=document.pk).exists():
        raise NotRecordable(_("A study session rests on this document."))


def _demand_sound(
    session: StudySession, documents: Sequence[StudyDocument], now: datetime
) -> None:
    if not documents:
        raise NotRecordable(_("Choose what was studied."), column="documents")
    if session.on > timezone.localdate(now):
        raise NotRecordable(
            _("A session is recorded when it has taken place."), column="on"
        )
    first, _last = window_of(session.unit.campaign.year)
    if session.on < first:
        raise NotRecordable(
            _("In a campaign of %(year)s no day lies before %(first)s.")
            % {
                "year": str(session.unit.campaign.year),
                "first": display_day(first),
            },
            column="on",
        )


def _called(unit: CampaignUnit, invited: Collection[int] | None) -> list[int]:
    people = [person.pk for person in people_of(unit)]
    if invited is not None:
        people = [pk for pk in people if pk in invited]
    if not people:
        raise NotRecordable(_("Nobody is on the roll of this unit."))
    return people


def _write_attendance(
    session: StudySession, people: Sequence[int], exceptions: Mapping[int, str]
) -> None:
    if not set(people) >= set(exceptions):
        raise NotRecordable(_("Somebody is not on the roll of this unit."))
    StudyAttendance.objects.bulk_create(
        StudyAttendance(
            session=session, participant_id=pk, how=exceptions.get(pk, PRESENT)
        )
        for pk in people
    )
