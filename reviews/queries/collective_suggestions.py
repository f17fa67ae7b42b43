"""Suggestions to collectives as the committee that writes them sees them."""

from dataclasses import dataclass

from campaigns.models import CampaignBody, CampaignUnit
from campaigns.models.campaign import CampaignUnitQuerySet
from members.policy import Actor, Area
from reviews.models import CollectiveReportText, CollectiveSuggestion
from reviews.queries.collective_reports import with_unit
from reviews.queries.suggestions import MOST_SHOWN


@dataclass(frozen=True, slots=True)
class CollectiveSuggestionRead:
    """One suggestion with the answer that was sent last, "" for none."""

    suggestion: CollectiveSuggestion
    answer: str


def suggesting_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units as whose committee the actor suggests to those below."""
    return CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN).filter(closed_on=None)


def bodies_below(unit: CampaignUnit) -> list[CampaignBody]:
    """Return whom a unit may suggest something: collectives below it; one query.

    Above the root of a campaign stands nobody here: what the level above it suggests is
    recorded at the root itself.
    """
    bodies = CampaignBody.objects.filter(
        unit__in=CampaignUnit.objects.in_subtree_of(unit), unit__closed_on=None
    )
    if unit.parent_id:
        bodies = bodies.exclude(unit=unit)
    return list(with_unit(bodies).order_by("unit__path", "pk"))


def suggestions_of(unit: CampaignUnit, actor: Actor) -> list[CollectiveSuggestionRead]:
    """Return what a unit suggests to collectives, the latest first; two queries."""
    rows = CollectiveSuggestion.objects.receivable_by(actor).filter(issuer=unit)
    related = rows.select_related("body__unit", "issuer").order_by("-on", "-pk")
    return with_answers(list(related[:MOST_SHOWN]), actor)


def with_answers(
    suggestions: list[CollectiveSuggestion], actor: Actor
) -> list[CollectiveSuggestionRead]:
    """Return suggestions with what was answered in the text sent last; one query."""
    texts = CollectiveReportText.objects.visible_to(actor).filter(
        collective_report__body__in=[each.body_id for each in suggestions]
    )
    answered: dict[str, str] = {}
    for text in texts.order_by("number"):  # the last of each wins
        answered |= text.answers
    return [
        CollectiveSuggestionRead(each, answered.get(f"suggested.{each.pk}", ""))
        for each in suggestions
    ]
