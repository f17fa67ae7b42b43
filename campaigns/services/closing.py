"""Closing a campaign: from then on nothing of it changes, but for what § 7.3 names.

Source: docs/rules/lifecycle.md § 7.
"""

from datetime import datetime

from django.db import transaction

from campaigns.lifecycle import State
from campaigns.models import Campaign
from campaigns.services import opening, tallies
from members import events
from members.policy import Actor
from members.row_security import Purpose, opened_for


@opened_for(Purpose.ACT)
def close_campaign(
    *,
    campaign: Campaign,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    system_reason: str = "",
) -> Campaign:
    """Close a campaign whose roll is fixed; nothing leads back.

    All its units are held, so that whoever holds one comes before, and whoever waits
    for one finds the campaign closed.
    `version`: that of the campaign, as it was shown.
    Raises: opening.CampaignNotChangeable if its roll is not fixed, or it is closed;
        versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        locked = opening.held_before(campaign, State.CLOSED, version=version)
        tallies.hold_units(locked)
        locked.closed_at = now
        locked.state = Campaign.State.CLOSED
        locked.only_imported = False  # no file replaces it any more
        locked.version += 1
        locked.save(update_fields=["closed_at", "state", "only_imported", "version"])
        events.record(
            action="campaigns.closed",
            subject=locked,
            actor=actor,
            now=now,
            unit=locked.root_unit,
            system_reason=system_reason,
        )
    return locked
