"""How far somebody has to set an example: posts propose it, the cell confirms it.

Source: docs/rules/rolls.md § 11.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from members import events
from members.models import Exemplarity, Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import memberships
from members.services.versions import locked_version


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The level of one person, on the version that was shown."""

    member: Member
    version: int
    level: Exemplarity


@opened_for(Purpose.ACT)
def confirm(
    confirmations: Sequence[Confirmation], *, actor: Actor, now: datetime
) -> None:
    """Confirm the level of each person, for the posts that they hold now; all or none.

    Raises: versions.ChangedMeanwhile.
    """
    with events.written_last():
        for each in sorted(confirmations, key=lambda one: one.member.pk):
            _confirm_one(each, actor, now)


def _confirm_one(confirmation: Confirmation, actor: Actor, now: datetime) -> None:
    member = locked_version(
        Member.objects.with_exemplarity(),
        confirmation.member,
        version=confirmation.version,
    )
    member.exemplarity = confirmation.level
    member.exemplarity_for = member.exemplarity_proposed
    member.version += 1
    member.save(update_fields=["exemplarity", "exemplarity_for", "version"])
    events.record(
        action="members.exemplarity_confirmed",
        subject=member,
        member=member,
        actor=actor,
        now=now,
        unit=memberships.cell_of(member),
        area=Area.ROLL_EDIT,
        data={"kind": confirmation.level},
    )
