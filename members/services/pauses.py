"""Exempt and suspended: times in which a member takes no part.

Source: docs/rules/rolls.md § 4.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members import dates, events
from members.models import ActivityPause, Member
from members.policy import Actor, Area
from members.services import memberships


class PauseNotPossible(Exception):
    """The member cannot be exempted, suspended or called back so; the text says why."""


def begin_pause(
    *,
    member: Member,
    kind: ActivityPause.Kind,
    from_on: date,
    document: str,
    actor: Actor,
    now: datetime,
) -> ActivityPause:
    """Record that a person is exempt, or suspended, from a day on.

    Raises: PauseNotPossible if one of both holds already; memberships.MemberNotMovable if
        the person is on no roll or is the one who acts, or for a day to come: it counts
        at once.
    """
    memberships.refuse_oneself(member, actor)
    memberships.refuse_to_come(from_on, now)
    with transaction.atomic():
        official = memberships.official_membership(member)
        current = ActivityPause.objects.current().filter(member=member).first()
        if current is not None:
            raise PauseNotPossible(
                _("%(member)s: %(what)s since %(day)s already.")
                % {
                    "member": member.full_name,
                    "what": current.get_kind_display(),
                    "day": dates.display_day(current.from_on),
                }
            )
        pause = ActivityPause.objects.create(
            member=member, kind=kind, from_on=from_on, document=document
        )
        events.record(
            action="pauses.begun",
            subject=pause,
            member=member,
            actor=actor,
            now=now,
            unit=official.unit,
            area=Area.ROLL_EDIT,
            data={"kind": kind},
        )
    return pause


def end_pause(
    *, member: Member, on: date, document: str, actor: Actor, now: datetime
) -> None:
    """Record that the person takes part again from a day on.

    Raises: PauseNotPossible if nothing holds, or the day lies before it began;
        memberships.MemberNotMovable for oneself, or a day to come.
    """
    memberships.refuse_oneself(member, actor)
    memberships.refuse_to_come(on, now)
    with transaction.atomic():
        official = memberships.official_membership(member)
        pause = ActivityPause.objects.current().filter(member=member).first()
        if pause is None:
            raise PauseNotPossible(
                _("%s is neither exempt nor suspended.") % member.full_name
            )
        if on < pause.from_on:
            raise PauseNotPossible(
                _("The day lies before the day on which it began (%s).")
                % dates.display_day(pause.from_on)
            )
        pause.until_on = on
        pause.ended_by_document = document
        pause.save(update_fields=["until_on", "ended_by_document"])
        events.record(
            action="pauses.ended",
            subject=pause,
            member=member,
            actor=actor,
            now=now,
            unit=official.unit,
            area=Area.ROLL_EDIT,
            data={"kind": pause.kind},
        )
