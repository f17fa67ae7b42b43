"""A cell with its people and a meeting."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Campaign, Participant
from members import queries as registry
from tests.campaigns.meetings.acts import BY
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    MeetingFactory,
    ParticipantFactory,
    PlacementFactory,
)


@pytest.fixture(autouse=True)
def by_somebody():
    """Everything here is done by one account."""
    BY["actor"] = registry.actor_for(AccountFactory())


@pytest.fixture
def cell():
    """A cell of an open campaign."""
    campaign = CampaignFactory(
        state=Campaign.State.OPEN,
        opened_at=datetime(2024, 1, 15, 5, tzinfo=UTC),
        rule_set_resolved={},
    )
    root = CampaignUnitFactory(campaign=campaign)
    return CampaignUnitFactory(campaign=campaign, parent=root)


@pytest.fixture
def people(cell):
    """Three who are expected, one who is exempt, one who has left."""
    names = ("An", "Bình", "Cúc")
    found = [
        PlacementFactory(
            unit=cell,
            participant=ParticipantFactory(
                campaign=cell.campaign, full_name=name, sort_key=name.lower()
            ),
        ).participant
        for name in names
    ]
    exempt = ParticipantFactory(
        campaign=cell.campaign, status=Participant.Status.EXEMPT
    )
    PlacementFactory(unit=cell, participant=exempt)
    gone = ParticipantFactory(campaign=cell.campaign)
    PlacementFactory(unit=cell, participant=gone, until_on=date(2024, 2, 1))
    return found


@pytest.fixture
def meeting(cell):
    return MeetingFactory(unit=cell)
