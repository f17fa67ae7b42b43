"""Where somebody belongs: moved, ended, held; temporary memberships and contacts, too.

Source: docs/rules/rolls.md § 2 and § 5.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import dates, events
from members.models import Member, Membership, PartyUnit, Post, Transfer
from members.models.events import ENDED
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import posts, shutting
from members.vocabulary import vocabulary


class MemberNotMovable(Exception):
    """The roll does not take this change; the text says why."""


@opened_for(Purpose.ACT)
def transfer_member(*, member: Member, unit: PartyUnit, on: date) -> Membership:
    """Move a person's official membership to another cell from a day on.

    Raises: MemberNotMovable if the unit is closed or no cell, the person is on no
        roll or is there already, or belonged elsewhere after that day.
    """
    with transaction.atomic():
        demand_cell(unit)
        current = official_membership(member)
        if current.unit_id == unit.pk:
            raise MemberNotMovable(
                _("%(member)s is on the roll of %(unit)s already.")
                % {"member": member.full_name, "unit": unit.name}
            )
        end_one(current, on=on, ending=Membership.Ending.TRANSFERRED)
        return Membership.objects.create(member=member, unit=unit, from_on=on)


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
    """Record that a person left the Party's roll, or died.

    No membership remains and no post, and a transfer that waits is taken back. The
    account of whoever died is shut (docs/rules/accounts.md § 10).
    Raises: MemberNotMovable if the person is on no roll or is the one who acts, or for
        a day to come: it ends at once.
    """
    refuse_oneself(member, actor)
    refuse_to_come(on, now)
    with events.written_last():
        official = official_membership(member)
        end_one(official, on=on, ending=ending)
        for other in Membership.objects.current().filter(member=member):
            end_one(other, on=on, ending=ending)
        Transfer.objects.waiting().filter(member=member).update(
            state=Transfer.State.TAKEN_BACK, settled_on=on, settled_at=now
        )
        posts.end_posts(
            Post.objects.filter(member=member),
            actor=actor,
            now=now,
            document=document,
            system_reason=system_reason,
        )
        events.record(
            action=ENDED,
            subject=member,
            member=member,
            actor=actor,
            now=now,
            unit=official.unit,
            area=Area.ROLL_EDIT,
            data={"ending": ending, "document": document},
            system_reason=system_reason,
        )
        if ending == Membership.Ending.DIED:
            shutting.shut_at_death(
                member=member,
                unit=official.unit,
                document=document,
                actor=actor,
                now=now,
                system_reason=system_reason,
            )


@opened_for(Purpose.ACT)
def end_beside(
    *, membership: Membership, on: date, document: str, actor: Actor, now: datetime
) -> None:
    """End a membership beside the official one; the person stays where they belong.

    Raises: MemberNotMovable if it has ended already, or for a day before it
        began or to come.
    """
    refuse_to_come(on, now)
    with events.written_last():
        current = held_beside(membership)
        end_one(current, on=on, ending=Membership.Ending.OVER)
        events.record(
            action="members.beside_ended",
            subject=current.member,
            member=current.member,
            actor=actor,
            now=now,
            unit=current.unit,
            area=Area.ROLL_EDIT,
            data={"kind": current.kind, "document": document},
        )


def official_membership(member: Member) -> Membership:
    """Return where a person belongs, held until the transaction ends.

    Raises: MemberNotMovable if the person is on no roll.
    """
    current = Membership.objects.current().official()
    locked = current.select_for_update(of=("self",)).select_related("unit")
    membership = locked.filter(member=member).first()
    if membership is None:
        raise MemberNotMovable(_("%s is on no roll.") % member.full_name)
    return membership


def held_beside(membership: Membership) -> Membership:
    """Return a membership beside the official one, held until the transaction ends.

    Raises: MemberNotMovable if it has ended already.
    """
    locked = Membership.objects.beside().select_for_update(of=("self",))
    current = locked.select_related("unit", "member").filter(pk=membership.pk).first()
    if current is None:
        raise MemberNotMovable(_("This membership has ended already."))
    return current


def refuse_to_come(on: date, now: datetime) -> None:
    """Refuse to record beforehand what counts from the moment it is recorded.

    Raises: MemberNotMovable.
    """
    if on > timezone.localdate(now):
        raise MemberNotMovable(_("This day has not come yet."))


def refuse_oneself(member: Member, actor: Actor) -> None:
    """Refuse that somebody records of the own person what changes where it stands.

    Source: docs/rules/rolls.md § 2.
    Raises: MemberNotMovable.
    """
    if actor.member_id is not None and member.pk == actor.member_id:
        raise MemberNotMovable(
            _(
                "Nobody records this of the own person: the deputy of the cell or the "
                "office of the unit above does it."
            )
        )


def end_one(membership: Membership, *, on: date, ending: Membership.Ending) -> None:
    """End a membership on a day.

    Raises: MemberNotMovable for a day before it, or an earlier one, began or ended.
    """
    if membership.from_on is not None and on < membership.from_on:
        raise MemberNotMovable(
            _("The day lies before the day on which the membership began (%s).")
            % dates.display_day(membership.from_on)
        )
    if membership.from_on is None and membership.kind == Membership.Kind.OFFICIAL:
        refuse_before_earlier(membership.member_id, on=on)
    membership.until_on = on
    membership.ending = ending
    membership.save(update_fields=["until_on", "ending"])


def demand_cell(unit: PartyUnit) -> None:
    """Refuse what holds no members; until the transaction ends nobody closes it.

    Raises: MemberNotMovable.
    """
    locked = PartyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if locked.closed_on is not None:
        raise MemberNotMovable(
            _("%(unit)s was closed on %(day)s.")
            % {"unit": locked.name, "day": dates.display_day(locked.closed_on)}
        )
    if not vocabulary().kinds[locked.kind].holds_members:
        raise MemberNotMovable(_("Only cells hold members; %s is none.") % locked.name)


def refuse_before_earlier(member_id: int, *, on: date) -> None:
    """Refuse a day of an earlier official membership.

    Raises: MemberNotMovable.
    """
    others = Membership.objects.official().filter(member=member_id)
    earlier = others.filter(until_on__gt=on).order_by("until_on").last()
    if earlier is not None:
        raise MemberNotMovable(
            _("The day lies before the end of an earlier membership (%s).")
            % dates.display_day(earlier.until_on)
        )


def cell_of(member: Member) -> PartyUnit | None:
    """Return the cell on whose roll a person is; None for who is on no roll."""
    belongs = Membership.objects.current().official().filter(member=member)
    return PartyUnit.objects.filter(pk__in=belongs.values("unit")).first()
