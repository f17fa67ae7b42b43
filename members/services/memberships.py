"""Temporary memberships and contacts at the place of residence, and their end.

Source: docs/rules/rolls.md § 2 and § 5.
"""

from datetime import date, datetime

from members import events
from members.models import Membership
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import people


@opened_for(Purpose.ACT)
def end_beside(
    *, membership: Membership, on: date, document: str, actor: Actor, now: datetime
) -> None:
    """End a membership beside the official one; the person stays where they belong.

    Raises: people.MemberNotMovable if it has ended already, or for a day before it
        began.
    """
    with events.written_last():
        current = people.beside(membership)
        people.end(current, on=on, ending=Membership.Ending.OVER)
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
