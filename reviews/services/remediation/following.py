"""What becomes of the items: checked, ended, a repetition; the persons responsible.

Source: docs/rules/remediation.md § 5, § 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from campaigns.models import Meeting
from members import events, names
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
)
from reviews.queries.remediation.roles import place_of
from reviews.remediation import Act
from reviews.services.remediation.shared import (
    RemediationRefused,
    demand,
    held_item,
    note,
    refuse_days_to_come,
)

Check = RemediationCheck.State
Source = RemediationItem.Source
ENDS = {
    Check.DONE: RemediationItem.State.DONE,
    Check.REFERRED: RemediationItem.State.REFERRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How an item stood; `due_on` is the new day of what was given longer time."""

    on: date
    state: Check
    note: str = ""
    due_on: date | None = None


@opened_for(Purpose.ACT)
def check(
    *, item: RemediationItem, version: int, found: Found, actor: Actor, now: datetime
) -> RemediationItem:
    """Record how an item stood; done and referred end it.

    Raises: RemediationRefused if it has ended, the plan is not followed, the day or the
        reason does not fit; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = held_item(item, version)
        demand(current.plan, Act.FOLLOW, actor)
        _demand_found(current, found, now)
        RemediationCheck.objects.create(
            item=current,
            on=found.on,
            state=found.state,
            note=found.note,
            due_on=found.due_on,
            meeting=_meeting_on(current.plan, found.on),
            at=now,
            by_id=actor.account_id,
        )
        if found.state in ENDS:
            current.state, current.ended_on = ENDS[found.state], found.on
        if found.due_on:
            current.due_on = found.due_on
        current.version += 1
        current.save()
        note("checked", current, current.plan, actor, now)
    return current


@opened_for(Purpose.ACT)
def check_all(
    *,
    found: Sequence[tuple[RemediationItem, int, Found]],
    actor: Actor,
    now: datetime,
) -> None:
    """Record how several items stood, each in the version that was shown; all or none.

    Raises: as `check`, the column with the number of the item after it; for none.
    """
    if not found:
        raise RemediationRefused(_("Say of at least one item how it stands."))
    with events.written_last():
        for item, version, each in found:
            try:
                check(item=item, version=version, found=each, actor=actor, now=now)
            except RemediationRefused as refusal:
                column = refusal.column or "state"
                at = column if column == "on" else f"{column}_{item.pk}"
                raise RemediationRefused(str(refusal), column=at) from refusal


def _meeting_on(plan: RemediationPlan, day: date) -> Meeting | None:
    """Return the meeting of that day where the plan is followed, if there was one."""
    here = Meeting.objects.filter(unit__custodian=place_of(plan), on=day, body=None)
    return here.order_by("-pk").first()


def _demand_found(item: RemediationItem, found: Found, now: datetime) -> None:
    refuse_days_to_come(found.on, now, "on")
    if item.state != RemediationItem.State.OPEN:
        raise RemediationRefused(_("This item has ended."))
    last = RemediationCheck.objects.filter(item=item).last()
    if last and found.on < last.on:
        raise RemediationRefused(
            _("It was checked on a later day already."), column="on"
        )
    if found.state == Check.REFERRED and not found.note:
        raise RemediationRefused(_("Say to which body."), column="note")
    if found.state != Check.EXTENDED:
        if found.due_on:
            raise RemediationRefused(
                _("Only what is given longer time has a new day."), column="due_on"
            )
        return
    if found.due_on is None or found.due_on <= item.due_on:
        raise RemediationRefused(
            _("Enter a day after the one that was set."), column="due_on"
        )
    if not found.note:
        raise RemediationRefused(_("Say why it needs longer."), column="note")


@opened_for(Purpose.ACT)
def mark_repeated(
    *,
    item: RemediationItem,
    version: int,
    earlier: RemediationItem,
    actor: Actor,
    now: datetime,
) -> None:
    """Mark a concluded shortcoming as the repetition of an earlier concluded one.

    Raises: RemediationRefused if one of them was not concluded, they are not of one
        person or collective, or the other is not earlier; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = held_item(item, version)
        demand(current.plan, Act.MARK, actor)
        if not _is_earlier(current, earlier):
            raise RemediationRefused(
                _("Choose an earlier shortcoming of the same, concluded as well.")
            )
        current.repeats = earlier
        current.version += 1
        current.save(update_fields=["repeats", "version"])
        note("marked_repeated", current, current.plan, actor, now)


def _is_earlier(item: RemediationItem, earlier: RemediationItem) -> bool:
    one, other = item.plan, earlier.plan
    if (one.unit_id, one.member_id) != (other.unit_id, other.member_id):
        return False
    if item.document_on is None or earlier.document_on is None:
        return False
    return earlier.document_on < item.document_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who was responsible, in which post, from when to when."""

    name: str
    post: str
    from_on: date
    until_on: date | None = None
    code: str = ""  # "": outside the tree
    organisation: str = ""  # where somebody outside is now


@opened_for(Purpose.ACT)
def name_person(
    *,
    item: RemediationItem,
    version: int,
    named: Named,
    actor: Actor,
    now: datetime,
) -> NamedPerson:
    """Name somebody who was responsible for a collective's concluded shortcoming.

    By the member code, with the name that goes with it, or outside the tree by name
    and organisation. The person is told.
    Raises: RemediationRefused if it was not concluded or the person does not fit;
        versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = held_item(item, version)
        demand(current.plan, Act.NAME, actor)
        if current.source != Source.CONCLUDED:
            raise RemediationRefused(
                _("Persons are named for what a competent body concluded alone.")
            )
        member = _member(named)
        if named.until_on and named.until_on < named.from_on:
            raise RemediationRefused(
                _("The last day is before the first."), column="until_on"
            )
        try:
            with transaction.atomic():
                row = NamedPerson.objects.create(
                    item=current,
                    member=member,
                    name=named.name,
                    post=named.post,
                    from_on=named.from_on,
                    until_on=named.until_on,
                    organisation=named.organisation,
                    named_at=now,
                )
        except IntegrityError as twice:
            raise RemediationRefused(
                _("This person is named already."), column="code"
            ) from twice
        current.version += 1
        current.save(update_fields=["version"])
        _tell("named", row, current.plan, actor, now)
    return row


def _member(named: Named) -> Member | None:
    if not named.code:
        if not named.organisation:
            raise RemediationRefused(
                _("Without a member code, say where the person is now."),
                column="organisation",
            )
        return None
    found = Member.objects.filter(code_key=names.fold(named.code)).first()
    if found is None or names.fold(found.full_name) != names.fold(named.name):
        raise RemediationRefused(
            _("No member has this code and this name."), column="code"
        )
    return found


@opened_for(Purpose.ACT)
def answer(*, named: NamedPerson, text: str, actor: Actor, now: datetime) -> None:
    """Add what a person named says to it; once, and never changed.

    Raises: RemediationRefused for somebody else, or a second time.
    """
    with transaction.atomic():
        rows = NamedPerson.objects.select_for_update(of=("self",), no_key=True)
        current = rows.select_related("item__plan").get(pk=named.pk)
        if current.member_id is None or current.member_id != actor.member_id:
            raise RemediationRefused(_("Only the person named answers."))
        if current.answer:
            raise RemediationRefused(_("The answer is sent already."))
        current.answer, current.answered_at = text, now
        current.save(update_fields=["answer", "answered_at"])
        _tell("answered", current, current.item.plan, actor, now)


def _tell(
    what: str,
    named: NamedPerson,
    plan: RemediationPlan,
    actor: Actor,
    now: datetime,
) -> None:
    events.record(
        action=f"remediation.{what}",
        subject=named,
        actor=actor,
        now=now,
        unit=plan.unit,
        member=Member(pk=named.member_id) if named.member_id else None,
        area=Area.WORK_EDIT,
    )
