"""Documents of the campaign's plan that are studied: offered, taken over, read by whom.

Source: docs/rules/study.md § 1.2, § 4.4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Participant,
    PlanDocument,
    StudyAttendance,
    StudyDocument,
    StudySession,
)
from campaigns.queries.study import people_of
from members.paths import ancestry
from members.policy import Actor
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class Readings:
    """At how many sessions a document of the plan was studied, and when by the reader."""

    sessions: int
    own_on: date | None


@dataclass(frozen=True, slots=True)
class PersonReadings:
    """When one person of a unit has studied each document, in their order."""

    person: Participant
    read: Sequence[tuple[StudyDocument, date | None]]


def offered_to(unit: CampaignUnit) -> list[PlanDocument]:
    """Return what the plan wants to be studied and nobody at or above has named yet.

    The plan is the campaign's, and the local ones at or above the unit. The caller got
    the unit through a scope; one query.
    """
    plans = Q(unit=None) | Q(unit__path__in=ancestry(unit.path))
    named = StudyDocument.objects.asked_of(unit).filter(plan_document__isnull=False)
    wanted = PlanDocument.objects.filter(
        plans, campaign=unit.campaign_id, role=PlanDocument.Role.STUDY
    )
    return list(wanted.exclude(pk__in=named.values("plan_document")))


def readings_of_plan(campaign: Campaign, actor: Actor) -> Mapping[int, Readings]:
    """Return of each document of a plan where it was studied; two queries.

    As far as the reader sees sessions; the own day from the own attendance.
    """
    of_plan = {"documents__plan_document__campaign": campaign}
    sessions = StudySession.objects.visible_to(actor).filter(**of_plan).order_by()
    counted = dict(
        sessions.values("documents__plan_document")
        .annotate(sessions=Count("pk", distinct=True))
        .values_list("documents__plan_document", "sessions")
    )
    own = StudyAttendance.objects.filter(
        participant__in=Participant.objects.own(actor),
        how__in=StudyAttendance.STUDIED,
        session__documents__plan_document__campaign=campaign,
    ).order_by()
    read = dict(
        own.values("session__documents__plan_document")
        .annotate(first=Min("session__on"))
        .values_list("session__documents__plan_document", "first")
    )
    return {
        pk: Readings(counted.get(pk, 0), read.get(pk))
        for pk in counted.keys() | read.keys()
    }


@opened_for(Purpose.RETALLY)
def readings_by_person(
    unit: CampaignUnit, documents: Sequence[StudyDocument]
) -> list[PersonReadings]:
    """Return who has studied which document when, in the order of the roll.

    For whoever records the work of the unit; two queries.
    """
    people = people_of(unit)
    rows = StudyAttendance.objects.filter(
        participant__in=people,
        how__in=StudyAttendance.STUDIED,
        session__documents__in=documents,
    ).order_by()
    first = rows.values_list("participant", "session__documents").annotate(
        first=Min("session__on")
    )
    days = {(person, document): on for person, document, on in first}
    return [
        PersonReadings(each, [(doc, days.get((each.pk, doc.pk))) for doc in documents])
        for each in people
    ]
