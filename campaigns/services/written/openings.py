"""That somebody opened another's document: the person reads who, when, in which post."""

from datetime import datetime

from campaigns.models import CampaignUnit, Participant, WrittenKind
from campaigns.services.written.states import unit_of
from members import events
from members.models import Member
from members.policy import Actor, Area


def note(
    kind: WrittenKind, *, participant: Participant, actor: Actor, now: datetime
) -> None:
    """Record that somebody opened a document."""
    _note(kind, participant, unit_of(participant), actor, now)


def note_print(
    kind: WrittenKind,
    *,
    participants: list[Participant],
    unit: CampaignUnit,
    actor: Actor,
    now: datetime,
) -> None:
    """Record for each person of a cell that the document was printed with the others.

    A fixed number of queries, however many people.
    """
    with events.written_last():
        for participant in participants:
            if participant.member_id != actor.member_id:
                _note(kind, participant, unit, actor, now)


def _note(
    kind: WrittenKind,
    participant: Participant,
    unit: CampaignUnit,
    actor: Actor,
    now: datetime,
) -> None:
    events.record(
        action=kind.opened,
        subject=participant,
        member=Member(pk=participant.member_id),
        actor=actor,
        now=now,
        unit=unit.custodian,
        area=Area.TEXTS,
        data={"campaign": participant.campaign_id},
    )
