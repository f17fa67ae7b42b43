"""Suggestions for reviews as the committee that writes them sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.models import Campaign, CampaignUnit, Placement
from campaigns.models.campaign import CampaignUnitQuerySet
from members.models import of_own_person
from members.policy import Actor, Area
from reviews.models import ReviewSuggestion, SelfReviewText

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class SuggestionRead:
    """One suggestion with the answer that the reader may read."""

    suggestion: ReviewSuggestion
    answer: str  # "": none is sent, or the reader reads no texts of the person


def suggesting_units(actor: Actor) -> CampaignUnitQuerySet:
    """Return the units for which the actor may suggest: they run it, and see levels."""
    run = CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN)
    return run.filter(
        pk__in=CampaignUnit.objects.visible_to(actor, Area.LEVELS), closed_on=None
    )


def own_suggesting_units(actor: Actor) -> list[CampaignUnit]:
    """Return those of the actor's own posts, of running campaigns."""
    own = suggesting_units(actor).filter(
        campaign__in=Campaign.objects.running(),
        live_unit__in=[post.unit_id for post in actor.posts],
    )
    related = own.select_related("campaign")
    return list(related.order_by("-campaign__year", "path"))


def people_below(unit: CampaignUnit, actor: Actor) -> list[tuple[int, str]]:
    """Return whom the actor may suggest something, with their cell; one query."""
    units = CampaignUnit.objects.in_subtree_of(unit)
    placed = Placement.objects.visible_to(actor, Area.LEVELS).filter(
        unit__in=units, participant__presence="PRESENT"
    )
    rows = placed.exclude(of_own_person(actor, "participant__member")).select_related(
        "participant", "unit"
    )
    return [
        (each.participant_id, f"{each.participant.full_name}, {each.unit.name}")
        for each in rows.order_by("participant__sort_key", "participant")
    ]


def suggestions_below(unit: CampaignUnit, actor: Actor) -> list[SuggestionRead]:
    """Return what people at and below a unit are asked, the latest first; two queries."""
    units = CampaignUnit.objects.in_subtree_of(unit)
    placed = Placement.objects.open().filter(unit__in=units)
    rows = (
        ReviewSuggestion.objects.receivable_by(actor)
        .filter(participant__in=placed.values("participant"))
        .select_related("participant", "issuer")
    )
    return with_answers(rows.order_by("-on", "-pk")[:MOST_SHOWN], actor)


def with_answers(
    suggestions: Iterable[ReviewSuggestion], actor: Actor
) -> list[SuggestionRead]:
    """Return suggestions with what was answered in the text sent last; one query."""
    rows = list(suggestions)
    texts = SelfReviewText.objects.visible_to(actor).filter(
        self_review__participant__in=[row.participant_id for row in rows]
    )
    answered: dict[str, str] = {}
    for text in texts.order_by("number"):  # the last of each wins
        answered |= text.answers
    return [
        SuggestionRead(row, answered.get(f"suggested.{row.pk}", "")) for row in rows
    ]
