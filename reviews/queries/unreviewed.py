"""Who is not reviewed yet, and why. Source: docs/rules/decisions.md § 6."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.queries.records import word_of
from campaigns.vocabulary.unreviewed import unreviewed_reasons
from members.policy import Actor
from reviews.models import Proposal, UnreviewedReason
from reviews.queries.rating import OPEN

Status = Participant.Status


@dataclass(frozen=True, slots=True)
class UnreviewedLine:
    """One person without a review: in which case, and the reason that the cell gave."""

    participant: Participant
    unit: CampaignUnit
    status: str  # in words, as the figures count
    case: str  # the same, with how far the self-review is
    code: str  # of the reason; "": none is given
    reason: str  # in words
    needs_reason: bool  # the case is no reason by itself


def unreviewed_in(unit: CampaignUnit, actor: Actor) -> list[UnreviewedLine]:
    """Return those of one cell, in the order of the roll; three queries."""
    return _lines(CampaignUnit.objects.filter(pk=unit.pk), unit.campaign, actor)


def unreviewed_below(unit: CampaignUnit, actor: Actor) -> list[UnreviewedLine]:
    """Return those of a unit and all below it, in the order of the tree and the rolls.

    Of whom the actor sees the levels. Three queries.
    """
    units = CampaignUnit.objects.in_subtree_of(unit).filter(closed_on=None)
    return _lines(units, unit.campaign, actor)


def counts_by_status(lines: Iterable[UnreviewedLine]) -> list[tuple[str, int]]:
    """Return how many there are of each status, in the order of the figures."""
    counts = Counter(line.status for line in lines)
    words = [str(status.label) for status in Status]
    return [(word, counts[word]) for word in words if counts[word]]


def _lines(
    units: Iterable[CampaignUnit], campaign: Campaign, actor: Actor
) -> list[UnreviewedLine]:
    placed = (
        Placement.objects.visible_to(actor)
        .filter(unit__in=units, participant__presence=Participant.Presence.PRESENT)
        .exclude(participant__status=Status.ASSESSED)
        .exclude(participant__review_state=Participant.Review.REVIEWED)
        .select_related("participant", "unit")
        .order_by("unit__path", "participant__sort_key", "participant")
    )
    places = list(placed)
    people = [each.participant_id for each in places]
    proposed = _proposed(people)
    given = UnreviewedReason.objects.visible_to(actor).filter(participant__in=people)
    codes = dict(given.values_list("participant", "code"))
    return [
        _line(each, campaign, codes.get(each.participant_id, ""))
        for each in places
        if each.participant_id not in proposed
    ]


def _proposed(people: Sequence[int]) -> set[int]:
    """Return who was reviewed by the minutes of a file that is under way."""
    proposals = Proposal.objects.filter(participant__in=people, file__state__in=OPEN)
    return set(proposals.values_list("participant", flat=True))


def _line(place: Placement, campaign: Campaign, code: str) -> UnreviewedLine:
    person = place.participant
    status = Status(person.status)
    needs_reason = status == Status.NOT_REVIEWED
    return UnreviewedLine(
        participant=person,
        unit=place.unit,
        status=str(status.label),
        case=_case(person, campaign) if needs_reason else str(status.label),
        code=code if needs_reason else "",
        reason=word_of(unreviewed_reasons(), code) if code and needs_reason else "",
        needs_reason=needs_reason,
    )


def _case(person: Participant, campaign: Campaign) -> str:
    if campaign.mode == Campaign.Mode.RESULTS_ONLY:
        return _("Not yet reviewed")
    return _("Not yet reviewed; self-review: %s") % person.get_review_state_display()
