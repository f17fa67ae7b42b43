"""Records and the registry counted for a unit with all below it, over a period.

Source: docs/rules/records.md § 4.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from campaigns import figures
from campaigns.figures import Activities, Before, Disciplined, Period, Visits
from campaigns.models import Commendation, Discipline, Inspection, PlannedInspection
from campaigns.vocabulary.records import record_lists
from members.models import Membership, OpeningFigure, PartyUnit, within
from members.queries import term_on
from members.row_security import Purpose, opened_for

DAY_LENGTH = 10  # of a date as text


def activities_of(unit: PartyUnit, period: Period) -> Activities:
    """Return the counts of a unit with all below it; ten queries.

    The caller got the unit by a scope; figures alone leave this function.
    """
    before, left_out = figures.counted_before(_figures_below(unit), period)
    recorded = _recorded(unit, period, before)
    found = figures.with_before(recorded, before)
    return replace(found, left_out=left_out)


def since_the_term_began(unit: PartyUnit, until_on: date) -> Period | None:
    """Return the days from the congress of a unit until before a day; one query.

    Of the term that runs on the last of them; None where none is recorded.
    """
    term = term_on(unit, until_on - timedelta(days=1))
    return Period(term.from_on, until_on) if term else None


@opened_for(Purpose.COUNT)
def newest_year(unit: PartyUnit) -> int | None:
    """Return the last year in which anything concluded is recorded; one query.

    Of bodies of a unit that the caller got by a scope, and of those below it.
    """
    first, *others = (
        model.objects.below(unit.path).exclude(document="").order_by().values_list("on")
        for model in (Inspection, Discipline, Commendation)
    )
    newest = first.union(*others).order_by("-on").first()
    return newest[0].year if newest else None


def _figures_below(unit: PartyUnit) -> list[Before]:
    rows = OpeningFigure.objects.counting().filter(
        within([unit.path], "unit__path"), kind__in=figures.BEFORE_KINDS
    )
    return [
        Before(kind, path, Period(from_on, until_on), value or 0)
        for kind, path, from_on, until_on, value in rows.values_list(
            "kind", "unit__path", "from_on", "until_on", "value"
        )
    ]


@opened_for(Purpose.COUNT)
def _recorded(unit: PartyUnit, period: Period, before: list[Before]) -> Activities:
    discipline = _discipline(unit, period, before)
    return Activities(
        admitted=_admitted(unit, period, before),
        **_removed(unit, period, before),
        **discipline,
        groups=_visits(unit, period, before),
        **_commended(unit, period, before),
        programme=_programme(unit, period),
    )


def _admitted(unit: PartyUnit, period: Period, before: Iterable[Before]) -> int:
    """Count whom the cells of the unit took in: those whose first cell it was."""
    earlier = Membership.objects.official().filter(
        member=OuterRef("member"), pk__lt=OuterRef("pk")
    )
    came = _text_of(
        ExpressionWrapper(
            F("from_on") - timedelta(days=record_lists().elsewhere_after_days),
            output_field=DateTimeField(),
        )
    )
    rows = (
        Membership.objects.official()
        .exclude(member__admitted_on="")
        .filter(within([unit.path], "unit__path"), ~Exists(earlier))
        .annotate(admitted=_first_day("member__admitted_on"), came=came)
        .filter(Q(from_on__isnull=True) | Q(came__lte=F("admitted")))
        .filter(_in_days("admitted", period, as_text=True))
    )
    covered = _covered(before, ("ADMITTED",), "admitted", as_text=True)
    return rows.exclude(covered).count()


def _removed(
    unit: PartyUnit, period: Period, before: Iterable[Before]
) -> dict[str, Any]:
    """Count who was taken off the rolls; what they were on that day."""
    ended = Membership.objects.official().filter(
        within([unit.path], "unit__path"),
        until_on__gte=period.from_on,
        until_on__lt=period.until_on,
    )
    ended = ended.annotate(
        official=_first_day("member__official_on"), left=_text_of(F("until_on"))
    )
    was_full = ~Q(member__official_on="") & Q(official__lte=F("left"))
    struck_off = Q(ending=Membership.Ending.STRUCK_OFF)
    full = _covered(before, ("STRUCK_OFF_FULL",), "until_on")
    probationary = _covered(before, ("STRUCK_OFF_PROBATIONARY",), "until_on")
    return ended.aggregate(
        struck_off_full=Count("pk", filter=struck_off & was_full & ~full),
        struck_off_probationary=Count(
            "pk", filter=struck_off & ~was_full & ~probationary
        ),
        expelled_from_roll=Count("pk", filter=Q(ending=Membership.Ending.EXPELLED)),
    )


def _discipline(
    unit: PartyUnit, period: Period, before: list[Before]
) -> dict[str, Any]:
    """Count by the form that holds at the end of the period; annulled is not counted."""
    holds = Case(
        When(changed_on__lt=period.until_on, then=F("changed_form")),
        default=F("form"),
    )
    rows = _of(Discipline.objects, unit, period).annotate(holds=holds).exclude(holds="")
    ending = [
        form.code
        for form in record_lists().discipline_forms.values()
        if form.ends_membership
    ]
    is_new = {
        kind: ~_covered(before, (kind,), "on")
        for kind in ("DISCIPLINED", "ORGANISATIONS_DISCIPLINED", "EXPELLED")
    }
    by_form = {
        form: Disciplined(of_organisations, of_people)
        for form, of_organisations, of_people in rows.order_by()
        .values("holds")
        .annotate(organisations=_organisations(), members=_members())
        .values_list("holds", "organisations", "members")
    }
    sums = rows.aggregate(
        members=_members(is_new["DISCIPLINED"]),
        organisations=_organisations(is_new["ORGANISATIONS_DISCIPLINED"]),
        expelled=_members(Q(holds__in=ending) & is_new["EXPELLED"]),
    )
    return {
        "disciplined": Disciplined(sums["organisations"], sums["members"]),
        "expelled": sums["expelled"],
        "forms": by_form,
    }


def _visits(
    unit: PartyUnit, period: Period, before: Iterable[Before]
) -> dict[str, Visits]:
    kinds = record_lists().inspection_kinds.values()
    group = Case(
        *(When(kind=kind.code, then=Value(kind.group)) for kind in kinds),
        default=Value(""),
        output_field=CharField(),
    )
    of_group = {"INSPECTIONS": "INSPECTION", "SUPERVISED": "SUPERVISION"}
    rows = _of(Inspection.objects, unit, period).annotate(group=group)
    for kind, code in of_group.items():
        covered = _covered(before, (kind,), "on")
        rows = rows.exclude(covered & Q(group=code, member__isnull=True))
    case = Coalesce("joins", "pk")  # once, however many bodies recorded it
    to_members = Q(member__isnull=False)
    counted = (
        rows.order_by()
        .values("group")
        .annotate(
            visits=Count(case, distinct=True, filter=~to_members),
            organisations=_organisations(),
            member_visits=Count(case, distinct=True, filter=to_members),
            members=_members(),
        )
    )
    return {row.pop("group"): Visits(**row) for row in counted}


def _commended(
    unit: PartyUnit, period: Period, before: Iterable[Before]
) -> dict[str, Any]:
    rows = _of(Commendation.objects, unit, period)
    covered = _covered(before, ("COMMENDED",), "on")
    sums = rows.aggregate(organisations=_organisations(), members=_members(~covered))
    by_field = (
        rows.order_by()
        .values("field")
        .annotate(organisations=_organisations(), members=_members())
    )
    found = {
        row["field"]: Disciplined(row["organisations"], row["members"])
        for row in by_field
    }
    return {
        "commended": Disciplined(**sums),
        "fields": {
            code: found[code] for code in record_lists().fields if code in found
        },
    }


def _programme(unit: PartyUnit, period: Period) -> figures.Programme:
    """Count the visits that fall due, and the recorded ones that were in no programme."""
    done = Inspection.objects.filter(planned=OuterRef("pk")).exclude(document="")
    planned = PlannedInspection.objects.filter(
        within([unit.path], "programme__unit__path"),
        due_on__gte=period.from_on,
        due_on__lt=period.until_on,
    )
    sums = planned.aggregate(
        planned=Count("pk"), done=Count("pk", filter=Q(Exists(done)))
    )
    return figures.Programme(**sums, unplanned=_unplanned(unit, period).count())


@opened_for(Purpose.COUNT)
def unplanned_by(unit: PartyUnit, period: Period) -> int:
    """Count what bodies of the unit itself concluded beside its programme; one query."""
    return _unplanned(unit, period).filter(unit=unit).count()


def _unplanned(unit: PartyUnit, period: Period) -> QuerySet[Inspection]:
    by_reference = [
        kind.code
        for kind in record_lists().inspection_kinds.values()
        if kind.group == "STATE"
    ]
    beside = _of(Inspection.objects, unit, period).filter(planned__isnull=True)
    return beside.exclude(kind__in=by_reference)


def _of(records: Any, unit: PartyUnit, period: Period) -> QuerySet[Any]:
    """Return what bodies of a unit and of those below it concluded in the period."""
    days = _in_days("on", period)
    rows: QuerySet[Any] = records.below(unit.path).filter(days).exclude(document="")
    return rows


def _members(only: Q | None = None) -> Count:
    is_member = Q(member__isnull=False)
    return Count("member", distinct=True, filter=is_member & only if only else None)


def _organisations(only: Q | None = None) -> Count:
    is_organisation = Q(member__isnull=True)
    return Count(
        "subject",
        distinct=True,
        filter=is_organisation & only if only else is_organisation,
    )


def _covered(
    before: Iterable[Before], kinds: tuple[str, ...], day: str, *, as_text: bool = False
) -> Q:
    """Return the filter for rows for which a figure from before the system stands."""
    covered = Q(pk__in=[])
    for figure in before:
        if figure.kind in kinds:
            days = _in_days(day, figure.period, as_text=as_text)
            covered |= within([figure.path], "unit__path") & days
    return covered


def _first_day(column: str) -> Substr:
    """Return a day known in part as the text of its first day."""
    return Substr(Concat(F(column), Value("-01-01")), 1, DAY_LENGTH)


def _text_of(day: Any) -> Substr:
    return Substr(Cast(day, CharField()), 1, DAY_LENGTH)


def _in_days(column: str, period: Period, *, as_text: bool = False) -> Q:
    first, after = period.from_on, period.until_on
    limits = (first.isoformat(), after.isoformat()) if as_text else (first, after)
    return Q(**{f"{column}__gte": limits[0], f"{column}__lt": limits[1]})
