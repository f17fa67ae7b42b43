"""Changes to the roll: admission, transfer, leaving."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from members import dates, names
from members.models import Member, Membership, NameWord, PartyUnit
from members.vocabulary import vocabulary


class MemberNotMovable(Exception):
    """The roll does not take this change; the text says why."""


def admit_member(
    *,
    unit: PartyUnit,
    code: str,
    full_name: str,
    on: date,
    born_on: str = "",
    gender: str = "",
    admitted_on: str = "",
    official_on: str = "",
) -> Member:
    """Enter a person on the roll of a cell.

    Raises: MemberNotMovable if the unit is closed or no cell, or the code is taken;
        names.UnfitText for a code or name with characters that cannot be seen.
    """
    code, name = names.clean_text(code), names.clean_text(full_name)
    with transaction.atomic():
        _demand_cell(unit)
        if Member.objects.filter(code_key=code).exists():
            raise MemberNotMovable(_("The member code %s is taken.") % code)
        member = Member.objects.create(
            code=code,
            full_name=name,
            sort_key=names.sort_key(name),
            born_on=born_on,
            gender=gender,
            admitted_on=admitted_on or dates.from_excel(on),
            official_on=official_on,
        )
        NameWord.objects.bulk_create(
            NameWord(member=member, word=word) for word in names.search_words(name)
        )
        Membership.objects.create(member=member, unit=unit, from_on=on)
    return member


def transfer_member(*, member: Member, unit: PartyUnit, on: date) -> Membership:
    """Move a person's official membership to another cell from a day on.

    Raises: MemberNotMovable if the unit is closed or no cell, the person is on no
        roll or is there already, or belonged elsewhere after that day.
    """
    with transaction.atomic():
        _demand_cell(unit)
        current = _official(member)
        if current.unit_id == unit.pk:
            raise MemberNotMovable(
                _("%(member)s is on the roll of %(unit)s already.")
                % {"member": member.full_name, "unit": unit.name}
            )
        _end(current, on=on, ending=Membership.Ending.TRANSFERRED)
        return Membership.objects.create(member=member, unit=unit, from_on=on)


def end_membership(*, member: Member, on: date, ending: Membership.Ending) -> None:
    """Record that a person left the Party's roll, or died: no membership remains.

    Raises: MemberNotMovable if the person is on no roll.
    """
    with transaction.atomic():
        _end(_official(member), on=on, ending=ending)
        for other in Membership.objects.current().filter(member=member):
            _end(other, on=on, ending=ending)


def _official(member: Member) -> Membership:
    current = Membership.objects.current().official().select_for_update()
    membership = current.filter(member=member).first()
    if membership is None:
        raise MemberNotMovable(_("%s is on no roll.") % member.full_name)
    return membership


def _end(membership: Membership, *, on: date, ending: Membership.Ending) -> None:
    if membership.from_on is not None and on < membership.from_on:
        raise MemberNotMovable(
            _("The day lies before the day on which the membership began (%s).")
            % f"{membership.from_on:%d/%m/%Y}"
        )
    if membership.from_on is None and membership.kind == Membership.Kind.OFFICIAL:
        _refuse_before_earlier(membership, on=on)
    membership.until_on = on
    membership.ending = ending
    membership.save(update_fields=["until_on", "ending"])


def _refuse_before_earlier(membership: Membership, *, on: date) -> None:
    """Refuse a day of an earlier membership; the beginning, unknown, tells nothing."""
    others = Membership.objects.official().filter(member=membership.member_id)
    earlier = others.filter(until_on__gt=on).order_by("until_on").last()
    if earlier is not None:
        raise MemberNotMovable(
            _("The day lies before the end of an earlier membership (%s).")
            % f"{earlier.until_on:%d/%m/%Y}"
        )


def _demand_cell(unit: PartyUnit) -> None:
    """Refuse what holds no members; until the transaction ends nobody closes it."""
    locked = PartyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if locked.closed_on is not None:
        raise MemberNotMovable(
            _("%(unit)s was closed on %(day)s.")
            % {"unit": locked.name, "day": f"{locked.closed_on:%d/%m/%Y}"}
        )
    if not vocabulary().kinds[locked.kind].holds_members:
        raise MemberNotMovable(_("Only cells hold members; %s is none.") % locked.name)
