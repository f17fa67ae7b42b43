"""Where somebody has work: units with what they keep, and plain rows as cards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import (
    Activity,
    CampaignUnit,
    Draft,
    DraftComment,
    InternalRule,
    StudyDocument,
    SupervisionFinding,
    TeamVisit,
    WorkingTeam,
)
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell, of_own_units
from members.policy import Actor, Area

Facts = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Card:
    """One row with what is known of it, and the rows that hang on it, by kind."""

    row: models.Model
    facts: Facts
    below: Mapping[str, Sequence["Card"]] = field(default_factory=dict)


def units_of_work(actor: Actor) -> QuerySet[CampaignUnit]:
    """Return the units whose work one reads: those in reach, one's own and above."""
    reached = Q(in_reach(actor, Area.WORK))
    units = CampaignUnit.objects.filter(reached | of_own_units(actor))
    return units.select_related("campaign", "live_unit", "custodian", "parent")


def reads_reports(unit: CampaignUnit, actor: Actor) -> bool:
    """Tell whether one reads the reports of the collectives of a unit; one query.

    Source: docs/rules/collective-reports.md § 5.
    """
    read = Q(in_reach(actor, Area.WORK)) | of_own_cell(actor)
    return CampaignUnit.objects.filter(read, pk=unit.pk).exists()


def homes_of(actor: Actor) -> list[CampaignUnit]:
    """Return the units of running campaigns that one records for, or belongs to."""
    recorded = Q(in_reach(actor, Area.WORK_EDIT))
    units = CampaignUnit.objects.filter(recorded | of_own_units(actor), closed_on=None)
    running = units.filter(campaign__state__in=TAKES_ACTS)
    return list(
        running.select_related("campaign").order_by(
            "-campaign__year", "campaign", "-path"
        )
    )


def counts_of_records(unit: CampaignUnit) -> dict[str, int]:
    """Return how many plain rows of each kind a unit keeps; one query each."""
    kinds: dict[str, type[models.Model]] = {
        "rules": InternalRule,
        "activities": Activity,
        "teams": WorkingTeam,
        "drafts": Draft,
        "findings": SupervisionFinding,
    }
    return {
        name: model._default_manager.filter(unit=unit).count()
        for name, model in kinds.items()
    }


def visits_to(unit: CampaignUnit) -> list[TeamVisit]:
    """Return when a working team attends a unit, the latest first."""
    visits = TeamVisit.objects.filter(unit=unit).select_related("team")
    return list(visits.order_by("-on", "-pk"))


def own_documents(unit: CampaignUnit) -> QuerySet[StudyDocument]:
    """Return what a unit itself asks to be studied."""
    return StudyDocument.objects.filter(unit=unit)


def cards_of(
    rows: QuerySet[Any],
    columns: Sequence[str],
    below: Mapping[str, tuple[QuerySet[Any], str, Sequence[str]]],
) -> list[Card]:
    """Return rows as cards with those that hang on them; one query a kind.

    Shape: `below` has rows, the column that names what they hang on, and their columns.
    """
    found = list(rows)
    hanging: dict[int, dict[str, list[Card]]] = defaultdict(dict)
    for kind, (children, key, shown) in below.items():
        for child in children.filter(**{f"{key}__in": found}):
            cards = hanging[getattr(child, f"{key}_id")].setdefault(kind, [])
            cards.append(Card(child, facts_of(child, shown)))
    return [
        Card(
            row,
            facts_of(row, columns),
            {kind: hanging[row.pk].get(kind, []) for kind in below},
        )
        for row in found
    ]


def facts_of(
    row: models.Model, columns: Sequence[str], *, with_title: bool = False
) -> Facts:
    """Return label and value of what is known of a row, its title only if asked."""
    facts: Facts = []
    for name in columns:
        column = row._meta.get_field(name)
        assert isinstance(column, models.Field)
        value = getattr(row, name)
        is_title = not with_title and str(value) == str(row)  # stands above
        is_named = value == "" and "" in dict(column.choices or ())  # as "not answered"
        is_empty = value in (None, "", False) and not is_named
        if is_empty or is_title or column.name == "product_file":
            continue
        if column.choices:
            value = getattr(row, f"get_{name}_display")()
        facts.append((str(column.verbose_name), value))
    return facts


def bodies_of(draft: Draft) -> list[str]:
    """Return which bodies have commented on a draft got by a scope; one query."""
    comments = DraftComment.objects.filter(draft=draft)
    names = comments.order_by("body_name").values_list("body_name", flat=True)
    return list(names.distinct())


def comments_of(draft: Draft, body_name: str) -> list[DraftComment]:
    """Return what a body has said of a draft got by a scope, as it came; one query."""
    comments = DraftComment.objects.filter(draft=draft, body_name=body_name)
    return list(comments.order_by("received_on", "pk"))
