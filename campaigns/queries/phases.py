"""Until when a step is taken: by phase, local plan and longer times.

Source: docs/rules/phases.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Left, Length

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Extension,
    Participant,
    PersonalExtension,
    Phase,
    Placement,
)
from campaigns.steps import Lasting, Step, moved_by
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class Span(Lasting):
    """When somebody may take a step: from one day until before another."""

    from_on: date
    until_on: date

    def __contains__(self, day: date) -> bool:
        """Tell whether it lasts on a day."""
        return self.from_on <= day < self.until_on


@opened_for(Purpose.RETALLY)
def span(
    *,
    campaign: Campaign,
    step: Step,
    unit: CampaignUnit | None,
    participant: Participant | None = None,
) -> Span | None:
    """Return when a step is taken by a person or a unit; None: it has no phase.

    Without a unit the campaign's own phase. One query.
    Source: docs/rules/phases.md § 2.2, § 4.
    """
    if unit is None:
        phases = Phase.objects.filter(campaign=campaign, step=step, unit=None)
        days = phases.values_list("from_on", "until_on").first()
        return Span(*days) if days else None
    if participant is None:
        spans = _spans(CampaignUnit.objects.filter(pk=unit.pk), step, "path")
        return spans[unit.pk]
    people = Participant.objects.filter(pk=participant.pk).annotate(
        placed_path=Value(unit.path)
    )
    return _spans(people, step, "placed_path")[participant.pk]


def last_day(
    *,
    campaign: Campaign,
    step: Step,
    unit: CampaignUnit | None,
    participant: Participant | None = None,
) -> date | None:
    """Return the last day on which a person or a unit may take a step; one query.

    None: there is no deadline. Source: docs/rules/phases.md § 2.2, § 4.
    """
    found = span(campaign=campaign, step=step, unit=unit, participant=participant)
    return found.last_day if found else None


def last_days(participant_ids: Iterable[int], *, step: Step) -> dict[int, date | None]:
    """Return for each person the last day of a step, where they are placed; one query.

    The caller got the people through a scope.
    """
    found = spans_of_people(participant_ids, step=step)
    return {pk: each.last_day if each else None for pk, each in found.items()}


@opened_for(Purpose.RETALLY)
def spans_of_people(
    participant_ids: Iterable[int], *, step: Step
) -> dict[int, Span | None]:
    """Return for each person when a step is taken, where they are placed; one query.

    The caller got the people through a scope.
    """
    placed = Placement.objects.open().filter(participant=OuterRef("pk"))
    people = Participant.objects.filter(pk__in=participant_ids).annotate(
        placed_path=Subquery(placed.values("unit__path")[:1])
    )
    return _spans(people, step, "placed_path")


def spans_of_units(unit_ids: Iterable[int], *, step: Step) -> dict[int, Span | None]:
    """Return for each unit when a step is taken; one query.

    The caller got the units through a scope.
    """
    return _spans(CampaignUnit.objects.filter(pk__in=unit_ids), step, "path")


def _spans(rows: QuerySet, step: Step, path: str) -> dict[int, Span | None]:
    """Return the spans of people or units; the latest of phase and longer times ends it."""
    here = Q(with_below=True) & _at_or_above(path) | Q(unit__path=OuterRef(path))
    longer = {"unit_ends": _latest(Extension.objects.filter(here), step)}
    if rows.model is Participant:
        own = PersonalExtension.objects.filter(participant=OuterRef("pk"))
        longer["own_ends"] = _latest(own, step)
    found = rows.annotate(
        begins=_nearest(step, path, "from_on"),
        ends=_nearest(step, path, "until_on"),
        **longer,
    ).values_list("pk", "begins", "ends", *longer)
    return {
        pk: Span(begins, max(filter(None, ends))) if begins else None
        for pk, begins, *ends in found
    }


def _nearest(step: Step, path: str, column: str) -> Subquery:
    """Return a day of the phase of the nearest unit at or above, else the campaign's."""
    phases = Phase.objects.filter(campaign=OuterRef("campaign"), step=step)
    found = phases.filter(Q(unit=None) | _at_or_above(path))
    # The campaign's own has no unit, and comes last.
    found = found.order_by(Length("unit__path").desc(nulls_last=True))
    return Subquery(found.values(column)[:1])


def _latest(longer: QuerySet, step: Step) -> Subquery:
    of_step = longer.filter(campaign=OuterRef("campaign"), step__in=moved_by(step))
    return Subquery(of_step.order_by("-until_on").values("until_on")[:1])


def _at_or_above(path: str) -> Q:
    return Q(unit__path=Left(OuterRef(path), Length("unit__path")))
