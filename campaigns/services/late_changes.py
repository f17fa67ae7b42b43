"""The roll of a campaign after "Chốt danh sách": it follows by explicit acts alone.

Source: docs/rules/lifecycle.md § 3.
"""

from datetime import date, datetime

from django.utils.translation import gettext as _

from campaigns.lifecycle import State
from campaigns.models import Campaign, CampaignUnit, LateChange, Participant, Placement
from campaigns.services import following, locking, running
from campaigns.services.opening import CampaignNotChangeable
from members import events
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for


@opened_for(Purpose.ACT)
def follow_roll(
    *,
    campaign_id: int,
    member_id: int,
    on: date,
    document: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> LateChange:
    """Count somebody where the live roll has them, in a campaign whose roll is fixed.

    The person goes with everything recorded: it hangs on one row.
    Raises: CampaignNotChangeable if the roll is not fixed or the campaign is closed, or
        if it counts the person there already or not at all.
    """
    with events.written_last():
        locking.hold_cells(member_id=member_id)
        locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
        member = Member.objects.get(pk=member_id)
        if locked.state != State.ROLL_FIXED:
            raise CampaignNotChangeable(running.state_refused(locked))
        source = _unit_of(locked, member)
        home = following.live_home(member)
        following.bring_in_line(locked, member, home, on=on, event=Placement.Event.LATE)
        target = _unit_of(locked, member)
        if source == target and home != (source and source.live_unit):
            raise CampaignNotChangeable(
                _(
                    "The cell of %(person)s came by a decision that is not applied in "
                    "“%(campaign)s” yet: apply it first."
                )
                % {"campaign": locked.name, "person": member.full_name}
            )
        if source == target:
            raise CampaignNotChangeable(
                _("“%(campaign)s” counts %(person)s as the roll does already.")
                % {"campaign": locked.name, "person": member.full_name}
            )
        change = LateChange.objects.create(
            participant=Participant.objects.get(campaign=locked, member=member),
            source=source,
            target=target,
            on=on,
            document=document,
            reason=reason,
            at=now,
            by_id=actor.account_id,
        )
        where = target or source
        assert where is not None  # they differ
        events.record(
            action="campaigns.roll_followed",
            subject=change,
            member=member,
            actor=actor,
            now=now,
            unit=where.custodian,
            area=Area.ROLL_EDIT,
            data={"campaign": locked.pk},
        )
    return change


def _unit_of(campaign: Campaign, member: Member) -> CampaignUnit | None:
    """Return where the campaign counts somebody now."""
    placed = Placement.objects.open().filter(
        participant__campaign=campaign, participant__member=member
    )
    return CampaignUnit.objects.filter(pk__in=placed.values("unit")).first()
