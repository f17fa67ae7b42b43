"""People flow into open campaigns, and into no other."""

import threading
from datetime import date

import pytest
from django.db import transaction

from campaigns.models import Campaign, Participant
from campaigns.services import movements, opening
from members.models import Membership, PartyUnit
from members.services import memberships, units
from tests.campaigns.movement_worlds import (
    IN_MAY,
    MAY,
    OPENED_ON,
    PEOPLE,
    TREE,
    campaign_of,
    history,
    open_campaign,
    person,
    state_of,
)
from tests.small_worlds import (
    BY_COMMAND,
    live,
    places_of,
    recounted,
    tallies_of,
    together,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The live units, of which the district H is in an open campaign."""
    found = live(TREE, PEOPLE)
    open_campaign(found["H"], "dot-2024")
    return found


def test_who_is_admitted_joins_the_campaign_where_the_cell_is(world):
    movements.admit_member(
        unit=world["X2"],
        code="N1",
        full_name="Đỗ  Thị Ơn",
        on=MAY,
        gender="F",
        **IN_MAY,
    )

    joined = Participant.objects.get(member__code="N1")
    assert (joined.full_name, joined.gender, joined.admitted_on) == (
        "Đỗ Thị Ơn",
        "F",
        "2025-05-06",
    )
    assert joined.sort_key == person("N1").sort_key
    assert history("N1") == [("X2", MAY, None, "ADMISSION"), "PRESENT"]
    assert tallies_of(campaign_of())["X2", "MEMBERS", "COMMUNE"]["present"] == 2


def test_who_is_admitted_elsewhere_joins_nothing(world):
    movements.admit_member(
        unit=world["K"], code="N1", full_name="Đỗ Thị Ơn", on=MAY, **IN_MAY
    )

    assert history("N1") == []


def test_a_transfer_inside_ends_one_placement_and_begins_another(world):
    movements.transfer_member(member=person("P000"), unit=world["X2"], on=MAY)

    assert history("P000") == [
        ("X1", OPENED_ON, MAY, "OPENING"),
        ("X2", MAY, None, "TRANSFER"),
        "PRESENT",
    ]
    assert {
        unit: counts["present"]
        for (unit, subject, _), counts in tallies_of(campaign_of()).items()
        if subject == "MEMBERS"
    } == {"X1": 1, "X2": 2}
    assert tallies_of(campaign_of()) == recounted(campaign_of())


def test_a_transfer_dated_before_the_opening_begins_where_the_other_ends(world):
    movements.transfer_member(
        member=person("P000"), unit=world["X2"], on=date(2024, 6, 1)
    )

    assert history("P000") == [
        ("X1", OPENED_ON, OPENED_ON, "OPENING"),
        ("X2", OPENED_ON, None, "TRANSFER"),
        "PRESENT",
    ]


def test_who_is_transferred_outside_has_left_and_comes_back_with_everything(world):
    movements.transfer_member(member=person("P000"), unit=world["K"], on=MAY)

    assert history("P000") == [("X1", OPENED_ON, MAY, "OPENING"), "LEFT"]
    assert tallies_of(campaign_of())["X1", "MEMBERS", "COMMUNE"]["present"] == 1

    Participant.objects.filter(member__code="P000").update(pledge_state="CONFIRMED")
    movements.transfer_member(
        member=person("P000"), unit=world["X2"], on=date(2025, 8, 1)
    )

    assert history("P000") == [
        ("X1", OPENED_ON, MAY, "OPENING"),
        ("X2", date(2025, 8, 1), None, "TRANSFER"),
        "PRESENT",
    ]
    assert Participant.objects.get(member__code="P000").pledge_state == "CONFIRMED"
    assert tallies_of(campaign_of()) == recounted(campaign_of())


def test_who_comes_from_outside_by_transfer_joins(world):
    movements.transfer_member(member=person("P003"), unit=world["X1"], on=MAY)

    assert history("P003") == [("X1", MAY, None, "TRANSFER"), "PRESENT"]


@pytest.mark.parametrize(
    ("ending", "presence"),
    [("DIED", "DIED"), ("LEFT", "LEFT"), ("EXPELLED", "LEFT"), ("STRUCK_OFF", "LEFT")],
)
def test_who_leaves_or_dies_is_in_no_figure(world, ending, presence):
    movements.end_membership(
        member=person("P002"), on=MAY, ending=Membership.Ending(ending), **IN_MAY
    )

    assert history("P002") == [("X2", OPENED_ON, MAY, "OPENING"), presence]
    assert ("X2", "MEMBERS", "COMMUNE") not in tallies_of(campaign_of())
    assert tallies_of(campaign_of()) == recounted(campaign_of())


@pytest.mark.parametrize("state", ["DRAFT", "ROLL_FIXED", "CLOSED"])
def test_nothing_flows_in_unless_the_campaign_is_open(world, state):
    Campaign.objects.update(state=state, roll_fixed_at=BY_COMMAND["now"],
                            closed_at=BY_COMMAND["now"])  # fmt: skip
    before = state_of(campaign_of())

    movements.admit_member(
        unit=world["X2"], code="N1", full_name="Đỗ Thị Ơn", on=MAY, **IN_MAY
    )
    movements.transfer_member(member=person("P000"), unit=world["X2"], on=MAY)
    movements.transfer_member(member=person("P001"), unit=world["K"], on=MAY)
    movements.end_membership(
        member=person("P002"), on=MAY, ending=Membership.Ending.DIED, **IN_MAY
    )

    assert state_of(campaign_of()) == before


def test_each_open_campaign_that_knows_the_person_follows(world):
    next_year = open_campaign(world["X"], "dot-2025", year=2025)

    movements.transfer_member(member=person("P000"), unit=world["X2"], on=MAY)

    assert places_of(campaign_of())["P000"] == places_of(next_year)["P000"] == "X2"


def test_a_refused_movement_changes_neither_roll_nor_campaign(world):
    before = state_of(campaign_of())

    with pytest.raises(memberships.MemberNotMovable):
        movements.transfer_member(member=person("P000"), unit=world["X"], on=MAY)
    with pytest.raises(memberships.MemberNotMovable):
        movements.admit_member(
            unit=world["X1"], code="P000", full_name="A", on=MAY, **IN_MAY
        )

    assert state_of(campaign_of()) == before


def test_who_goes_to_a_cell_that_no_decision_has_brought_in_stays(world):
    new = units.create_unit(
        code="X3", name="Chi bộ X3", kind="CELL", on=MAY, parent=world["X"]
    )
    before = state_of(campaign_of())

    movements.transfer_member(member=person("P000"), unit=new, on=MAY)

    assert state_of(campaign_of()) == before


def test_a_unit_that_moved_away_on_the_live_tree_alone_is_still_inside(world):
    PartyUnit.objects.filter(code="X2").update(
        parent=world["P"], path=units.next_path(world["P"])
    )

    movements.transfer_member(
        member=person("P000"), unit=PartyUnit.objects.get(code="X2"), on=MAY
    )

    assert places_of(campaign_of())["P000"] == "X2"


def version_of(code: str) -> int:
    return Participant.objects.get(member__code=code).version


def test_every_movement_makes_a_new_version_of_who_moves_and_of_nobody_else(world):
    movements.admit_member(
        unit=world["X2"], code="N1", full_name="Đỗ Thị Ơn", on=MAY, **IN_MAY
    )
    joined = version_of("N1")

    movements.transfer_member(member=person("P000"), unit=world["X2"], on=MAY)
    moved = version_of("P000")
    movements.transfer_member(member=person("P000"), unit=world["K"], on=MAY)
    left = version_of("P000")
    movements.transfer_member(member=person("P000"), unit=world["X1"], on=MAY)

    assert (joined, moved, left, version_of("P000")) == (1, 2, 3, 4)
    assert (version_of("N1"), version_of("P001")) == (1, 1)


def test_one_movement_asks_the_same_queries_in_a_cell_of_any_size(
    db, django_assert_num_queries
):
    found = live(TREE, {"X1": "NOT_REVIEWED " * 40, "K": "NOT_REVIEWED"})
    open_campaign(found["H"], "dot-2024")

    for code in ("P000", "P001"):
        with django_assert_num_queries(29):
            movements.transfer_member(member=person(code), unit=found["X2"], on=MAY)


@pytest.mark.django_db(transaction=True)
def test_a_movement_that_waited_for_the_fixing_of_the_roll_stays_out():
    world = live(TREE, PEOPLE)
    campaign = open_campaign(world["H"], "dot-2024")
    before = state_of(campaign)
    fixed = threading.Event()

    def fix() -> None:
        with transaction.atomic():
            opening.fix_roll(campaign=campaign, **BY_COMMAND)
            fixed.set()
            threading.Event().wait(0.3)

    def move() -> None:
        assert fixed.wait(10)
        movements.transfer_member(member=person("P000"), unit=world["X2"], on=MAY)

    together(fix, move)

    assert state_of(campaign) == before
    assert (
        Membership.objects.current().get(member__code="P000").unit_id == world["X2"].pk
    )
