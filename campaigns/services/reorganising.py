"""A reorganisation of the live tree enters an open campaign only by this door.

Source: docs/rules/lifecycle.md § 4.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.lifecycle import TAKES_ACTS, State
from campaigns.models import Campaign
from campaigns.services import custody, locking, replaying, tallies
from campaigns.services.opening import CampaignNotChangeable
from members import events
from members.models import UnitChange, UnitDecision
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services import units as unit_services

ENDS = (UnitChange.Act.MERGE, UnitChange.Act.CLOSE)


@opened_for(Purpose.ACT)
def carry_out(
    *, decision: UnitDecision, actor: Actor, now: datetime, system_reason: str = ""
) -> None:
    """Carry a decision out on the live tree; old campaigns get new custodians.

    No campaign's own tree or figures change.
    Raises: members.services.units.UnitNotChangeable.
    """
    with transaction.atomic():
        locking.hold_changed(decision)
        unit_services.apply_decision(
            decision=decision, actor=actor, now=now, system_reason=system_reason
        )
        ended = decision.changes.filter(act__in=ENDS, unit__isnull=False)
        custody.hand_over(ended.values_list("unit_id", flat=True))


@opened_for(Purpose.ACT)
def apply_reorganisation(
    *,
    campaign: Campaign,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    system_reason: str = "",
) -> None:
    """Replay a carried-out decision in a campaign: its tree, placements, figures.

    Raises: CampaignNotChangeable if the campaign is not running, the decision was
        not carried out, was applied here before or must wait for an earlier one, or
        does not fit what the campaign holds.
    """
    with transaction.atomic():
        # Read anew: the caller's may be from before it was carried out.
        carried = UnitDecision.objects.get(pk=decision.pk)
        locking.hold_changed(carried)
        locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        _refuse_unfit(locked, carried)
        with tallies.changing_all(locked):
            replayed = replaying.replay(locked, carried)
        locked.version += 1
        locked.save(update_fields=["version"])
        events.record(
            action="campaigns.reorganised",
            subject=locked,
            actor=actor,
            now=now,
            unit=locked.root_unit,
            data={
                "decision": carried.pk,
                "joined": replayed.joined,
                "left": replayed.left,
            },
            system_reason=system_reason,
        )


def _refuse_unfit(campaign: Campaign, decision: UnitDecision) -> None:
    if State(campaign.state) not in TAKES_ACTS:
        raise CampaignNotChangeable(
            _("“%(name)s” is in the state “%(state)s” and does not take this act.")
            % {"name": campaign.name, "state": campaign.get_state_display()}
        )
    if decision.applied_at is None:
        raise CampaignNotChangeable(
            _("Decision %s has not been carried out in the list of units yet.")
            % decision.number
        )
    if _is_applied(campaign, decision):
        raise CampaignNotChangeable(
            _("Decision %s has been applied to this campaign already.")
            % decision.number
        )
    assert campaign.opened_at is not None
    if decision.applied_at < campaign.opened_at and not campaign.imported_digest:
        raise CampaignNotChangeable(
            _("Decision %s was carried out before this campaign copied the units.")
            % decision.number
        )
    _refuse_before_its_turn(campaign, decision)


def _is_applied(campaign: Campaign, decision: UnitDecision) -> bool:
    return events.happened(
        action="campaigns.reorganised", subject=campaign, data={"decision": decision.pk}
    )


def _refuse_before_its_turn(campaign: Campaign, decision: UnitDecision) -> None:
    """Refuse a decision on units that an earlier one, not applied here, changed."""
    changes = decision.changes.values_list("unit_id", "target_id")
    concerned = {unit_id for pair in changes for unit_id in pair if unit_id}
    earlier = UnitDecision.objects.filter(
        Q(changes__unit__in=concerned) | Q(changes__target__in=concerned),
        Q(applied_at__lt=decision.applied_at)
        | Q(applied_at=decision.applied_at, pk__lt=decision.pk),
        applied_at__gte=campaign.opened_at,
    )
    for one in earlier.distinct().order_by("applied_at", "pk"):
        if not _is_applied(campaign, one):
            raise CampaignNotChangeable(
                _(
                    "Decision %(this)s changes units that decision %(earlier)s changed "
                    "before: apply that one first."
                )
                % {"this": decision.number, "earlier": one.number}
            )
