"""Movements of people on the live roll, as open campaigns see them.

Until the roll is fixed they flow in by themselves; afterwards nothing does. Whoever
admits, transfers or lets leave calls these, not `members.services.people`: the
registry does not know the campaigns above it.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from campaigns.lifecycle import FLOWS_IN
from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.services import tallies
from members.models import Member, Membership, PartyUnit
from members.services import people


def admit_member(*, unit: PartyUnit, on: date, **person: str) -> Member:
    """Enter a person on a cell's roll, and in the open campaign that holds the cell.

    Raises: people.MemberNotMovable; names.UnfitText.
    """
    with transaction.atomic():
        member = people.admit_member(unit=unit, on=on, **person)
        follow([member.pk], on=on)
    return member


def transfer_member(*, member: Member, unit: PartyUnit, on: date) -> None:
    """Move a person to another cell, also in open campaigns.

    Raises: people.MemberNotMovable.
    """
    with transaction.atomic():
        people.transfer_member(member=member, unit=unit, on=on)
        follow([member.pk], on=on)


def end_membership(*, member: Member, on: date, ending: Membership.Ending) -> None:
    """Record leaving or death, also in open campaigns.

    Raises: people.MemberNotMovable.
    """
    with transaction.atomic():
        people.end_membership(member=member, on=on, ending=ending)
        follow([member.pk], on=on, died=ending == Membership.Ending.DIED)


def follow(member_ids: Collection[int], *, on: date, died: bool = False) -> None:
    """Bring open campaigns in line with where these people belong now.

    A unit that a campaign does not hold is outside it, unless it came by a
    reorganisation inside its root that nobody has applied there: then the person
    stays where the campaign knows them.
    """
    for campaign in Campaign.objects.filter(state__in=FLOWS_IN):
        for member in Member.objects.filter(pk__in=member_ids):
            _follow_one(campaign, member, on=on, died=died)


def _follow_one(campaign: Campaign, member: Member, *, on: date, died: bool) -> None:
    membership = (
        Membership.objects.current()
        .official()
        .filter(member=member)
        .select_related("unit")
        .first()
    )
    participant = Participant.objects.filter(campaign=campaign, member=member).first()
    if membership is None or not _is_inside(membership.unit, campaign):
        if participant is not None:
            _leave(participant, on=on, died=died)
        return
    unit = CampaignUnit.objects.filter(
        campaign=campaign, live_unit=membership.unit, closed_on=None
    ).first()
    if unit is not None:
        _place(participant or _join(campaign, member), unit, on=on)


def _is_inside(unit: PartyUnit, campaign: Campaign) -> bool:
    return PartyUnit.objects.in_subtree_of(campaign.root_unit).contains(unit)


def _join(campaign: Campaign, member: Member) -> Participant:
    return Participant.objects.create(
        campaign=campaign,
        member=member,
        full_name=member.full_name,
        sort_key=member.sort_key,
        born_on=member.born_on,
        gender=member.gender,
        admitted_on=member.admitted_on,
        official_on=member.official_on,
    )


def _place(participant: Participant, unit: CampaignUnit, *, on: date) -> None:
    current = Placement.objects.open().filter(participant=participant).first()
    if current is not None and current.unit_id == unit.pk:
        return
    touched = {unit.pk} | ({current.unit_id} if current else set())
    with tallies.changing(touched):
        if current is not None:
            end_placement(current, on=on)
        event = Placement.Event.TRANSFER if current else Placement.Event.ADMISSION
        Placement.objects.create(
            participant=participant, unit=unit, from_on=on, event=event
        )
        if participant.presence != Participant.Presence.PRESENT:
            participant.presence = Participant.Presence.PRESENT
            participant.save(update_fields=["presence"])


def _leave(participant: Participant, *, on: date, died: bool) -> None:
    current = Placement.objects.open().filter(participant=participant).first()
    if current is None:
        return
    gone = Participant.Presence.DIED if died else Participant.Presence.LEFT
    with tallies.changing([current.unit_id]):
        end_placement(current, on=on)
        participant.presence = gone
        participant.save(update_fields=["presence"])


def end_placement(placement: Placement, *, on: date) -> None:
    """Close a placement on a day, never before the day on which it began."""
    placement.until_on = max(on, placement.from_on)
    placement.save(update_fields=["until_on"])
