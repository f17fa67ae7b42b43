"""What the pages of records show. Source: docs/rules/records.md § 6."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import (
    Commendation,
    ConferenceDelegation,
    ConferenceTask,
    Departure,
    Discipline,
    Inspection,
    InspectionProgramme,
    PlannedInspection,
    Record,
    SummaryConference,
)
from campaigns.vocabulary.records import record_lists
from campaigns.vocabulary.terms import Term
from members.models import Member, PartyUnit
from members.policy import Actor
from members.row_security import Purpose, opened_for

PAGE_SIZE = 50
FEW = 50

Facts = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of a list of records."""

    url: str
    what: str
    about: str
    by: str
    on: date
    document: str
    result: str
    record: str  # "inspection", "discipline", "commendation", "departure"
    code: str  # of what it is, and of its result
    result_code: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One visit of a programme, and the days on which it was made."""

    kind: str
    subject: str
    due_on: date
    is_done: bool


def word_of(terms: Mapping[str, Term], code: str) -> str:
    """Return what an entry of a list is called; the code where it has gone."""
    if code not in terms:
        return code
    return terms[code].label.text(get_language() or "vi")


@opened_for(Purpose.RECORD)
def record_page(rows: QuerySet[Any], *, q: str, number: str | None) -> Page[Any]:
    """Return a page of records that the caller got by a scope; two queries.

    `q` is part of a name or number, accents of persons' names forgiven.
    """
    if q:
        people = Member.objects.named(q)
        rows = rows.filter(
            Q(subject__name__icontains=q)
            | Q(document__icontains=q)
            | Q(member__in=people.values("pk"))
        )
    related = rows.select_related("unit", "subject", "member")
    page = Paginator(related.order_by("-on", "-pk"), PAGE_SIZE).get_page(number)
    page.object_list = [row_of(each) for each in page.object_list]
    return page


@opened_for(Purpose.RECORD)
def rows_about(member: Member) -> list[RecordRow]:
    """Return what was concluded about a person, the latest first; four queries.

    The caller got the person by a scope.
    """
    found = [
        row_of(each)
        for model in (Inspection, Discipline, Commendation, Departure)
        for each in model.objects.about(member).select_related(
            "unit", "subject", "member"
        )
    ]
    return sorted(found, key=lambda row: row.on, reverse=True)


def row_of(record: Record) -> RecordRow:
    """Return the line of a record whose unit, subject and member are loaded."""
    name = record._meta.model_name
    return RecordRow(
        url=reverse(f"records:{name}_detail", args=[record.pk]),
        what=what_of(record),
        about=about(record),
        by=by_of(record),
        on=record.on,
        document=record.document,
        result=result_of(record),
        record=name or "",
        code=_code_of(record),
        result_code=_result_code_of(record),
    )


def _code_of(record: Record) -> str:
    if isinstance(record, Inspection | Departure):
        return record.kind
    if isinstance(record, Commendation):
        return record.title
    return record.form if record.changed_on is None else record.changed_form


def _result_code_of(record: Record) -> str:
    if isinstance(record, Inspection):
        return record.finding
    return record.field if isinstance(record, Commendation) else record.ground


def what_of(record: Record) -> str:
    """Return the kind of an inspection, the form that holds, title and field, the post."""
    lists = record_lists()
    if isinstance(record, Inspection):
        return word_of(lists.inspection_kinds, record.kind)
    if isinstance(record, Commendation):
        title = word_of(lists.titles, record.title)
        return f"{title}: {word_of(lists.fields, record.field)}"
    if isinstance(record, Departure):
        return f"{word_of(lists.departure_kinds, record.kind)}: {record.post}"
    return _form_that_holds(record)


def _form_that_holds(record: Discipline) -> str:
    forms = record_lists().discipline_forms
    if record.changed_on is None:
        return word_of(forms, record.form)
    if not record.changed_form:
        return _("%(form)s (annulled)") % {"form": word_of(forms, record.form)}
    return word_of(forms, record.changed_form)


def result_of(record: Record) -> str:
    """Return the finding of an inspection, the ground of a discipline or a departure."""
    lists = record_lists()
    if isinstance(record, Inspection):
        if not record.document:
            return _("not concluded yet")
        return word_of(lists.findings, record.finding)
    if isinstance(record, Discipline):
        return word_of(lists.grounds, record.ground)
    if isinstance(record, Departure):
        return word_of(lists.departure_grounds, record.ground)
    return ""


def about(record: Record) -> str:
    """Return whom a record is about: the organisation, or the person with the cell."""
    if record.member is None:
        return record.subject.name
    return f"{record.member.full_name}, {record.subject.name}"


def by_of(record: Record) -> str:
    """Return the body that acted, and of which unit."""
    if isinstance(record, Inspection) and record.outside_body:
        return record.outside_body
    return f"{word_of(record_lists().bodies, record.body)}, {record.unit.name}"


@opened_for(Purpose.RECORD)
def loaded(rows: QuerySet[Any], pk: int) -> Any:
    """Return one record of a scope with whom it is about, None if it is not in it."""
    return rows.select_related("unit", "subject", "member").filter(pk=pk).first()


def facts_of(record: Record) -> Facts:
    """Return everything that a record says, as label and words."""
    facts: Facts = [
        (_("About"), about(record)),
        (_("Which body"), by_of(record)),
        (_("Day"), record.on),
        (_("Document"), record.document or _("not concluded yet")),
    ]
    lists = record_lists()
    if isinstance(record, Inspection):
        facts += [
            (_("Finding, as concluded"), word_of(lists.findings, record.finding)),
            (_("What has to follow"), word_of(lists.follow_ups, record.follow_up)),
            (_("To follow by"), record.follow_up_due_on),
            (_("Followed on"), record.followed_up_on),
            (_("In the programme of the year"), _yes_no(record.planned_id)),
        ]
    elif isinstance(record, Departure):
        facts += [
            (_("Post"), record.post),
            (_("Ground"), word_of(lists.departure_grounds, record.ground)),
        ]
    elif isinstance(record, Discipline):
        facts += [
            (_("Form of discipline"), word_of(lists.discipline_forms, record.form)),
            (_("Ground"), word_of(lists.grounds, record.ground)),
        ]
        if record.changed_on:
            facts += [
                (_("What holds now"), what_of(record)),
                (_("From"), record.changed_on),
                (_("Document of the change"), record.change_document),
            ]
    return facts


def _yes_no(found: object) -> str:
    return _("yes") if found else _("no")


def plans_open_for(unit: PartyUnit, subject: PartyUnit) -> list[PlannedInspection]:
    """Return the visits planned to a subject that no record stands for; one query."""
    done = Inspection.objects.filter(planned=OuterRef("pk"))
    planned = PlannedInspection.objects.filter(programme__unit=unit, subject=subject)
    return list(planned.filter(~Exists(done)).order_by("due_on", "pk")[:FEW])


def cases_about(
    actor: Actor, unit: PartyUnit, subject: PartyUnit, member: Member | None
) -> list[Inspection]:
    """Return what others recorded about the same subject lately; one query."""
    seen = Inspection.objects.visible_to(actor).exclude(unit=unit)
    same = seen.filter(subject=subject, member=member)
    return list(same.select_related("unit").order_by("-on", "-pk")[:FEW])


def programme_rows(programme: InspectionProgramme) -> list[PlannedRow]:
    """Return the visits of a programme by their days, and whether they were made.

    What is not concluded is not done. One query.
    """
    done = Inspection.objects.filter(planned=OuterRef("pk")).exclude(document="")
    planned = PlannedInspection.objects.filter(programme=programme)
    kinds = record_lists().inspection_kinds
    with opened_for(Purpose.COUNT):
        rows = list(
            planned.annotate(is_done=Exists(done))
            .select_related("subject")
            .order_by("due_on", "pk")
        )
    return [
        PlannedRow(word_of(kinds, row.kind), row.subject.name, row.due_on, row.is_done)
        for row in rows
    ]


def lines_of(
    conference: SummaryConference,
) -> tuple[list[ConferenceDelegation], list[ConferenceTask]]:
    """Return delegations and tasks of a conference got by a scope; two queries."""
    delegations = ConferenceDelegation.objects.filter(conference=conference)
    tasks = ConferenceTask.objects.filter(conference=conference)
    return list(delegations.order_by("position")), list(tasks.order_by("position"))


def tasks_to_copy(unit: PartyUnit, year: int) -> list[ConferenceTask]:
    """Return the key tasks that the conference of the year before set; one query.

    The plan of the campaign of `year` takes them over, each once.
    """
    tasks = ConferenceTask.objects.filter(
        conference__unit=unit, conference__year=year - 1
    )
    return list(tasks.order_by("position"))


@opened_for(Purpose.RECORD)
def awards_at(
    rows: QuerySet[Commendation], conference: SummaryConference
) -> list[RecordRow]:
    """Return what was handed out at a conference, of rows got by a scope; one query."""
    given = rows.filter(conference=conference)
    related = given.select_related("unit", "subject", "member")
    return [row_of(each) for each in related.order_by("field", "pk")]
