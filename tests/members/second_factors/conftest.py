"""What the tests of second factors share: noon, and two who need one."""

import pytest
import time_machine

from members.policy import Role
from tests.factories import NOON, AccountFactory, MemberFactory, PostFactory


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def secretary():
    """A secretary from noon on, whose log-in is "yen"."""
    account = AccountFactory(login="yen", created_at=NOON)
    PostFactory(account=account, role=Role.SECRETARY, from_on=NOON.date())
    return account


@pytest.fixture
def cell(district):
    return district["1"]


@pytest.fixture
def deputy(cell):
    """Somebody of the cell who holds a post in it and has an account."""
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    PostFactory(member=member, unit=cell, role=Role.DEPUTY_SECRETARY)
    return AccountFactory(member=member, login="an")
