"""Divisions, as campaigns take them and as custodians see what was before."""

from datetime import date

import pytest

from campaigns.models import CampaignUnit
from campaigns.services import movements
from members.models import Member
from reports.queries import rollup_of
from tests.campaigns.decisions import (
    JULY,
    OPENED_ON,
    PEOPLE,
    TREE,
    apply,
    at,
    carry_out,
    fix,
    history,
    new_unit,
    open_campaign,
    presence,
    refusal,
    state_of,
)
from tests.small_worlds import (
    live,
    places_of,
    recounted,
    tallies_of,
    tree_of,
    unit_of,
)

pytestmark = pytest.mark.django_db

HALF_OF_X1 = ("DIVIDE", "X1", "Y1", {"parts": "P000"})


@pytest.fixture
def units():
    return live(TREE, PEOPLE)


@pytest.mark.parametrize("is_fixed", [False, True])
def test_named_people_go_to_the_receiving_cell_and_the_others_stay(units, is_fixed):
    campaign = open_campaign("c", "H")
    if is_fixed:
        fix(campaign)
    before = state_of(campaign)
    places = places_of(campaign)
    decision = carry_out("1", HALF_OF_X1)
    assert state_of(campaign) == before

    apply(campaign, decision)

    assert places_of(campaign) == places | {"P000": "Y1"}
    assert history("P000") == [
        ("X1", OPENED_ON, JULY, "OPENING"),
        ("Y1", JULY, None, "REORGANISATION"),
    ]
    assert tallies_of(campaign) == recounted(campaign)
    assert tree_of(campaign) == {
        "H": None, "X": "H", "X1": "X", "X2": "X", "Y": "H", "Y1": "Y",
    }  # fmt: skip


def test_a_committee_is_divided_among_two_and_closed(units):
    campaign = open_campaign("c", "P")
    before = rollup_of(unit_of(campaign, "P"), with_below=False).unit.figures

    apply(
        campaign,
        carry_out(
            "1",
            ("DIVIDE", "X", "Y", {"parts": "X1"}),
            ("DIVIDE", "X", "K", {"parts": "X2"}),
            ("CLOSE", "X", None, {}),
        ),
    )

    assert tree_of(campaign) == {
        "P": None, "H": "P", "Y": "H", "Y1": "Y", "X1": "Y", "K": "P", "K1": "K",
        "X2": "K",
    }  # fmt: skip
    after = rollup_of(unit_of(campaign, "P"), with_below=False).unit.figures
    assert after.members == before.members
    assert (before.grassroots.total, after.grassroots.total) == (3, 2)


def test_whoever_goes_to_a_part_outside_has_left(units):
    campaign = open_campaign("c", "X")

    apply(campaign, carry_out("1", HALF_OF_X1))

    assert presence(campaign) == {
        "P000": "LEFT", "P001": "PRESENT", "P002": "PRESENT", "P003": "PRESENT",
    }  # fmt: skip


def test_a_unit_given_to_one_outside_is_closed_here(units):
    campaign = open_campaign("c", "X")

    apply(campaign, carry_out("1", ("DIVIDE", "X", "Y", {"parts": "X1"})))

    assert tree_of(campaign) == {"X": None, "X2": "X"}
    assert {code for code, is_here in presence(campaign).items() if is_here == "LEFT"} \
        == {"P000", "P001"}  # fmt: skip


@pytest.mark.parametrize("is_fixed", [False, True])
def test_people_of_an_outside_unit_join_with_the_part_that_comes(units, is_fixed):
    campaign = open_campaign("c", "Y")
    if is_fixed:
        fix(campaign)

    apply(campaign, carry_out("1", HALF_OF_X1))

    assert places_of(campaign) == {"P004": "Y1", "P000": "Y1"}
    assert history("P000") == [("Y1", JULY, None, "REORGANISATION")]


def test_units_of_an_outside_unit_come_with_their_people(units):
    campaign = open_campaign("c", "Y")

    apply(campaign, carry_out("1", ("DIVIDE", "X", "Y", {"parts": "X2"})))

    assert tree_of(campaign) == {"Y": None, "Y1": "Y", "X2": "Y"}
    assert places_of(campaign) == {"P004": "Y1", "P002": "X2", "P003": "X2"}


def test_a_division_outside_is_no_matter_of_the_campaign(units):
    campaign = open_campaign("c", "K")
    before = state_of(campaign)

    apply(campaign, carry_out("1", HALF_OF_X1))

    assert state_of(campaign) == before


def test_a_part_for_a_cell_that_nobody_has_applied_here_is_refused(units):
    campaign = open_campaign("c", "H")
    carry_out("1", ("CREATE", None, "Y", new_unit("Y2", "CELL")))
    decision = carry_out("2", ("DIVIDE", "X1", "Y2", {"parts": "P000"}))

    assert refusal(campaign, decision) == (
        "Decision 2 changes units that decision 1 changed before: apply that one first."
    )


def test_a_later_decision_on_a_unit_that_was_given_away_waits_for_the_division(units):
    campaign = open_campaign("c", "H")
    carry_out("1", ("DIVIDE", "X", "Y", {"parts": "X1"}))
    decision = carry_out("2", ("RENAME", "X1", None, {"name": "Chi bộ khác"}))

    assert refusal(campaign, decision) == (
        "Decision 2 changes units that decision 1 changed before: apply that one first."
    )


def test_a_person_whom_the_fixed_roll_counts_elsewhere_stays_there(units):
    campaign = open_campaign("c", "H")
    fix(campaign)
    member = Member.objects.get(code="P002")
    movements.transfer_member(member=member, unit=at("X1"), on=date(2025, 6, 1))
    places = places_of(campaign)

    apply(campaign, carry_out("1", ("DIVIDE", "X1", "Y1", {"parts": "P000 P002"})))

    assert places_of(campaign) == places | {"P000": "Y1"}


def custodians(campaign) -> dict[str, tuple[str, bool]]:
    rows = CampaignUnit.objects.filter(campaign=campaign, code__startswith="X")
    found = rows.values_list("code", "custodian__code", "custody_by_closing")
    return {code: (custodian, by_closing) for code, custodian, by_closing in found}


def test_a_divided_unit_keeps_looking_after_its_old_rows_and_then_the_unit_above(units):
    campaign = open_campaign("c", "H")
    carry_out("1", ("DIVIDE", "X1", "Y1", {"parts": "P000"}))
    assert custodians(campaign)["X1"] == ("X1", False)

    carry_out("2", ("DIVIDE", "X1", "X2", {"parts": "P001"}), ("CLOSE", "X1", None, {}))

    assert custodians(campaign) == {
        "X": ("X", False),
        "X1": ("X", True),
        "X2": ("X2", False),
    }


@pytest.mark.parametrize(
    "going",
    [("MOVE", "X", "K", {}), ("MERGE", "X", "K", {}),
     ("DIVIDE", "X", "K", {"parts": "X1"})],
    ids=["moved", "merged", "divided"],
)  # fmt: skip
def test_what_goes_to_a_unit_that_comes_by_the_same_decision_waits_for_it(units, going):
    campaign = open_campaign("c", "H")
    people = presence(campaign)

    apply(campaign, carry_out("1", going, ("MOVE", "K", "H", {})))

    tree = tree_of(campaign)
    assert tree["K"] == "H"
    assert tree["X1"] == ("X" if going[0] == "MOVE" else "K")
    assert presence(campaign) == people | {"P005": "PRESENT", "P006": "PRESENT"}
    assert tallies_of(campaign) == recounted(campaign)
