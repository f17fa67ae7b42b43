"""What several tests of the registry share."""

import pytest

from tests.factories import DistrictFactory, GrassrootsFactory, UnitFactory


@pytest.fixture
def district():
    """A with the committees G and H; G has the cells 1 and 2, H the cell 3."""
    a = DistrictFactory(code="A")
    g = GrassrootsFactory(code="G", parent=a)
    h = GrassrootsFactory(code="H", parent=a)
    made = {"A": a, "G": g, "H": h}
    for code, parent in (("1", g), ("2", g), ("3", h)):
        made[code] = UnitFactory(code=code, parent=parent)
    return made
