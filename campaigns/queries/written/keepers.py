"""Who keeps the papers of a cell alone: the unit right above records their own.

Source: docs/rules/pledges.md § 5.6.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Participant,
    Placement,
    PledgeItem,
    Written,
    WrittenKind,
)
from campaigns.queries.pledges import current_items
from members.models import Account, Post, of_own_person
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary

MOST = 500


@dataclass(frozen=True, slots=True)
class SoleKeeper:
    """Somebody of a cell's committee, beside whom nobody of it can record."""

    participant: Participant
    cell: CampaignUnit


@opened_for(Purpose.ACT)
def sole_keepers(unit: CampaignUnit, actor: Actor) -> list[SoleKeeper]:
    """Return those of the cells right below a unit, in the order of the cells.

    The caller got the unit by the scope of whoever runs the campaign there. One query.
    """
    placed = _alone(Placement.objects.filter(unit__parent=unit), actor)
    return [
        SoleKeeper(each.participant, each.unit)
        for each in placed.order_by("unit__path", "participant__sort_key")[:MOST]
    ]


@opened_for(Purpose.ACT)
def sole_keeper(participant_id: int, actor: Actor) -> SoleKeeper | None:
    """Return this one, as far as the actor runs the campaign right above the cell."""
    units = CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN)
    placed = Placement.objects.filter(
        participant=participant_id, unit__parent__in=units
    )
    found = _alone(placed, actor).first()
    return SoleKeeper(found.participant, found.unit) if found else None


@opened_for(Purpose.ACT)
def paper_of(kind: WrittenKind, participant: Participant) -> Written | None:
    """Return the days of a paper, of somebody who was got as a sole keeper."""
    documents = kind.document._default_manager.filter(**{kind.author: participant})
    found: Written | None = documents.first()
    return found


@opened_for(Purpose.ACT)
def items_of(participant: Participant) -> list[PledgeItem]:
    """Return the numbers of such a pledge, of somebody who was got as a sole keeper."""
    return current_items(participant)


def _alone(placed: QuerySet[Placement], actor: Actor) -> QuerySet[Placement]:
    """Narrow to those who keep alone, where papers are recorded, and to others' own."""
    committees = Post.objects.in_force().of_committees()
    committee = committees.filter(unit=OuterRef("unit__custodian"))
    logs_in = Account.objects.filter(member=OuterRef("member"), is_active=True)
    can_record = committee.filter(Q(account__is_active=True) | Exists(logs_in))
    whose = OuterRef("participant__member")
    return (
        placed.filter(
            Exists(committee.filter(member=whose)),
            ~Exists(can_record.exclude(member=whose)),
            until_on=None,
            unit__closed_on=None,
            unit__kind__in=vocabulary().cells,
            unit__campaign__in=Campaign.objects.running(),
            unit__campaign__mode=Campaign.Mode.RESULTS_ONLY,
            participant__presence=Participant.Presence.PRESENT,
        )
        .exclude(of_own_person(actor, "participant__member"))
        .select_related("participant__campaign", "unit__parent", "unit__campaign")
    )
