"""How a campaign has its pledges written: set by who runs it.

Source: docs/rules/pledges.md § 1.
"""

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from campaigns.models import Campaign, PledgeSetup
from campaigns.services.written.states import demand_running
from members import events
from members.policy import Actor, Area
from members.services.versions import locked_version


class SetupFacts(TypedDict):
    """The columns that people choose and write."""

    form: str
    short_form: str
    preamble: str
    guidance: dict[str, str]
    needs_criteria: bool
    is_published: bool


def change_setup(
    *, campaign: Campaign, version: int, facts: SetupFacts, actor: Actor, now: datetime
) -> None:
    """Set forms, preamble, guidance and who reads; what is begun keeps its form.

    Raises: ChangedMeanwhile if somebody else has changed it; WritingRefused if the
        campaign takes no acts.
    """
    with transaction.atomic():
        demand_running(Campaign.objects.get(pk=campaign.pk))
        setup, _made = PledgeSetup.objects.get_or_create(campaign=campaign)
        current = locked_version(PledgeSetup.objects.all(), setup, version=version)
        for name, value in facts.items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        events.record(
            action="pledges.set_up",
            subject=current,
            actor=actor,
            now=now,
            unit=campaign.root_unit,
            area=Area.CAMPAIGN,
            data={"campaign": campaign.pk},
        )
