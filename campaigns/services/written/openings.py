"""That somebody opened another's document: the person reads who, when, in which post."""

from datetime import datetime

from django.db import transaction

from campaigns.models import CampaignUnit, Participant, WrittenKind
from campaigns.services.written.states import unit_read_at
from members import events
from members.models import Event, Member, PartyUnit
from members.policy import Actor, Area
from members.services import bulk_reading


def note(
    kind: WrittenKind, *, participant: Participant, actor: Actor, now: datetime
) -> None:
    """Record that somebody opened a document; of many people's it is told above."""
    opening = _note(kind, participant, unit_read_at(participant), actor, now)
    bulk_reading.tell_of_bulk(opening=opening, actor=actor, now=now)


def note_print(
    kind: WrittenKind,
    *,
    participants: list[Participant],
    unit: CampaignUnit,
    actor: Actor,
    now: datetime,
) -> None:
    """Record for each person of a cell that the document was opened with the others.

    Printed together, or read in one list.

    A fixed number of queries, however many people; of many it is told above.
    """
    with transaction.atomic():
        with events.written_last():
            noted = [
                _note(kind, participant, unit, actor, now)
                for participant in participants
                if participant.member_id != actor.member_id
            ]
        for opening in noted[-1:]:  # whoever is counted, is counted by the last as well
            bulk_reading.tell_of_bulk(opening=opening, actor=actor, now=now)


def _note(
    kind: WrittenKind,
    participant: Participant,
    unit: CampaignUnit,
    actor: Actor,
    now: datetime,
) -> Event:
    return events.record(
        action=kind.opened,
        subject=participant,
        member=Member(pk=participant.member_id),
        actor=actor,
        now=now,
        unit=_read_by(actor, unit.custodian),
        area=Area.TEXTS,
        data={"campaign": participant.campaign_id},
    )


def _read_by(actor: Actor, unit: PartyUnit) -> PartyUnit:
    """Return the unit; of somebody who counts elsewhere since, the one that decided."""
    deciding = actor.deciding(Area.TEXTS)
    if not deciding or actor.narrowest_post(Area.TEXTS, unit.path):
        return unit
    return PartyUnit.objects.filter(pk__in=deciding).order_by("-path")[0]
