"""A reorganisation of the live tree enters an open campaign only by this door.

Source: docs/rules/lifecycle.md § 4.
"""

from contextlib import ExitStack
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from campaigns.services import custody, locking, replaying, running, tallies
from campaigns.services.opening import CampaignNotChangeable
from campaigns.services.replaying import Replayed
from members import events
from members.models import UnitDecision, UnitPart
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import decisions
from members.services.changing import Carried
from members.services.versions import ChangedMeanwhile


@opened_for(Purpose.ACT)
def carry_out(
    *,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    system_reason: str = "",
) -> Carried:
    """Carry a decision out on the live tree; old campaigns get new custodians.

    No campaign's own tree or figures change.
    Raises: members.services.units.UnitNotChangeable;
        members.services.versions.ChangedMeanwhile for a later `version`.
    """
    with events.written_last():
        locking.hold_changed(decision)
        carried = decisions.apply_decision(
            decision=decision,
            actor=actor,
            now=now,
            version=version,
            system_reason=system_reason,
        )
        ended = decision.changes.filter(act__in=decisions.CLOSING, unit__isnull=False)
        custody.hand_over(ended.values_list("unit_id", flat=True))
    return carried


@opened_for(Purpose.ACT)
def apply_reorganisation(
    *,
    campaign: Campaign,
    decision: UnitDecision,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    system_reason: str = "",
) -> Replayed:
    """Replay a carried-out decision in a campaign: its tree, placements, figures.

    What hangs on the tree and is kept elsewhere follows (`settings.TREE_FOLLOWERS`).
    `version`: that of the campaign, as it was shown.
    Raises: versions.ChangedMeanwhile; CampaignNotChangeable if the campaign is not
        running, the decision was not carried out, was applied here before or must wait
        for an earlier one, or does not fit what the campaign holds.
    """
    with events.written_last():
        # Read anew: the caller's may be from before it was carried out.
        carried = UnitDecision.objects.get(pk=decision.pk)
        locking.hold_changed(carried)
        locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        _refuse_unfit(locked, carried)
        if version not in (None, locked.version):
            raise ChangedMeanwhile(locked)
        with ExitStack() as following:
            for path in settings.TREE_FOLLOWERS:
                follow = import_string(path)
                following.enter_context(
                    follow(
                        campaign=locked,
                        decision=carried,
                        actor=actor,
                        now=now,
                        system_reason=system_reason,
                    )
                )
            touched = following.enter_context(tallies.changing_tree(locked))
            replayed = replaying.replay(locked, carried)
            touched |= replayed.units
        locked.version += 1
        locked.save(update_fields=["version"])
        events.record(
            action="campaigns.reorganised",
            subject=locked,
            actor=actor,
            now=now,
            unit=locked.root_unit,
            area=Area.UNITS,
            data={
                "decision": carried.pk,
                "joined": len(replayed.joined),
                "left": len(replayed.left),
            },
            system_reason=system_reason,
        )
    return replayed


def _refuse_unfit(campaign: Campaign, decision: UnitDecision) -> None:
    running.demand_running(campaign, CampaignNotChangeable)
    if decision.applied_at is None:
        raise CampaignNotChangeable(
            _("Decision %s has not been carried out in the list of units yet.")
            % decision.number
        )
    if is_applied(campaign, decision):
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


def is_carried_out(decision: UnitDecision) -> bool:
    """Tell whether somebody has carried a decision out, by what is stored now."""
    return UnitDecision.objects.filter(
        pk=decision.pk, applied_at__isnull=False
    ).exists()


def is_applied(campaign: Campaign, decision: UnitDecision) -> bool:
    """Tell whether a campaign has taken a decision."""
    return events.happened(
        action="campaigns.reorganised", subject=campaign, data={"decision": decision.pk}
    )


def _refuse_before_its_turn(campaign: Campaign, decision: UnitDecision) -> None:
    """Refuse a decision on units that an earlier one, not applied here, changed."""
    changes = decision.changes.values_list("unit_id", "target_id")
    parts = UnitPart.objects.filter(change__decision=decision).values_list("unit_id")
    concerned = {one for each in (*changes, *parts) for one in each if one}
    earlier = UnitDecision.objects.filter(
        Q(changes__unit__in=concerned)
        | Q(changes__target__in=concerned)
        | Q(changes__parts__unit__in=concerned),
        Q(applied_at__lt=decision.applied_at)
        | Q(applied_at=decision.applied_at, pk__lt=decision.pk),
        applied_at__gte=campaign.opened_at,
    )
    for one in earlier.distinct().order_by("applied_at", "pk"):
        if not is_applied(campaign, one):
            raise CampaignNotChangeable(
                _(
                    "Decision %(this)s changes units that decision %(earlier)s changed "
                    "before: apply that one first."
                )
                % {"this": decision.number, "earlier": one.number}
            )
