"""Reading about somebody with a stated reason: asked, approved, opened, closed.

Source: docs/policy.md § 5.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import dates, events
from members.models import Member, ReasonedReading
from members.policy import Actor, PostInForce, Role

WITHHELD_MONTHS = 12


class ReadingNotPossible(Exception):
    """Nobody may read this so; the text says why."""


def ask_to_read(
    *,
    member: Member,
    post: PostInForce,
    reason: str,
    case_number: str,
    actor: Actor,
    now: datetime,
) -> ReasonedReading:
    """Record who asks to read of whom, in which post and why, before anything is read.

    Raises: ReadingNotPossible for one's own record, or an inspection without a case.
    """
    if member.pk == actor.member_id:
        raise ReadingNotPossible(_("Your own results stand in “My information”."))
    is_inspection = post.role is Role.INSPECTION_COMMISSION
    if is_inspection and not case_number:
        raise ReadingNotPossible(_("Enter the number of the case."))
    assert actor.account_id is not None
    today = timezone.localdate(now)
    with transaction.atomic():
        reading = ReasonedReading.objects.create(
            member=member,
            account_id=actor.account_id,
            post_id=post.post_id,
            unit_id=post.unit_id,
            is_inspection=is_inspection,
            reason=reason,
            case_number=case_number if is_inspection else "",
            asked_at=now,
            shown_from=_latest_day(today) if is_inspection else today,
        )
        _note("readings.asked", reading, actor, now)
    return reading


def approve(*, reading: ReasonedReading, actor: Actor, now: datetime) -> None:
    """Let a second of the commission approve what another asks to read.

    Raises: ReadingNotPossible where that is done, or asked for by the actor.
    """
    with transaction.atomic():
        current = _held(reading)
        if current.account_id == actor.account_id:
            raise ReadingNotPossible(_("Somebody else of the commission approves it."))
        if current.approved_at or current.closed_at:
            raise ReadingNotPossible(_("This was decided already."))
        current.approved_at, current.approved_by_id = now, actor.account_id
        current.save(update_fields=["approved_at", "approved_by"])
        _note("readings.approved", current, actor, now)


def note_reading(*, reading: ReasonedReading, actor: Actor, now: datetime) -> None:
    """Record that what was asked for is read now; each time is an event.

    Raises: ReadingNotPossible where it is not approved, or over.
    """
    with transaction.atomic():
        current = _held(reading)
        if not may_read(current, today=timezone.localdate(now)):
            raise ReadingNotPossible(_("This cannot be read any more, or not yet."))
        if current.opened_at is None:
            current.opened_at = now
            current.save(update_fields=["opened_at"])
        _note("readings.opened", current, actor, now)


def close_case(*, reading: ReasonedReading, actor: Actor, now: datetime) -> None:
    """Close the case: nothing more is read, and the person sees what was.

    Raises: ReadingNotPossible where it is closed.
    """
    with transaction.atomic():
        current = _held(reading)
        if current.closed_at:
            raise ReadingNotPossible(_("This was decided already."))
        current.closed_at = now
        current.shown_from = min(current.shown_from, timezone.localdate(now))
        current.save(update_fields=["closed_at", "shown_from"])
        _note("readings.closed", current, actor, now)


def may_read(reading: ReasonedReading, *, today: date) -> bool:
    """Tell whether who asked may read: on the day itself; in a case until it ends."""
    if not reading.is_inspection:
        return timezone.localdate(reading.asked_at) == today
    is_open = reading.closed_at is None and today < reading.shown_from
    return reading.approved_at is not None and is_open


def _latest_day(today: date) -> date:
    return dates.months_after(today, WITHHELD_MONTHS)


def _held(reading: ReasonedReading) -> ReasonedReading:
    held = ReasonedReading.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("unit").get(pk=reading.pk)


def _note(action: str, reading: ReasonedReading, actor: Actor, now: datetime) -> None:
    """The event names no person: who is read of in a case must not see it yet."""
    events.record(
        action=action,
        subject=reading,
        actor=actor,
        now=now,
        unit=reading.unit,
    )
