"""Transfers have two sides: one cell sends, the other receives or returns.

Source: docs/rules/rolls.md § 5.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members import events
from members.models import Member, Membership, PartyUnit, Transfer
from members.periods import periods
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import people


class TransferNotPossible(Exception):
    """The transfer cannot be sent or settled like this; the text says why."""


def send_transfer(
    *,
    member: Member,
    target: PartyUnit,
    kind: Transfer.Kind,
    leaves_on: date,
    document: str,
    actor: Actor,
    now: datetime,
    comment: str = "",
    comment_document: str = "",
) -> Transfer:
    """Send a person to another cell; they belong to the old one until it is received.

    Raises: TransferNotPossible if one waits already, the unit is the person's own,
        or the comment of the cell lacks; people.MemberNotMovable if the unit takes no
        members or the person is on no roll.
    """
    with transaction.atomic():
        people.demand_cell(target)
        official = people.official_membership(member)
        _refuse_second(member)
        if official.unit_id == target.pk:
            raise TransferNotPossible(
                _("%(member)s is on the roll of %(unit)s already.")
                % {"member": member.full_name, "unit": target.name}
            )
        _refuse_without_comment(official, kind, leaves_on, comment or comment_document)
        return _sent(
            Transfer(
                member=member,
                kind=kind,
                source=official.unit,
                target=target,
                document=document,
                leaves_on=leaves_on,
                due_on=periods().transfer.after(leaves_on),
                comment=comment,
                comment_document=comment_document,
            ),
            actor,
            now,
        )


@opened_for(Purpose.ACT)
def send_outside(
    *,
    member: Member,
    outside: str,
    leaves_on: date,
    document: str,
    actor: Actor,
    now: datetime,
    comment: str = "",
    comment_document: str = "",
) -> Transfer:
    """Send a person to a unit that is not kept here: the membership ends on that day.

    Raises: as `send_transfer`.
    """
    with events.written_last():
        official = people.official_membership(member)
        _refuse_second(member)
        formal = Transfer.Kind.FORMAL
        _refuse_without_comment(
            official, formal, leaves_on, comment or comment_document
        )
        transfer = _sent(
            Transfer(
                member=member,
                kind=formal,
                source=official.unit,
                outside=outside,
                document=document,
                leaves_on=leaves_on,
                due_on=leaves_on,
                comment=comment,
                comment_document=comment_document,
                state=Transfer.State.RECEIVED,
                settled_on=leaves_on,
                settled_at=now,
                settled_by_id=actor.account_id,
            ),
            actor,
            now,
        )
        people.end_membership(
            member=member,
            on=leaves_on,
            ending=Membership.Ending.TRANSFERRED,
            document=document,
            actor=actor,
            now=now,
        )
    return transfer


@opened_for(Purpose.ACT)
def receive_transfer(
    *, transfer: Transfer, on: date, actor: Actor, now: datetime
) -> None:
    """Take a person in: officially, or for a time beside the official membership.

    Raises: TransferNotPossible if it does not wait any more or the day lies before
        the one from which it was sent; people.MemberNotMovable.
    """
    with transaction.atomic():
        waiting = _waiting(transfer)
        assert waiting.target is not None  # what goes outside does not wait
        if on < waiting.leaves_on:
            raise TransferNotPossible(
                _("The day lies before the day from which the old cell sent (%s).")
                % f"{waiting.leaves_on:%d/%m/%Y}"
            )
        if waiting.kind == Transfer.Kind.FORMAL:
            people.transfer_member(member=waiting.member, unit=waiting.target, on=on)
        else:
            people.demand_cell(waiting.target)
            Membership.objects.create(
                member=waiting.member,
                unit=waiting.target,
                kind=Membership.Kind.TEMPORARY,
                from_on=on,
            )
        _settle(waiting, Transfer.State.RECEIVED, on, actor, now, waiting.target)


@opened_for(Purpose.ACT)
def return_transfer(
    *, transfer: Transfer, on: date, reason: str, actor: Actor, now: datetime
) -> None:
    """Send it back to the old cell, which keeps the person.

    Raises: TransferNotPossible if it does not wait any more.
    """
    with transaction.atomic():
        waiting = _waiting(transfer)
        waiting.refusal = reason
        _settle(waiting, Transfer.State.RETURNED, on, actor, now, waiting.target)


@opened_for(Purpose.ACT)
def take_back_transfer(
    *, transfer: Transfer, on: date, actor: Actor, now: datetime
) -> None:
    """Take back what nobody has received yet.

    Raises: TransferNotPossible if it does not wait any more.
    """
    with transaction.atomic():
        waiting = _waiting(transfer)
        _settle(waiting, Transfer.State.TAKEN_BACK, on, actor, now, waiting.source)


def needs_comment(membership: Membership, *, leaves_on: date) -> bool:
    """Tell whether the cell left has to comment: so long was the stay of that year."""
    new_year = date(leaves_on.year, 1, 1)
    since = max(membership.from_on or new_year, new_year)
    return periods().comment_of_the_cell_left.after(since) <= leaves_on


def _refuse_second(member: Member) -> None:
    # Held by the membership, which the caller has locked.
    if Transfer.objects.waiting().filter(member=member).exists():
        raise TransferNotPossible(
            _("A transfer of %s waits to be received already.") % member.full_name
        )


def _refuse_without_comment(
    official: Membership, kind: Transfer.Kind, leaves_on: date, comment: str
) -> None:
    if kind != Transfer.Kind.FORMAL or comment:
        return
    if needs_comment(official, leaves_on=leaves_on):
        raise TransferNotPossible(
            _(
                "Who belonged to the cell for six months or more of the year takes its "
                "comment along: write it, or give number and date of the paper."
            )
        )


def _sent(transfer: Transfer, actor: Actor, now: datetime) -> Transfer:
    transfer.sent_at = now
    transfer.sent_by_id = actor.account_id
    transfer.save()
    _record("sent", transfer, transfer.source, actor, now)
    return transfer


def _waiting(transfer: Transfer) -> Transfer:
    locked = Transfer.objects.select_for_update(of=("self",), no_key=True)
    related = locked.select_related("member", "source", "target")
    waiting = related.get(pk=transfer.pk)
    if waiting.state != Transfer.State.SENT:
        raise TransferNotPossible(
            _("This transfer does not wait any more: %s.") % waiting.get_state_display()
        )
    return waiting


def _settle(
    transfer: Transfer,
    state: Transfer.State,
    on: date,
    actor: Actor,
    now: datetime,
    unit: PartyUnit | None,
) -> None:
    transfer.state = state
    transfer.settled_on = on
    transfer.settled_at = now
    transfer.settled_by_id = actor.account_id
    transfer.save()
    _record(state.lower(), transfer, unit, actor, now)


def _record(
    act: str, transfer: Transfer, unit: PartyUnit | None, actor: Actor, now: datetime
) -> None:
    events.record(
        action=f"transfers.{act}",
        subject=transfer,
        member=transfer.member,
        actor=actor,
        now=now,
        unit=unit,
        area=Area.ROLL_EDIT,
    )
