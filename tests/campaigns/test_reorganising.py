"""A reorganisation of the live tree enters a campaign only when it is applied there."""

from datetime import date

import pytest

from campaigns.models import CampaignUnit, Participant
from campaigns.services import movements
from members.models import Member
from members.services.units import create_unit
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
    BY_COMMAND,
    live,
    places_of,
    recounted,
    tallies_of,
    tree_of,
    unit_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return live(TREE, PEOPLE)


CASES = {
    "create": [("CREATE", None, "X", new_unit("X3", "CELL"))],
    "rename": [("RENAME", "X", None, {"name": "Phường X", "sector": "WARD"})],
    "move": [("MOVE", "X2", "Y", {})],
    "merge": [("MERGE", "X", "Y", {})],
    "close": [("MERGE", "Y1", "X1", {}), ("CLOSE", "Y", None, {})],
    "move outside": [("MOVE", "X", "K", {})],
    "merge outside": [("MERGE", "Y", "K", {})],
    "move inside": [("MOVE", "K1", "H", {})],
    "merge inside": [("MERGE", "K", "H", {})],
}


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
@pytest.mark.parametrize("is_fixed", [False, True])
def test_carrying_out_on_the_live_tree_changes_nothing_in_a_campaign(
    units, changes, is_fixed
):
    campaign = open_campaign("c", "H")
    if is_fixed:
        fix(campaign)
    before = state_of(campaign)

    carry_out("1", *changes)

    assert state_of(campaign) == before


@pytest.mark.parametrize("changes", CASES.values(), ids=CASES)
@pytest.mark.parametrize("is_fixed", [False, True])
def test_applying_it_recounts_everything_and_leaves_other_campaigns_alone(
    units, changes, is_fixed
):
    campaign = open_campaign("c", "H")
    other = open_campaign("other", "H", year=2025)
    if is_fixed:
        fix(campaign)
    untouched = state_of(other)
    decision = carry_out("1", *changes)

    before = state_of(campaign)
    apply(campaign, decision)

    assert state_of(campaign) != before
    assert tallies_of(campaign) == recounted(campaign)
    assert state_of(other) == untouched
    open_units = CampaignUnit.objects.filter(campaign=campaign, closed_on=None)
    for unit in open_units.select_related("parent"):
        assert unit.path[:-7] == (unit.parent.path if unit.parent else "")


def test_a_created_unit_stands_below_the_unit_above_it_and_is_rated(units):
    campaign = open_campaign("c", "H")

    apply(campaign, carry_out("1", ("CREATE", None, "X", new_unit("X3", "CELL"))))

    created = unit_of(campaign, "X3")
    assert tree_of(campaign)["X3"] == "X"
    assert (created.figure_sector, created.grassroots.code) == ("COMMUNE", "X")
    assert tallies_of(campaign)["X", "CELLS", "COMMUNE"]["not_reviewed"] == 3


OUTSIDE = {
    "create": [("CREATE", None, "K", new_unit("K2", "CELL"))],
    "rename": [("RENAME", "K1", None, {"name": "Chi bộ khác"})],
    "move": [("MOVE", "K1", "P", {})],
    "merge": [("MERGE", "K", "P", {})],
    "close": [("MOVE", "K1", "P", {}), ("CLOSE", "K", None, {})],
}


@pytest.mark.parametrize("changes", OUTSIDE.values(), ids=OUTSIDE)
def test_what_changes_outside_is_no_matter_of_the_campaign(units, changes):
    campaign = open_campaign("c", "H")
    before = state_of(campaign)

    apply(campaign, carry_out("1", *changes))

    assert state_of(campaign) == before


def test_who_went_to_a_new_cell_is_placed_there_while_the_campaign_is_open(units):
    campaign = open_campaign("c", "H")
    decision = carry_out("1", ("CREATE", None, "X", new_unit("X3", "CELL")))
    movements.transfer_member(
        member=Member.objects.get(code="P000"), unit=at("X3"), on=date(2025, 7, 5)
    )
    assert places_of(campaign)["P000"] == "X1"

    apply(campaign, decision)

    assert history("P000") == [
        ("X1", OPENED_ON, JULY, "OPENING"),
        ("X3", JULY, None, "REORGANISATION"),
    ]


def test_once_the_roll_is_fixed_a_new_cell_is_empty(units):
    campaign = open_campaign("c", "H")
    fix(campaign)
    places = places_of(campaign)
    decision = carry_out("1", ("CREATE", None, "X", new_unit("X3", "CELL")))
    movements.transfer_member(
        member=Member.objects.get(code="P000"), unit=at("X3"), on=date(2025, 7, 5)
    )

    apply(campaign, decision)

    assert places_of(campaign) == places


def test_a_new_name_kind_and_sector_turn_the_counts(units):
    campaign = open_campaign("c", "H")
    changes = {"name": "Chi bộ cơ sở X1", "kind": "GRASSROOTS_CELL", "sector": "OTHER"}

    apply(campaign, carry_out("1", ("RENAME", "X1", None, changes)))

    unit = unit_of(campaign, "X1")
    assert (unit.name, unit.kind, unit.figure_sector, unit.grassroots_id) == (
        "Chi bộ cơ sở X1",
        "GRASSROOTS_CELL",
        "OTHER",
        unit.pk,
    )
    counts = tallies_of(campaign)
    assert counts["X1", "MEMBERS", "OTHER"]["present"] == 2
    assert counts["X", "GRASSROOTS", "OTHER"]["present"] == 1
    assert counts["X", "CELLS", "COMMUNE"]["present"] == 1


def test_a_new_sector_reaches_the_cells_below(units):
    campaign = open_campaign("c", "H")

    apply(campaign, carry_out("1", ("RENAME", "X", None, {"sector": "WARD"})))

    below = CampaignUnit.objects.filter(campaign=campaign, code__startswith="X")
    assert set(below.values_list("figure_sector", flat=True)) == {"WARD"}
    assert {key[2] for key in tallies_of(campaign)} == {"WARD", "TOWNSHIP"}


def test_a_moved_unit_takes_what_is_below_and_counts_elsewhere(units):
    campaign = open_campaign("c", "P")

    apply(campaign, carry_out("1", ("MOVE", "X", "K", {})))

    assert tree_of(campaign) | {"X": "K", "X1": "X", "X2": "X"} == tree_of(campaign)
    rollup = rollup_of(unit_of(campaign, "P"), with_below=True)
    assert {
        child.unit.code: child.figures.members.present for child in rollup.children
    } == {"H": 1, "K": 6}


def test_a_merged_unit_hands_over_people_and_units(units):
    campaign = open_campaign("c", "H")
    fix(campaign)

    apply(campaign, carry_out("1", ("MERGE", "X1", "Y1", {}), ("MERGE", "X", "Y", {})))

    assert tree_of(campaign) == {"H": None, "Y": "H", "Y1": "Y", "X2": "Y"}
    assert places_of(campaign) == {
        "P000": "Y1",
        "P001": "Y1",
        "P002": "X2",
        "P003": "X2",
        "P004": "Y1",
    }
    assert history("P000") == [
        ("X1", OPENED_ON, JULY, "OPENING"),
        ("Y1", JULY, None, "REORGANISATION"),
    ]
    assert {key[2] for key in tallies_of(campaign)} == {"TOWNSHIP"}


def test_a_unit_that_goes_outside_takes_its_people_out(units):
    campaign = open_campaign("c", "H")
    fix(campaign)

    apply(campaign, carry_out("1", ("MOVE", "X", "K", {})))

    assert tree_of(campaign) == {"H": None, "Y": "H", "Y1": "Y"}
    assert presence(campaign) == {
        "P000": "LEFT",
        "P001": "LEFT",
        "P002": "LEFT",
        "P003": "LEFT",
        "P004": "PRESENT",
    }
    assert history("P000") == [("X1", OPENED_ON, JULY, "OPENING")]
    whole = rollup_of(unit_of(campaign, "H"), with_below=False).unit
    assert whole.figures.members.present == 1


@pytest.mark.parametrize("is_fixed", [False, True])
@pytest.mark.parametrize(
    "change", [("MOVE", "K1", "H", {}), ("MERGE", "K", "H", {})], ids=["move", "merge"]
)
def test_a_unit_that_comes_from_outside_brings_its_people(units, change, is_fixed):
    campaign = open_campaign("c", "H")
    if is_fixed:
        fix(campaign)

    apply(campaign, carry_out("1", change))

    assert tree_of(campaign)["K1"] == "H"
    assert places_of(campaign) | {"P005": "K1", "P006": "K1"} == places_of(campaign)
    counts = tallies_of(campaign)
    assert counts["K1", "MEMBERS", "OTHER"]["not_reviewed"] == 2
    assert counts["H", "GRASSROOTS", "OTHER"]["present"] == 1


@pytest.mark.parametrize("is_fixed", [False, True])
def test_people_of_an_outside_cell_merged_into_one_held_join_it(units, is_fixed):
    campaign = open_campaign("c", "H")
    if is_fixed:
        fix(campaign)

    apply(campaign, carry_out("1", ("MERGE", "K1", "Y1", {})))

    assert places_of(campaign)["P005"] == places_of(campaign)["P006"] == "Y1"
    assert history("P005") == [("Y1", JULY, None, "REORGANISATION")]


def admit(code: str) -> None:
    """A newcomer on the live roll."""
    movements.admit_member(
        unit=at(code), on=date(2025, 6, 1), code="NEW", full_name="Trần Thị Bình",
        born_on="1990", gender="F", admitted_on="2023", official_on="2024", **BY_COMMAND)  # fmt: skip


def test_a_unit_held_already_does_not_come_with_those_that_are_merged_in(units):
    create_unit(
        code="Y3", name="Đơn vị Y3", kind="SECTIONAL", on=OPENED_ON, parent=at("Y")
    )
    campaign = open_campaign("c", "H")
    places = places_of(campaign)
    carry_out("1", ("CREATE", None, "Y3", new_unit("Y2", "CELL")))  # not applied here

    apply(
        campaign,
        carry_out("2", ("RENAME", "Y", None, {"name": "Y"}), ("MERGE", "K", "H", {})),
    )

    assert tree_of(campaign) == {
        "H": None, "X": "H", "X1": "X", "X2": "X", "Y": "H", "Y1": "Y", "Y3": "Y",
        "K1": "H",
    }  # fmt: skip
    assert places_of(campaign) == places | {"P005": "K1", "P006": "K1"}


@pytest.mark.parametrize("is_fixed", [False, True])
def test_a_unit_held_already_goes_below_the_one_from_outside_that_it_joined(
    units, is_fixed
):
    create_unit(
        code="K2", name="Đơn vị K2", kind="SECTIONAL", on=OPENED_ON, parent=at("K")
    )
    campaign = open_campaign("c", "H")
    if is_fixed:
        fix(campaign)
    row = unit_of(campaign, "X1").pk
    admit("X1")
    places = places_of(campaign)
    joining = carry_out("1", ("MOVE", "X", "K2", {}))
    coming = carry_out("2", ("MOVE", "K", "H", {}))

    # Neither waits for the other: they name no unit in common.
    apply(campaign, coming)

    assert tree_of(campaign) == {
        "H": None, "X": "K2", "X1": "X", "X2": "X", "Y": "H", "Y1": "Y",
        "K": "H", "K1": "K", "K2": "K",
    }  # fmt: skip
    assert unit_of(campaign, "X1").pk == row
    assert places_of(campaign) == places | {"P005": "K1", "P006": "K1"}
    assert tallies_of(campaign) == recounted(campaign)
    tree = tree_of(campaign)
    apply(campaign, joining)
    assert tree_of(campaign) == tree


def test_a_unit_passes_from_one_campaign_of_the_year_to_the_other_in_this_order(units):
    leaving, entering = open_campaign("from", "H"), open_campaign("to", "K")
    decision = carry_out("1", ("MOVE", "X", "K", {}))

    assert refusal(entering, decision) == (
        "Đơn vị X takes part in “from” of 2024 already: a unit is in one campaign a "
        "year."
    )
    apply(leaving, decision)
    apply(entering, decision)

    assert "X" not in tree_of(leaving)
    assert tree_of(entering) == {"K": None, "K1": "K", "X": "K", "X1": "X", "X2": "X"}
    assert set(places_of(entering).values()) == {"K1", "X1", "X2"}


def test_a_unit_that_left_and_comes_back_has_its_own_row_again(units):
    campaign = open_campaign("c", "H")
    row, people = unit_of(campaign, "X1").pk, Participant.objects.count()

    apply(campaign, carry_out("1", ("MOVE", "X", "K", {})))
    apply(campaign, carry_out("2", ("CREATE", None, "H", new_unit("N", "CELL"))))
    apply(campaign, carry_out("3", ("MOVE", "X", "H", {})))

    assert unit_of(campaign, "X1").pk == row
    assert tree_of(campaign) == {
        "H": None, "X": "H", "X1": "X", "X2": "X", "Y": "H", "Y1": "Y", "N": "H",
    }  # fmt: skip
    assert set(presence(campaign).values()) == {"PRESENT"}
    assert Participant.objects.count() == people


def test_what_moves_above_the_root_is_no_matter_of_the_campaign(units):
    campaign = open_campaign("c", "X")
    before = state_of(campaign)

    apply(campaign, carry_out("1", ("MOVE", "X", "K", {})))

    assert state_of(campaign) == before


def test_a_closed_unit_is_in_no_count(units):
    campaign = open_campaign("c", "H")
    changes = CASES["close"]

    apply(campaign, carry_out("1", *changes))

    assert tree_of(campaign) == {"H": None, "X": "H", "X1": "X", "X2": "X"}
    whole = rollup_of(unit_of(campaign, "H"), with_below=False).unit
    assert whole.figures.grassroots.total == 1
