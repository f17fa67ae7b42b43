"""A cell in a campaign whose first step has its days."""

import pytest
from django.utils import translation

from campaigns.lifecycle import State
from tests.factories import (
    NOON,
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    PhaseFactory,
    PledgeSetupFactory,
    UnitFactory,
)


@pytest.fixture
def campaign():
    campaign = CampaignFactory(
        state=State.OPEN, opened_at=NOON, rule_set_resolved={}, rule_set_sha256="x"
    )
    PledgeSetupFactory(campaign=campaign, needs_criteria=False)
    return campaign


@pytest.fixture
def cell(campaign):
    root = CampaignUnitFactory(campaign=campaign)
    above = CampaignUnitFactory(
        campaign=campaign,
        parent=root,
        live_unit=GrassrootsFactory(parent=root.live_unit),
    )
    live = UnitFactory(parent=above.live_unit, kind="CELL")
    return CampaignUnitFactory(campaign=campaign, parent=above, live_unit=live)


@pytest.fixture
def phase(campaign):
    return PhaseFactory(campaign=campaign)


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
