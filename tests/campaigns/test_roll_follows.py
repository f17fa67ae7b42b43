"""Transfers and pauses, as open campaigns follow them."""

from datetime import date

import pytest

from campaigns.models import Campaign, Participant
from campaigns.services import movements, opening
from members.models import ActivityPause, Member, Transfer
from members.services import transfers
from tests.campaigns.movement_worlds import (
    IN_MAY,
    MAY,
    PEOPLE,
    TREE,
    campaign_of,
    history,
    open_campaign,
    person,
    state_of,
)
from tests.factories import ActivityPauseFactory
from tests.members.keepers import keeper_of
from tests.small_worlds import BY_COMMAND, live, recounted, tallies_of

pytestmark = pytest.mark.django_db

OPENED_ON = date(2024, 12, 31)
DOCUMENT = "Giấy giới thiệu số 5"


@pytest.fixture
def world():
    """The live units, of which the district H is in an open campaign."""
    found = live(TREE, PEOPLE)
    open_campaign(found["H"], "dot-2024")
    return found


def sent(world, code: str, target: str, kind=Transfer.Kind.FORMAL) -> Transfer:
    return transfers.send_transfer(
        member=person(code),
        target=world[target],
        kind=kind,
        leaves_on=MAY,
        document=DOCUMENT,
        comment="Tốt.",
        actor=keeper_of(world["X1"]),
        now=IN_MAY["now"],
    )


def receive(world, transfer: Transfer) -> None:
    movements.receive_transfer(
        transfer=transfer,
        on=MAY,
        actor=keeper_of(transfer.target),
        now=IN_MAY["now"],
    )


def pause(world, code: str, kind=ActivityPause.Kind.EXEMPT) -> None:
    movements.begin_pause(
        member=person(code),
        kind=kind,
        from_on=MAY,
        document=DOCUMENT,
        actor=keeper_of(world["X1"]),
        now=IN_MAY["now"],
    )


def counts(unit: str) -> dict[str, int]:
    """What a cell's people count as, without zeros."""
    row = tallies_of(campaign_of())[unit, "MEMBERS", "COMMUNE"]
    return {name: count for name, count in row.items() if count}


def test_sending_moves_nobody_and_receiving_does(world):
    before = state_of(campaign_of())

    transfer = sent(world, "P000", "X2")

    assert state_of(campaign_of()) == before
    receive(world, transfer)
    assert history("P000") == [
        ("X1", OPENED_ON, MAY, "OPENING"),
        ("X2", MAY, None, "TRANSFER"),
        "PRESENT",
    ]
    assert counts("X2") == {"present": 2, "not_reviewed": 2}
    assert tallies_of(campaign_of()) == recounted(campaign_of())


def test_a_temporary_transfer_changes_no_campaign(world):
    before = state_of(campaign_of())

    receive(world, sent(world, "P000", "X2", Transfer.Kind.TEMPORARY))

    assert state_of(campaign_of()) == before


def test_who_goes_to_a_unit_that_is_not_kept_here_leaves_the_campaign(world):
    movements.send_outside(
        member=person("P000"),
        outside="Tỉnh khác",
        leaves_on=MAY,
        document=DOCUMENT,
        comment="Tốt.",
        actor=keeper_of(world["X1"]),
        now=IN_MAY["now"],
    )

    assert history("P000") == [("X1", OPENED_ON, MAY, "OPENING"), "LEFT"]
    assert counts("X1") == {"present": 1, "not_reviewed": 1}


@pytest.mark.parametrize(
    ("kind", "column"), [("EXEMPT", "exempt"), ("SUSPENDED", "suspended")]
)
def test_who_is_exempt_or_suspended_counts_so_until_it_ends(world, kind, column):
    pause(world, "P000", ActivityPause.Kind(kind))

    assert counts("X1") == {"present": 2, "not_reviewed": 1, column: 1}
    movements.end_pause(
        member=person("P000"),
        on=MAY,
        document=DOCUMENT,
        actor=keeper_of(world["X1"]),
        now=IN_MAY["now"],
    )
    assert counts("X1") == {"present": 2, "not_reviewed": 2}
    assert tallies_of(campaign_of()) == recounted(campaign_of())


def test_who_was_assessed_keeps_the_level(world):
    Participant.objects.filter(member=person("P000")).update(
        status="ASSESSED", level="GOOD", is_imported=True
    )
    before = state_of(campaign_of())

    pause(world, "P000")

    assert Participant.objects.get(member=person("P000")).level == "GOOD"
    assert state_of(campaign_of())[1] == before[1]


def test_once_the_roll_is_fixed_a_pause_changes_no_campaign(world):
    opening.fix_roll(campaign=campaign_of(), **BY_COMMAND)
    before = state_of(campaign_of())

    pause(world, "P000")

    assert state_of(campaign_of()) == before


def test_opening_and_joining_copy_who_is_exempt():
    world = live(TREE, PEOPLE)
    ActivityPauseFactory(member=person("P000"))
    ActivityPauseFactory(member=person("P003"), kind="SUSPENDED")
    ended = ActivityPauseFactory(member=person("P001"))
    ActivityPause.objects.filter(pk=ended.pk).update(until_on=MAY)
    open_campaign(world["H"], "dot-2024")

    movements.transfer_member(member=person("P003"), unit=world["X1"], on=MAY)

    statuses = Participant.objects.order_by("member__code")
    assert dict(statuses.values_list("member__code", "status")) == {
        "P000": "EXEMPT",
        "P001": "NOT_REVIEWED",
        "P002": "NOT_REVIEWED",
        "P003": "SUSPENDED",
    }
    assert Campaign.objects.count() == 1
    assert Member.objects.count() == 4
