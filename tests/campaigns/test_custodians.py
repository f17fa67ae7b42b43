"""Who sees old rows after units are gone; the two real reorganisations as small cases."""

from datetime import date

import pytest

from campaigns.models import Campaign, CampaignBody, CampaignUnit, Participant, Tally
from campaigns.services import movements, reorganising
from members.models import Member, PartyUnit, UnitDecision
from members.policy import Actor, Area, PostInForce, Role, Tier
from members.services.units import UnitNotChangeable
from reports.queries import rollup_of
from tests.campaigns.decisions import (
    PEOPLE,
    TREE,
    apply,
    at,
    carry_out,
    decide,
    fix,
    new_unit,
    open_campaign,
    presence,
    state_of,
)
from tests.small_worlds import (
    BY_COMMAND,
    contents,
    imported,
    live,
    places_of,
    tallies_of,
    tree_of,
    unit_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return live(TREE, PEOPLE)


def test_a_decision_that_the_live_tree_refuses_changes_no_custodian(units):
    campaign = open_campaign("c", "H")
    decision = decide("1", ("MERGE", "Y1", "X1", {}), ("CLOSE", "X", None, {}))

    with pytest.raises(UnitNotChangeable):
        reorganising.carry_out(decision=decision, **BY_COMMAND)

    assert unit_of(campaign, "Y1").custodian.code == "Y1"


def holder_at(code: str, role: Role, tier: Tier) -> Actor:
    unit = PartyUnit.objects.get(code=code)
    post = PostInForce(1, role, tier, unit.pk, unit.path)
    return Actor(account_id=1, member_id=None, posts=(post,))


def seen_by(code: str, role: Role = Role.CLERK) -> set[str]:
    """The units of the campaign that the clerk, or another, of a live unit sees."""
    actor = holder_at(code, role, Tier.UPPER)
    rows = CampaignUnit.objects.visible_to(actor, Area.FIGURES)
    return set(rows.values_list("code", flat=True))


def seen_alone(*codes: str) -> dict[str, set[str]]:
    """What the working team of each unit sees, which reaches the unit alone."""
    return {code: seen_by(code, Role.WORKING_TEAM) for code in codes}


def test_after_a_merge_the_successor_alone_looks_after_the_old_rows(units):
    open_campaign("c", "P")
    # First closed below the unit that the same decision merges afterwards.
    carry_out(
        "1",
        ("MERGE", "X1", "Y1", {}),
        ("MERGE", "X2", "Y1", {}),
        ("MERGE", "X", "Y", {}),
    )

    assert {code: seen_by(code) for code in ("X", "X1", "Y1", "Y", "K")} == {
        "X": set(),
        "X1": set(),
        "Y1": {"X1", "X2", "Y1"},
        "Y": {"X", "X1", "X2", "Y", "Y1"},
        "K": {"K", "K1"},
    }


def test_after_closing_the_unit_above_looks_after_the_old_rows(units):
    open_campaign("c", "P")
    carry_out(
        "1", ("CREATE", None, "X", new_unit("X3", "CELL")), ("MERGE", "Y1", "X1", {})
    )
    # Closed first, and then what stood above it goes as well.
    carry_out("2", ("CLOSE", "Y", None, {}))
    carry_out("3", ("MERGE", "H", "K", {}))

    assert {code: seen_by(code) for code in ("Y", "H", "X", "K")} == {
        "Y": set(),
        "H": set(),
        "X": {"X", "X1", "X2", "Y1"},
        "K": {"H", "K", "K1", "X", "X1", "X2", "Y", "Y1"},
    }


def test_a_unit_closed_before_its_unit_above_is_merged_follows_that_one(units):
    open_campaign("c", "P")
    member = Member.objects.get(code="P004")
    movements.transfer_member(member=member, unit=at("X1"), on=date(2025, 6, 1))

    carry_out("1", ("CLOSE", "Y1", None, {}), ("MERGE", "Y", "X", {}))

    assert seen_by("X") == {"X", "X1", "X2", "Y", "Y1"}
    assert (seen_by("Y"), seen_by("Y1")) == (set(), set())


def test_an_old_campaign_imported_after_the_merge_is_the_successors(units):
    carry_out("1", ("MERGE", "X1", "Y1", {}), ("MERGE", "X2", "Y1", {}),
              ("MERGE", "X", "Y", {}))  # fmt: skip

    imported(contents(TREE, {}), campaign_code="dot-2023", year=2023)

    assert seen_by("Y") == {"X", "X1", "X2", "Y", "Y1"}
    assert seen_by("X") == set()


def test_a_closed_root_that_nobody_succeeds_keeps_looking_after_its_own_rows():
    live("R - SUPERIOR - -\nR1 R CELL - -")
    campaign = open_campaign("c", "R")

    carry_out("1", ("CLOSE", "R1", None, {}), ("CLOSE", "R", None, {}))

    held = CampaignUnit.objects.filter(campaign=campaign)
    assert dict(held.values_list("code", "custodian__code")) == {"R": "R", "R1": "R"}


def test_who_sees_a_unit_alone_sees_no_unit_that_was_closed_below_it():
    live(TREE)
    open_campaign("c", "P")
    before = seen_alone("P", "H", "X")
    carry_out("1", ("CLOSE", "X1", None, {}))
    assert seen_alone("P", "H", "X") == before == {"P": {"P"}, "H": {"H"}, "X": {"X"}}

    carry_out("2", ("CLOSE", "X2", None, {}), ("CLOSE", "X", None, {}),
              ("CLOSE", "Y1", None, {}), ("CLOSE", "Y", None, {}),
              ("CLOSE", "H", None, {}))  # fmt: skip

    assert seen_alone("P", "H") == {"P": {"P"}, "H": set()}
    assert seen_by("P") == {"P", "H", "X", "X1", "X2", "Y", "Y1", "K", "K1"}


def test_who_sees_a_unit_alone_sees_what_was_merged_into_it(units):
    open_campaign("c", "P")
    carry_out("1", ("MERGE", "X1", "Y1", {}))
    carry_out("2", ("MERGE", "Y1", "K1", {}))

    assert seen_alone("Y1", "K1") == {"Y1": set(), "K1": {"K1", "X1", "Y1"}}


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        (
            [("CLOSE", "X1", None, {}), ("MERGE", "X", "Y", {})],
            {"X2": {"X2"}, "Y": {"X", "Y"}},
        ),
        (
            [("MERGE", "X1", "Y1", {}), ("CLOSE", "Y1", None, {})],
            {"X": {"X"}, "Y": {"Y"}},
        ),
    ],
    ids=["closed, then merged", "merged, then closed"],
)
@pytest.mark.parametrize("imports_later", [False, True])
def test_a_closing_on_the_way_hides_from_who_sees_a_unit_alone(
    changes, seen, imports_later
):
    live(TREE)
    if not imports_later:
        open_campaign("c", "P")
    carry_out("1", *changes)
    if imports_later:
        imported(contents(TREE, {}), campaign_code="dot-2023", year=2023)

    assert seen_alone(*seen) == seen


@pytest.mark.parametrize(
    "before", [[], [("MOVE", "X", "K", {})]], ids=["from below", "moved away before"]
)
def test_who_sees_a_unit_alone_sees_nothing_merged_into_it_that_stood_below(
    units, before
):
    open_campaign("c", "P")
    carry_out("1", *before, ("MERGE", "X", "H", {}))

    assert seen_alone("H", "X1") == {"H": {"H"}, "X1": {"X1"}}
    assert seen_by("H") == {"H", "X", "X1", "X2", "Y", "Y1"}


def test_a_unit_that_comes_when_it_is_gone_already_comes_as_what_became_of_it():
    live(TREE)
    campaign = open_campaign("c", "P")
    created = carry_out("1", ("CREATE", None, "X", new_unit("X3", "CELL")))
    carry_out("2", ("MERGE", "X3", "Y1", {}), ("CLOSE", "Y1", None, {}))

    apply(campaign, created)

    assert seen_by("Y") == {"X3", "Y", "Y1"}
    assert seen_alone("X", "Y") == {"X": {"X"}, "Y": {"Y"}}


def test_the_same_holds_for_all_that_stands_at_a_unit(units):
    campaign = open_campaign("c", "H")
    fix(campaign)
    for member in Member.objects.filter(code__in=["P000", "P001"]):
        movements.transfer_member(member=member, unit=at("X2"), on=date(2025, 6, 1))
    carry_out("1", ("CLOSE", "X1", None, {}), ("MERGE", "Y1", "X2", {}))

    def seen(code: str, tier: Tier) -> dict[str, set[str]]:
        actor = holder_at(code, Role.SECRETARY, tier)
        bodies = CampaignBody.objects.visible_to(actor)
        tallies = Tally.objects.visible_to(actor)
        people = Participant.objects.visible_to(actor)
        return {
            "bodies": set(bodies.values_list("unit__code", flat=True)),
            "tallies": set(tallies.values_list("unit__code", flat=True)),
            "people": set(people.values_list("member__code", flat=True)),
        }

    all_of_x = {"X", "X1", "X2", "Y1"}
    assert seen("X", Tier.CELL) == {"bodies": {"X"}, "tallies": {"X"}, "people": set()}
    assert seen("X2", Tier.CELL) == {
        "bodies": {"X2", "Y1"},
        "tallies": {"X2", "Y1"},
        "people": {"P002", "P003", "P004"},
    }
    assert seen("X", Tier.GRASSROOTS) == {
        "bodies": all_of_x,
        "tallies": all_of_x,
        "people": {"P000", "P001", "P002", "P003", "P004"},
    }


def test_who_sees_a_unit_alone_sees_no_campaign_of_a_unit_closed_below_it():
    live(TREE)
    campaigns = [open_campaign("h", "H"), open_campaign("k", "K")]
    carry_out("1", ("CLOSE", "K1", None, {}), ("CLOSE", "K", None, {}))

    def seen(role: Role) -> list[Campaign]:
        actor = holder_at("P", role, Tier.UPPER)
        return list(Campaign.objects.visible_to(actor).order_by("pk"))

    assert (seen(Role.WORKING_TEAM), seen(Role.CLERK)) == ([], campaigns)


JULY_2025 = """
    P   -  PROVINCE              -         -
    D   P  DISTRICT              -         -
    X   D  GRASSROOTS_COMMITTEE  COMMUNE   GOOD
    X1  X  CELL                  -         GOOD
    Y   D  GRASSROOTS_COMMITTEE  TOWNSHIP  GOOD
    Y1  Y  CELL                  -         GOOD
    E   D  GRASSROOTS_CELL       POLICE    GOOD
"""


def dissolve_district() -> list[UnitDecision]:
    """July 2025: communes are founded, take over the cells, the district ends."""
    communes = [
        ("CREATE", None, "P", new_unit("C", "SUPERIOR")),
        ("CREATE", None, "P", new_unit("B", "SUPERIOR")),
    ]
    first = carry_out("1", *communes)
    second = carry_out(
        "2",
        ("MERGE", "X", "C", {}),
        ("MERGE", "Y", "B", {}),
        ("MOVE", "E", "B", {}),
        ("CLOSE", "D", None, {}),
    )
    return [first, second]


def test_july_2025_in_a_province_the_communes_follow_the_district():
    live(JULY_2025, {"X1": "GOOD GOOD", "Y1": "GOOD", "E": "GOOD"})
    campaign = open_campaign("c", "P", year=2025)
    before = state_of(campaign)
    decisions = dissolve_district()
    assert state_of(campaign) == before

    for decision in decisions:
        apply(campaign, decision)

    assert tree_of(campaign) == {
        "P": None, "B": "P", "C": "P", "X1": "C", "Y1": "B", "E": "B",
    }  # fmt: skip
    rollup = rollup_of(unit_of(campaign, "P"), with_below=True)
    assert {
        child.unit.code: (child.figures.members.present, child.figures.cells.total)
        for child in rollup.children
    } == {"B": (2, 1), "C": (2, 1)}
    assert seen_by("C") == {"C", "X", "X1"}
    assert seen_by("D") == set()
    assert seen_by("P") == {"P", "D", "B", "C", "X", "X1", "Y", "Y1", "E"}


def test_july_2025_a_districts_own_campaign_empties_and_a_commune_opens_its_own():
    live(JULY_2025, {"X1": "GOOD GOOD", "Y1": "GOOD", "E": "GOOD"})
    campaign = open_campaign("c", "D", year=2025)
    decisions = dissolve_district()
    for decision in decisions:
        apply(campaign, decision)

    commune = open_campaign("commune", "C", year=2025)

    assert (tree_of(campaign), places_of(campaign)) == ({}, {})
    assert set(presence(campaign).values()) == {"LEFT"}
    assert tallies_of(campaign) == {}
    assert tree_of(commune) == {"C": None, "X1": "C"}


def test_july_2026_the_commune_receives_the_cells_of_its_intermediate_committees():
    live(
        """
        C   -  GRASSROOTS_COMMITTEE  COMMUNE  -
        S   C  SUB_GRASSROOTS        -        GOOD
        S1  S  CELL                  -        GOOD
        S2  S  CELL                  -        EXCELLENT
        T   C  SECTIONAL             -        GOOD
        T1  T  CELL                  -        GOOD
        """,
        {"S1": "GOOD", "S2": "GOOD GOOD", "T1": "GOOD"},
    )
    campaign = open_campaign("c", "C", year=2026)
    decision = carry_out("208", ("MERGE", "S", "C", {}), ("MERGE", "T", "C", {}))
    whole = rollup_of(unit_of(campaign, "C"), with_below=False).unit
    assert whole.figures.cells.total == 3

    apply(campaign, decision)

    rollup = rollup_of(unit_of(campaign, "C"), with_below=True)
    assert tree_of(campaign) == {"C": None, "S1": "C", "S2": "C", "T1": "C"}
    assert [child.unit.code for child in rollup.children] == ["S1", "S2", "T1"]
    assert (rollup.unit.figures.cells.total, rollup.unit.figures.members.present) == (
        3,
        4,
    )
    assert seen_by("C") == {"C", "S", "S1", "S2", "T", "T1"}
