"""What several tests of the registry share."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """The language of the source, in which refusals are compared."""
    with translation.override("en"):
        yield
