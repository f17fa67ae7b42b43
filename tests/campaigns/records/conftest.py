"""A district with a cell, a member of it and an inspection commission."""

import pytest

from members.policy import Role
from tests.campaigns.record_pages import holder
from tests.factories import (
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
    UnitFactory,
)


@pytest.fixture
def district():
    return DistrictFactory(code="H", name="Đảng bộ huyện H")


@pytest.fixture
def cell(district):
    return UnitFactory(
        code="X1", name="Chi bộ X1", parent=GrassrootsFactory(code="X", parent=district)
    )


@pytest.fixture
def member(cell):
    return MemberFactory(code="P1", full_name="Lê Chi", cell=cell)


@pytest.fixture
def commission(district):
    return holder(district, Role.INSPECTION_COMMISSION)
