"""A committee, its cells and the people who put things right."""

import pytest

from tests.reviews.remediation_worlds import Place


@pytest.fixture
def place(settings):
    settings.LANGUAGE_CODE = "en"
    return Place()
