"""Acts on the tree, done and taken back: what the page shows before one confirms.

The same code as the acts themselves, so that it refuses what they would refuse.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from campaigns.models import Campaign
from campaigns.queries import CampaignCounts, ChangedUnits, changed_units, counts_of
from campaigns.queries.reorganisations import units_held
from campaigns.services import reorganising
from campaigns.services.replaying import Replayed
from members.models import UnitDecision
from members.policy import Actor
from members.services.changing import Carried


@dataclass(frozen=True, slots=True)
class Trial:
    """What applying a decision would change in a campaign."""

    before: CampaignCounts
    after: CampaignCounts
    units: ChangedUnits
    people: Replayed


def try_carry_out(*, decision: UnitDecision, actor: Actor, now: datetime) -> Carried:
    """Tell what carrying a decision out would change; nothing of it stays.

    Raises: members.services.units.UnitNotChangeable, as the act itself would.
    """
    with transaction.atomic():
        carried = reorganising.carry_out(decision=decision, actor=actor, now=now)
        transaction.set_rollback(True)
    return carried


def try_reorganisation(
    *, campaign: Campaign, decision: UnitDecision, actor: Actor, now: datetime
) -> Trial:
    """Tell what applying a decision would change in a campaign; nothing of it stays.

    Raises: CampaignNotChangeable, as the act itself would.
    """
    with transaction.atomic():
        before, held = counts_of(campaign), units_held(campaign)
        people = reorganising.apply_reorganisation(
            campaign=campaign, decision=decision, actor=actor, now=now
        )
        trial = Trial(
            before=before,
            after=counts_of(campaign),
            units=changed_units(campaign, decision, held_before=held),
            people=people,
        )
        transaction.set_rollback(True)
    return trial
