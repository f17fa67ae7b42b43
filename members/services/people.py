"""Changes to the roll: admission, correction, full membership, who reads a record.

Source: docs/rules/rolls.md.
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from members import dates, events, names, sealing
from members.models import Account, Member, Membership, NameWord, PartyUnit
from members.models.events import ADMITTED, OPENED
from members.periods import periods
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import bulk_reading, memberships
from members.services.versions import locked_version

NUMBERS = ("personal_id", "card_number")
_CODE_OF_UNIT = 32  # characters in the codes of its people, which have forty


class FactRefused(memberships.MemberNotMovable):
    """What is entered in this column cannot be; the text says why."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column = column


class NumberTaken(FactRefused):
    """Somebody else has this number; whose it is stays untold."""


@opened_for(Purpose.ACT)
def admit_member(
    *,
    unit: PartyUnit,
    full_name: str,
    on: date,
    actor: Actor,
    now: datetime,
    code: str = "",
    born_on: str = "",
    gender: str = "",
    admitted_on: str = "",
    official_on: str = "",
    card_number: str = "",
    personal_id: str = "",
    system_reason: str = "",
) -> Member:
    """Enter a person on the roll of a cell; without a code under the next free one.

    Who was on a roll before and is on none is the same person by the numbers: the
    record goes on, with what is entered now.
    Raises: memberships.MemberNotMovable if the unit is closed or no cell, or the code
        is taken;
        FactRefused for what cannot be, NumberTaken; names.UnfitText for a code or
        name with characters that cannot be seen.
    """
    code, name = names.clean_text(code), names.clean_name(full_name)
    with transaction.atomic():
        memberships.demand_cell(unit)
        entered = {
            "full_name": name,
            "born_on": born_on,
            "gender": gender,
            "admitted_on": admitted_on,
            "official_on": official_on,
            "card_number": card_number,
            "personal_id": personal_id,
        }
        member = _who_returns(entered, code, on) or _newcomer(code, unit, on)
        for column, fact in entered.items():
            setattr(member, column, fact or getattr(member, column))
        member.sort_key = names.sort_key(member.full_name)
        _refuse_impossible(member, now)
        _refuse_taken_numbers(member)
        _save(member)
        _write_words(member)
        name_account(member=member.pk)
        Membership.objects.create(member=member, unit=unit, from_on=on)
        events.record(
            action=ADMITTED,
            subject=member,
            member=member,
            actor=actor,
            now=now,
            unit=unit,
            area=Area.ROLL_EDIT,
            system_reason=system_reason,
        )
    return member


def correct_member(
    *,
    member: Member,
    version: int,
    facts: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Member:
    """Write what is known of a person, by the names of the columns; others stay.

    Raises: memberships.MemberNotMovable for oneself; versions.ChangedMeanwhile;
        FactRefused for what cannot be; NumberTaken; names.UnfitText.
    """
    memberships.refuse_oneself(member, actor)
    with transaction.atomic():
        current = locked_version(Member.objects.all(), member, version=version)
        changed = [name for name in facts if getattr(current, name) != facts[name]]
        if not changed:
            return current
        for name in changed:
            setattr(current, name, facts[name])
        _refuse_impossible(current, now)
        _refuse_taken_numbers(current)
        if "full_name" in changed:
            current.full_name = names.clean_name(current.full_name)
            current.sort_key = names.sort_key(current.full_name)
            NameWord.objects.filter(member=current).delete()
            _write_words(current)
        current.version += 1
        _save(current)
        if "full_name" in changed:
            with opened_for(Purpose.ACT):
                name_account(member=current.pk)
        events.record(
            action="members.corrected",
            subject=current,
            member=current,
            actor=actor,
            now=now,
            unit=memberships.cell_of(current),
            area=Area.ROLL_EDIT,
            data={"columns": sorted(changed)},
        )
    return current


def make_full_member(
    *, member: Member, on: date, document: str, actor: Actor, now: datetime
) -> None:
    """Record the decision by which a probationary member became a full one.

    Raises: memberships.MemberNotMovable for a full member, for oneself, or a day before
        the admission, in the probation after it, or to come.
    """
    memberships.refuse_oneself(member, actor)
    with transaction.atomic():
        current = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if current.official_on:
            raise memberships.MemberNotMovable(
                _("%s is a full member already.") % current.full_name
            )
        if current.admitted_on and on < dates.earliest(current.admitted_on):
            raise memberships.MemberNotMovable(
                _("The day lies before the day of admission.")
            )
        _refuse_in_probation(current, on)
        memberships.refuse_to_come(on, now)
        current.official_on = dates.stored_day(on)
        current.version += 1
        current.save()
        events.record(
            action="members.made_full",
            subject=current,
            member=current,
            actor=actor,
            now=now,
            unit=memberships.cell_of(current),
            area=Area.ROLL_EDIT,
            data={"document": document},
        )


def name_account(**which: int) -> None:
    """Let the account (`pk`), or that of a person (`member`), bear the member's name."""
    name = Member.objects.filter(pk=OuterRef("member")).values("full_name")
    accounts = Account.objects.filter(member__isnull=False, **which)
    accounts.exclude(display_name=Subquery(name)).update(display_name=Subquery(name))


def note_opening(
    *, member: Member, actor: Actor, now: datetime, unit: PartyUnit | None = None
) -> None:
    """Record that somebody opened a person's record; the person sees who did.

    `unit`: by which it was reached, where that is not the cell of the person.
    """
    opening = events.record(
        action=OPENED,
        subject=member,
        member=member,
        actor=actor,
        now=now,
        unit=unit or memberships.cell_of(member),
        area=Area.ROLL,
    )
    bulk_reading.tell_of_bulk(opening=opening, actor=actor, now=now)


def _refuse_in_probation(member: Member, on: date) -> None:
    """Refuse a day that is certainly before the end of the probation.

    Source: docs/rules/rolls.md § 3.
    """
    if not member.admitted_on:
        return
    over = periods().probation.after(dates.earliest(member.admitted_on))
    if on < over:
        raise memberships.MemberNotMovable(
            _(
                "The probation lasts until %(day)s: nobody is a full member before. If "
                "the day of admission is wrong, correct it first."
            )
            % {"day": dates.display_day(over)}
        )


def _newcomer(code: str, unit: PartyUnit, on: date) -> Member:
    """Return somebody who is not known yet, under a code that is free."""
    code = code or _next_code(unit)
    if Member.objects.filter(code_key=code).exists():
        raise memberships.MemberNotMovable(_("The member code %s is taken.") % code)
    return Member(code=code, admitted_on=dates.stored_day(on))


def _who_returns(entered: Mapping[str, str], code: str, on: date) -> Member | None:
    """Return who has one of the numbers and left every roll; held, in a new version.

    None where name or birth say that it is another: then the number is taken. A death
    that was recorded by mistake is put right on the server (docs/rules/accounts.md § 10).
    """
    found = _with_number(entered)
    if found is None or (code and names.fold(code) != found.code_key):
        return None
    is_alike = names.confusable_key(found.full_name) == names.confusable_key(
        entered["full_name"]
    )
    if not is_alike or not dates.may_be_one(found.born_on, entered["born_on"]):
        return None
    theirs = Membership.objects.filter(member=found)
    died = theirs.filter(ending=Membership.Ending.DIED)
    if theirs.current().exists() or died.exists():
        return None
    memberships.refuse_before_earlier(found.pk, on=on)
    NameWord.objects.filter(member=found).delete()
    found.version += 1
    return found


def _with_number(entered: Mapping[str, str]) -> Member | None:
    held = Member.objects.select_for_update(no_key=True)
    for column in NUMBERS:
        index = sealing.index_of(entered[column])
        if index and (found := held.filter(**{f"{column}_index": index}).first()):
            return found
    return None


@opened_for(Purpose.LOOK_UP)
def _next_code(unit: PartyUnit) -> str:
    """Return the next free code of the form "unit's code-number"; the unit is held."""
    base = unit.code[:_CODE_OF_UNIT]
    start = f"{names.fold(base)}-"
    taken = Member.objects.filter(code_key__startswith=start)
    numbers = [code.rpartition("-")[2] for code in taken.values_list("code", flat=True)]
    last = max((int(number) for number in numbers if number.isdecimal()), default=0)
    return f"{base}-{last + 1:03}"


def _refuse_impossible(member: Member, now: datetime) -> None:
    """Refuse days out of order or to come, and a card before full membership.

    A day known in part may be any of it. Source: docs/rules/rolls.md § 1.
    """
    today = timezone.localdate(now)
    for column in ("born_on", "admitted_on", "official_on"):
        day = getattr(member, column)
        if day and dates.earliest(day) > today:
            raise FactRefused(column, _("This day has not come yet."))
    if member.card_number and not member.official_on:
        raise FactRefused("card_number", _("A probationary member has no card number."))
    told = {
        "admitted_on": _("This is before the birth."),
        "official_on": _("This is before the admission."),
    }
    for earlier, later in pairwise(("born_on", *told)):
        if dates.is_before(getattr(member, later), getattr(member, earlier)):
            raise FactRefused(later, told[later])


@opened_for(Purpose.LOOK_UP)
def _refuse_taken_numbers(member: Member) -> None:
    refusals = {
        "card_number": _("This card number is taken."),
        "personal_id": _("This personal number is taken."),
    }
    others = Member.objects.exclude(pk=member.pk)
    for column, text in refusals.items():
        index = sealing.index_of(getattr(member, column))
        if index and others.filter(**{f"{column}_index": index}).exists():
            raise NumberTaken(column, text)


def _save(member: Member) -> None:
    """Save a person; tell whoever is second of two that enter one number at once."""
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as refusal:
        _refuse_taken_numbers(member)
        told = _("The member code %s is taken.") % member.code
        raise memberships.MemberNotMovable(told) from refusal


def _write_words(member: Member) -> None:
    NameWord.objects.bulk_create(
        NameWord(member=member, word=word)
        for word in names.search_words(member.full_name)
    )
