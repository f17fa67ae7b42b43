"""Movements of people on the live roll, as open campaigns see them.

Until the roll is fixed they flow in by themselves; afterwards nothing does. Whoever
admits, transfers or lets leave calls these, neither `members.services.people` nor `memberships`: the
registry does not know the campaigns above it.

Source: docs/rules/lifecycle.md § 3.
"""

from datetime import date, datetime

from django.db import transaction

from campaigns.models import Participant, Placement
from campaigns.services import following, locking
from members import events
from members.models import ActivityPause, Member, Membership, PartyUnit, Transfer
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services import memberships, pauses, people, transfers


@opened_for(Purpose.ACT)
def admit_member(
    *, unit: PartyUnit, on: date, actor: Actor, now: datetime, **person: str
) -> Member:
    """Enter a person on a cell's roll, and in the open campaign that holds the cell.

    Raises: memberships.MemberNotMovable; names.UnfitText.
    """
    with events.written_last():
        member = people.admit_member(unit=unit, on=on, actor=actor, now=now, **person)
        following.follow(member, on=on, event=Placement.Event.ADMISSION)
    return member


@opened_for(Purpose.ACT)
def transfer_member(*, member: Member, unit: PartyUnit, on: date) -> None:
    """Move a person to another cell, also in open campaigns.

    Raises: memberships.MemberNotMovable.
    """
    with transaction.atomic():
        locking.hold_cells(member_id=member.pk, unit_id=unit.pk)
        memberships.transfer_member(member=member, unit=unit, on=on)
        following.follow(member, on=on, event=Placement.Event.TRANSFER)


@opened_for(Purpose.ACT)
def receive_transfer(
    *, transfer: Transfer, on: date, actor: Actor, now: datetime
) -> None:
    """Take in whom another cell has sent, also in open campaigns.

    Raises: transfers.TransferNotPossible; memberships.MemberNotMovable.
    """
    with events.written_last():
        locking.hold_cells(member_id=transfer.member_id, unit_id=transfer.target_id)
        transfers.receive_transfer(transfer=transfer, on=on, actor=actor, now=now)
        if transfer.kind == Transfer.Kind.FORMAL:
            following.follow(transfer.member, on=on, event=Placement.Event.TRANSFER)


@opened_for(Purpose.ACT)
def send_outside(
    *, member: Member, leaves_on: date, actor: Actor, now: datetime, **papers: str
) -> Transfer:
    """Send a person to a unit that is not kept here; open campaigns let them go.

    Raises: transfers.TransferNotPossible; memberships.MemberNotMovable.
    """
    with events.written_last():
        locking.hold_cells(member_id=member.pk)
        transfer = transfers.send_outside(
            member=member, leaves_on=leaves_on, actor=actor, now=now, **papers
        )
        following.let_go_everywhere(member, on=leaves_on, died=False)
    return transfer


@opened_for(Purpose.ACT)
def end_membership(
    *,
    member: Member,
    on: date,
    ending: Membership.Ending,
    actor: Actor,
    now: datetime,
    document: str = "",
    system_reason: str = "",
) -> None:
    """Record leaving or death, also in open campaigns.

    Raises: memberships.MemberNotMovable.
    """
    with events.written_last():
        locking.hold_cells(member_id=member.pk)
        memberships.end_membership(
            member=member,
            on=on,
            ending=ending,
            document=document,
            actor=actor,
            now=now,
            system_reason=system_reason,
        )
        following.let_go_everywhere(
            member, on=on, died=ending == Membership.Ending.DIED
        )


@opened_for(Purpose.ACT)
def begin_pause(
    *,
    member: Member,
    kind: ActivityPause.Kind,
    from_on: date,
    document: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Exempt or suspend a person, also in open campaigns.

    Raises: pauses.PauseNotPossible; memberships.MemberNotMovable.
    """
    with events.written_last():
        locking.hold_cells(member_id=member.pk)
        pauses.begin_pause(
            member=member,
            kind=kind,
            from_on=from_on,
            document=document,
            actor=actor,
            now=now,
        )
        following.count_as(member, Participant.Status(kind))


@opened_for(Purpose.ACT)
def end_pause(
    *, member: Member, on: date, document: str, actor: Actor, now: datetime
) -> None:
    """Record that a person takes part again, also in open campaigns.

    Raises: pauses.PauseNotPossible; memberships.MemberNotMovable.
    """
    with events.written_last():
        locking.hold_cells(member_id=member.pk)
        pauses.end_pause(member=member, on=on, document=document, actor=actor, now=now)
        following.count_as(member, Participant.Status.NOT_REVIEWED)
