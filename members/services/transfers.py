"""Transfers have two sides: one cell sends, the other receives or returns.

Source: docs/rules/rolls.md § 5.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members import dates, events
from members.models import (
    Member,
    Membership,
    PartyUnit,
    Transfer,
    UnitDecision,
    UnitSuccession,
)
from members.periods import periods
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import memberships, posts
from members.vocabulary import vocabulary


class TransferNotPossible(Exception):
    """The transfer cannot be sent or settled like this; the text says why.

    `column` is the field that causes it, None for the whole.
    """

    def __init__(self, text: str, *, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


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
    planned_until: date | None = None,
) -> Transfer:
    """Send a person to another cell; they belong to the old one until it is received.

    Raises: TransferNotPossible if one waits already, the person is there so already,
        or the comment of the cell lacks; memberships.MemberNotMovable if the unit takes
        no members, or the person is on no roll or is the one who acts.
    """
    memberships.refuse_oneself(member, actor)
    with transaction.atomic():
        memberships.demand_cell(target)
        official = memberships.official_membership(member)
        _refuse_second(member)
        _refuse_there_already(member, target, kind)
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
                planned_until=planned_until,
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
    memberships.refuse_oneself(member, actor)
    with events.written_last():
        official = memberships.official_membership(member)
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
        memberships.end_membership(
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
    """Take a person in: officially, or beside the official membership.

    Who belongs to another cell now sits in the committee of the old one no more
    (docs/policy.md § 4).
    Raises: TransferNotPossible if it does not wait any more, the person has come there
        otherwise, or the day lies before the one from which it was sent or is to come;
        memberships.MemberNotMovable.
    """
    with transaction.atomic():
        waiting = _waiting(transfer)
        assert waiting.target is not None  # what goes outside does not wait
        if on < waiting.leaves_on:
            raise TransferNotPossible(
                _("The day lies before the day from which the old cell sent (%s).")
                % dates.display_day(waiting.leaves_on),
                column="on",
            )
        if on > timezone.localdate(now):
            raise TransferNotPossible(_("This day has not come yet."), column="on")
        if waiting.kind == Transfer.Kind.FORMAL:
            memberships.transfer_member(
                member=waiting.member, unit=waiting.target, on=on
            )
            _end_beside(waiting.member, waiting.target, on)
            posts.end_posts(
                posts.of_committee(waiting.source).filter(member=waiting.member_id),
                actor=actor,
                now=now,
                document=waiting.document,
            )
        else:
            memberships.demand_cell(waiting.target)
            _refuse_there_already(waiting.member, waiting.target, waiting.kind)
            Membership.objects.create(
                member=waiting.member,
                unit=waiting.target,
                kind=Membership.Kind(waiting.kind),
                from_on=on,
                planned_until=waiting.planned_until,
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


def follow_decision(
    decision: UnitDecision,
    *,
    moved: Collection[int],
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    """Let what waits go on where a decision on units has just left somebody without.

    It waits for the successor of a cell that was merged, leaves from the cell to which
    the person came, and is settled where nobody is left to receive it.
    Source: docs/rules/rolls.md § 10.
    """
    waits = Q(target__closed_on__isnull=False) | Q(member__in=moved)
    locked = Transfer.objects.waiting().select_for_update(of=("self",), no_key=True)
    related = locked.select_related("member", "source", "target")
    for transfer in related.filter(waits).order_by("pk"):
        _follow(transfer, decision, actor, now, system_reason)


def needs_comment(membership: Membership, *, leaves_on: date) -> bool:
    """Tell whether the cell left has to comment: so long was the stay of that year."""
    new_year = date(leaves_on.year, 1, 1)
    since = max(membership.from_on or new_year, new_year)
    return periods().comment_of_the_cell_left.after(since) <= leaves_on


def _follow(
    transfer: Transfer,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    reason: str,
) -> None:
    assert transfer.target is not None  # what goes outside does not wait
    on = decision.effective_on
    source = memberships.cell_of(transfer.member) or transfer.source
    target = _takes_over(transfer.target)
    transfer.source = source
    if target is None:
        transfer.refusal = _("%(unit)s was closed by decision %(number)s.") % {
            "unit": transfer.target.name,
            "number": decision.number,
        }
        _settle(transfer, Transfer.State.RETURNED, on, actor, now, source, reason)
    elif target == source:
        _settle(transfer, Transfer.State.TAKEN_BACK, on, actor, now, source, reason)
    else:
        transfer.target = target
        transfer.save(update_fields=["source", "target"])
        _record("followed", transfer, target, actor, now, reason)


def _takes_over(unit: PartyUnit) -> PartyUnit | None:
    """Return the open cell that a unit is, or was merged into; None where none is."""
    kinds = vocabulary().kinds
    while unit.closed_on is not None:
        merged = UnitSuccession.objects.filter(predecessor=unit, is_part=False)
        succession = merged.select_related("successor").order_by("-pk").first()
        if succession is None:
            return None
        unit = succession.successor
    return unit if kinds[unit.kind].holds_members else None


def _refuse_second(member: Member) -> None:
    # Held by the membership, which the caller has locked.
    if Transfer.objects.waiting().filter(member=member).exists():
        raise TransferNotPossible(
            _("A transfer of %s waits to be received already.") % member.full_name
        )


@opened_for(Purpose.LOOK_UP)
def _refuse_there_already(member: Member, target: PartyUnit, kind: str) -> None:
    """Refuse a second membership of the same kind in one cell, and one beside itself.

    A decision may have brought the person there since the transfer was sent.
    """
    kinds = (kind, Membership.Kind.OFFICIAL)
    there = Membership.objects.current().filter(member=member, unit=target)
    if there.filter(kind__in=kinds).exists():
        raise TransferNotPossible(
            _("%(member)s is on the roll of %(unit)s already.")
            % {"member": member.full_name, "unit": target.name}
        )


def _end_beside(member: Member, unit: PartyUnit, on: date) -> None:
    """End what a person had beside in the cell that is the official one now."""
    for beside in Membership.objects.beside().filter(member=member, unit=unit):
        memberships.end_one(
            beside,
            on=max(on, beside.from_on or on),
            ending=Membership.Ending.OVER,
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
            ),
            column="comment",
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
    system_reason: str = "",
) -> None:
    transfer.state = state
    transfer.settled_on = on
    transfer.settled_at = now
    transfer.settled_by_id = actor.account_id
    transfer.save()
    _record(state.lower(), transfer, unit, actor, now, system_reason)


def _record(
    act: str,
    transfer: Transfer,
    unit: PartyUnit | None,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    events.record(
        action=f"transfers.{act}",
        subject=transfer,
        member=transfer.member,
        actor=actor,
        now=now,
        unit=unit,
        area=Area.ROLL_EDIT,
        system_reason=system_reason,
    )
