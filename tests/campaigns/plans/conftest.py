"""A district that plans its campaign."""

import pytest

from tests.campaigns.plan_worlds import World


@pytest.fixture
def world():
    return World()
