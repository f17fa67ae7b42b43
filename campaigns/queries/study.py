"""Who has studied, out of whom: of one unit by document, and of units below in numbers.

Source: docs/rules/study.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from campaigns.models import (
    Activity,
    CampaignUnit,
    Essay,
    Participant,
    Placement,
    Programme,
    StudyAttendance,
    StudyDocument,
    StudySession,
)
from members.models import within
from members.paths import SEGMENT
from members.row_security import Purpose, opened_for

STATUS = Participant.Status
# Who is excused from party activity is not called to study.
NOT_CALLED = (STATUS.EXEMPT, STATUS.SUSPENDED)

Counts = Mapping[str, Mapping[str, int]]  # by kind, then by the beginning of a path


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One document and how many of a unit have studied it."""

    document: StudyDocument
    studied: int
    base: int
    essays: int | None  # None where none is asked for

    @property
    def is_done(self) -> bool:
        """Whether everybody has studied it, and handed in what is asked for."""
        return 0 < self.base <= self.studied and self.essays in (None, self.base)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session and how many were there, of how many that were called."""

    session: StudySession
    present: int
    called: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The counts of a unit with all below it.

    Shape: `studied` are the people who have studied each document asked of them all,
        out of `base`; programmes out of `units`.
    """

    unit: CampaignUnit
    base: int
    studied: int
    sessions: int
    units: int
    adopted: int
    approved: int
    activities: int


@opened_for(Purpose.RESULTS)
def people_of(unit: CampaignUnit) -> list[Participant]:
    """Return who is called to study in a unit, in the order of the roll.

    The caller got the unit by a scope for whoever records its work.
    Source: docs/rules/study.md § 3.
    """
    placed = _called(Q(unit=unit)).values("participant")
    people = Participant.objects.filter(pk__in=placed)
    return list(people.order_by("sort_key", "pk"))


@opened_for(Purpose.RETALLY)
def study_lines(unit: CampaignUnit) -> list[StudyLine]:
    """Return each document that a unit studies, with its counts; four queries."""
    people = _called(Q(unit=unit)).values("participant")
    base = people.count()
    studied = _by(
        StudyAttendance.objects.filter(
            participant__in=people, how__in=StudyAttendance.STUDIED
        ),
        "session__documents",
    )
    essays = _by(Essay.objects.filter(participant__in=people), "document")
    return [
        StudyLine(
            document=document,
            studied=studied.get(document.pk, 0),
            base=base,
            essays=essays.get(document.pk, 0) if document.wants_essay else None,
        )
        for document in StudyDocument.objects.asked_of(unit)
    ]


def _by(rows: QuerySet[Any], document: str) -> dict[int, int]:
    """Return how many people these rows are about, by document."""
    counted = rows.values(document).annotate(people=Count("participant", distinct=True))
    return dict(counted.values_list(document, "people"))


def progress_below(unit: CampaignUnit) -> list[Progress]:
    """Return the counts of each unit directly below, in the order of the tree.

    Each kind of row is one grouped query over the range of paths of the subtree.
    """
    depth = len(unit.path) + SEGMENT
    counts = _counts(unit, depth)
    children = CampaignUnit.objects.directly_below(unit).order_by("path")
    return [_progress(child, child.path, counts) for child in children]


def progress_of(unit: CampaignUnit) -> Progress:
    """Return the counts of a unit with all below it; seven grouped queries, and one."""
    return _progress(unit, unit.path, _counts(unit, len(unit.path)))


@opened_for(Purpose.RETALLY)
def _counts(unit: CampaignUnit, depth: int) -> Counts:
    """Return what there is below a unit, by the beginning of a path."""
    called = _called(_below(unit, "unit__"))
    states = Programme.objects.filter(_below(unit, "unit__"))
    return {
        "base": _grouped(called, "unit__path", depth),
        "studied": _grouped(
            called.filter(participant__in=_have_studied(unit)), "unit__path", depth
        ),
        "sessions": _of_units(StudySession, unit, depth),
        "activities": _of_units(Activity, unit, depth),
        "units": _grouped(
            CampaignUnit.objects.filter(_below(unit), closed_on=None), "path", depth
        ),
        "adopted": _grouped(
            states.exclude(state=Programme.State.DRAFT), "unit__path", depth
        ),
        "approved": _grouped(
            states.filter(state=Programme.State.APPROVED), "unit__path", depth
        ),
    }


def _progress(unit: CampaignUnit, path: str, counts: Counts) -> Progress:
    numbers = {name: found.get(path, 0) for name, found in counts.items()}
    return Progress(unit=unit, **numbers)


def _have_studied(unit: CampaignUnit) -> QuerySet[Any]:
    """Return the people who have studied each document asked of all below a unit."""
    documents = list(StudyDocument.objects.asked_of(unit).values_list("pk", flat=True))
    if not documents:
        return StudyAttendance.objects.none().values("participant")
    attended = StudyAttendance.objects.filter(
        how__in=StudyAttendance.STUDIED, session__documents__in=documents
    )
    each = attended.values("participant").annotate(
        read=Count("session__documents", distinct=True)
    )
    return each.filter(read=len(documents)).values("participant")


def _of_units(model: Any, unit: CampaignUnit, depth: int) -> dict[str, int]:
    return _grouped(model.objects.filter(_below(unit, "unit__")), "unit__path", depth)


def _grouped(rows: QuerySet[Any], path: str, depth: int) -> dict[str, int]:
    by = rows.order_by().annotate(begins=Left(path, depth)).values("begins")
    return dict(by.annotate(rows=Count("pk")).values_list("begins", "rows"))


def _below(unit: CampaignUnit, to_unit: str = "") -> Q:
    here = {f"{to_unit}campaign": unit.campaign_id}
    return Q(within([unit.path], f"{to_unit}path"), **here)


def _called(where: Q) -> QuerySet[Placement]:
    return (
        Placement.objects.open()
        .filter(where, participant__presence=Participant.Presence.PRESENT)
        .exclude(participant__status__in=NOT_CALLED)
    )


@opened_for(Purpose.RESULTS)
def attendance_of(session: StudySession) -> list[tuple[Participant, str]]:
    """Return who was called to a session and how they were there, as on the roll.

    The caller records the work of the session's unit.
    """
    rows = StudyAttendance.objects.filter(session=session)
    named = rows.select_related("participant")
    in_order = named.order_by("participant__sort_key", "participant")
    return [(row.participant, row.how) for row in in_order]


@opened_for(Purpose.RETALLY)
def session_lines(sessions: QuerySet[StudySession]) -> list[SessionLine]:
    """Return sessions, the newest first, with how many were there; three queries."""
    found = list(sessions.prefetch_related("documents").order_by("-on", "-pk"))
    rows = StudyAttendance.objects.filter(session__in=found).order_by()
    studied = Count("pk", filter=Q(how__in=StudyAttendance.STUDIED))
    counted = rows.values("session").annotate(studied=studied, called=Count("pk"))
    by_session: dict[int, Any] = {row["session"]: row for row in counted}
    return [_session_line(each, by_session.get(each.pk, {})) for each in found]


def _session_line(session: StudySession, counted: Mapping[str, int]) -> SessionLine:
    if session.body_name:
        return SessionLine(session, session.headcount or 0, session.invited or 0)
    return SessionLine(session, counted.get("studied", 0), counted.get("called", 0))


def essays_of(unit: CampaignUnit, document: StudyDocument) -> dict[int, Essay]:
    """Return the essays on a document by participant; the caller records the unit."""
    people = [person.pk for person in people_of(unit)]
    essays = Essay.objects.filter(document=document, participant__in=people)
    return {essay.participant_id: essay for essay in essays}
