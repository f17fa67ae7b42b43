"""A cell with its people and the clerk above it."""

import pytest

from members.policy import Role
from tests.clients import english_client
from tests.factories import DistrictFactory, MemberFactory, PostFactory, UnitFactory


@pytest.fixture
def cell():
    return UnitFactory(code="1", name="Chi bộ thôn 1", parent=DistrictFactory())


@pytest.fixture
def people(cell):
    """Two members of the cell, the first of whom is its secretary."""
    first, second = (
        MemberFactory(full_name=name, cell=cell) for name in ("Lê Chi", "Đỗ Yến")
    )
    PostFactory(account=None, member=first, unit=cell, role=Role.SECRETARY)
    return first, second


@pytest.fixture
def clerk(cell):
    client = english_client()
    client.force_login(PostFactory(unit=cell.parent).account)
    return client
