"""Everybody reads who took out a roll while they stood on it, by when acts were recorded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from members import queries
from members.models import Membership, UnitChange, UnitState
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services import memberships, transfers
from members.services.decisions import apply_decision
from members.services.rolls.exporting import export_roll
from tests.factories import (
    DistrictFactory,
    MemberFactory,
    PostFactory,
    TransferFactory,
    UnitChangeFactory,
    UnitDecisionFactory,
    UnitFactory,
)
from tests.small_worlds import BY_COMMAND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = date(2024, 12, 1)


def at(day, hour=12) -> datetime:
    return datetime(2024, 12, day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def cells():
    above = DistrictFactory(code="H")
    units = {code: UnitFactory(code=code, parent=above) for code in "12"} | {"H": above}
    for unit in units.values():
        UnitState.objects.get_or_create(
            unit=unit,
            defaults={"name": unit.name, "kind": unit.kind, "parent": unit.parent,
                      "from_on": unit.opened_on},
        )  # fmt: skip
    return units


def take_out(unit, moment):
    """Let the office above, or the cell itself, take out a roll."""
    role = Role.CLERK if unit.parent_id is None else Role.SECRETARY
    actor = actor_for(PostFactory(unit=unit, role=role).account)
    export_roll(within=unit, actor=actor, now=moment, most=None)


def seen(member):
    return [each.at for each in queries.openings_of(member)][::-1]


def receive(member, cells, *, on, moment):
    sent = TransferFactory(
        member=member, source=cells["1"], target=cells["2"], leaves_on=on
    )
    actor = actor_for(PostFactory(unit=cells["2"], role=Role.SECRETARY).account)
    transfers.receive_transfer(transfer=sent, on=on, actor=actor, now=moment)


def test_a_roll_that_was_taken_out_before_the_receipt_was_recorded(cells):
    member = MemberFactory(cell=cells["1"])
    for code in "12":
        take_out(cells[code], at(5))

    TransferFactory(
        member=member,
        kind="TEMPORARY",
        source=cells["1"],
        target=cells["2"],
        state="RECEIVED",
        settled_on=DAY,
        settled_at=at(3),
    )
    receive(member, cells, on=DAY, moment=at(9))
    for code in "12":
        take_out(cells[code], at(12))
    take_out(cells["H"], at(13))

    # The old cell's of the 5th held the person, that of the new one did not.
    assert seen(member) == [at(5), at(12), at(13)]


def test_on_the_day_itself_the_hour_counts(cells):
    member = MemberFactory(cell=cells["1"])
    take_out(cells["1"], at(9, 8))
    receive(member, cells, on=date(2024, 12, 9), moment=at(9, 10))
    take_out(cells["1"], at(9, 11))

    assert seen(member) == [at(9, 8)]


def test_who_left_is_in_no_later_roll_until_they_come_back(cells):
    member = MemberFactory(cell=cells["1"])
    by = {**BY_COMMAND, "now": at(10)}
    memberships.end_membership(
        member=member, on=DAY, ending=Membership.Ending.LEFT, **by
    )
    for day in (5, 11):
        take_out(cells["1"], at(day))

    assert seen(member) == [at(5)]


@pytest.mark.parametrize("act", ["MOVE", "MERGE"])
def test_what_was_taken_out_above_before_a_reorganisation_stays_told(cells, act):
    member = MemberFactory(cell=cells["1"])
    other = DistrictFactory(code="K")
    into = UnitFactory(code="3", parent=other)
    take_out(cells["H"], at(5))
    take_out(other, at(5) + timedelta(minutes=1))
    decision = UnitDecisionFactory(effective_on=DAY)
    UnitChangeFactory(
        decision=decision,
        act=UnitChange.Act(act),
        unit=cells["1"],
        target=other if act == "MOVE" else into,
    )

    apply_decision(decision=decision, actor=SYSTEM, now=at(9), system_reason="test")
    take_out(cells["H"], at(12))
    take_out(other, at(13))

    assert seen(member) == [at(5), at(13)]
