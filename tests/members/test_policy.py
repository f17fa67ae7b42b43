import re
import tomllib
from pathlib import Path

import pytest

from members.policy import (
    NOBODY,
    SYSTEM,
    Actor,
    Area,
    BadPolicy,
    PostInForce,
    Reach,
    Role,
    Standing,
    Tier,
    parse,
    reach_of,
    table,
)
from members.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
DATA = (ROOT / "members/data/policy.toml").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/policy.md").read_text(encoding="utf-8")

DISTRICT, COMMITTEE, CELL = "0000001", "00000010000002", "000000100000020000003"
COMMITTEES = {Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER}


def post(role, *, path=CELL, tier=Tier.CELL, pk=1):
    return PostInForce(
        post_id=pk, role=role, tier=tier, unit_id=int(path[-7:]), unit_path=path
    )


def holder(*posts):
    return Actor(account_id=1, member_id=None, posts=posts)


def rows_under(heading):
    """The rows of the first Markdown table below a heading, cells without marks."""
    part = PAGE.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]
    return rows[0], rows[1:]


def test_the_page_and_the_data_state_the_same_table():
    (_, *areas), rows = rows_under("3 The table")

    stated = {
        standing: dict(zip(areas, reaches, strict=True)) for standing, *reaches in rows
    }

    assert stated == tomllib.loads(DATA)


def test_the_page_explains_every_area_and_every_reach():
    explained = re.findall(r"^\| `([A-Z_]+)` \|", PAGE.partition("## 2")[0], re.M)

    assert explained == [*Area, *Reach]


def test_every_standing_states_every_area():
    assert {standing: set(row) for standing, row in table().items()} == {
        standing: set(Area) for standing in Standing
    }


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("tier", Tier)
def test_a_committee_stands_where_its_unit_stands_and_others_as_their_role(role, tier):
    expected = f"{tier}_COMMITTEE" if role in COMMITTEES else role

    assert post(role, tier=tier).standing == expected


def test_every_kind_of_unit_has_a_tier():
    assert {kind.tier for kind in vocabulary().kinds.values()} == set(Tier)


# One role and tier for each standing; `reach_of` is asked through the actor.
HOLDERS = {
    Standing.CELL_COMMITTEE: (Role.DEPUTY_SECRETARY, Tier.CELL),
    Standing.GRASSROOTS_COMMITTEE: (Role.COMMITTEE_MEMBER, Tier.GRASSROOTS),
    Standing.UPPER_COMMITTEE: (Role.SECRETARY, Tier.UPPER),
    Standing.CLERK: (Role.CLERK, Tier.UPPER),
    Standing.ORGANISATION_DEPARTMENT: (Role.ORGANISATION_DEPARTMENT, Tier.UPPER),
    Standing.PROPAGANDA_DEPARTMENT: (Role.PROPAGANDA_DEPARTMENT, Tier.UPPER),
    Standing.INSPECTION_COMMISSION: (Role.INSPECTION_COMMISSION, Tier.UPPER),
    Standing.WORKING_TEAM: (Role.WORKING_TEAM, Tier.GRASSROOTS),
    Standing.OUTSIDE: (Role.OUTSIDE, Tier.UPPER),
}


@pytest.mark.parametrize("area", Area)
@pytest.mark.parametrize("standing", Standing)
def test_an_actor_reaches_what_the_row_of_the_standing_says(standing, area):
    role, tier = HOLDERS[standing]
    actor = holder(post(role, tier=tier, path=COMMITTEE))
    reach = reach_of(standing, area)

    # DECIDED names the unit alone, whose decisions are asked; REASON opens nothing.
    assert actor.subtrees(area) == ((COMMITTEE,) if reach is Reach.SUBTREE else ())
    assert actor.units(area) == ((2,) if reach is Reach.UNIT else ())
    assert actor.reaches(area) is (reach in {Reach.UNIT, Reach.SUBTREE})
    reached = {reach} | ({reach_of(standing, Area.TEXTS)} & {Reach.DECIDED})
    decides = Reach.DECIDED in (reached if area is Area.LEVELS else {reach})
    assert actor.deciding(area) == ((2,) if decides else ())


@pytest.mark.parametrize("area", Area)
@pytest.mark.parametrize("actor", [NOBODY, SYSTEM, holder()])
def test_without_a_post_nothing_is_reached(actor, area):
    assert (actor.subtrees(area), actor.units(area)) == ((), ())
    assert actor.narrowest_post(area, CELL) is None


def test_of_overlapping_posts_the_outermost_counts():
    actor = holder(
        post(Role.CLERK, path=CELL),
        post(Role.CLERK, path="0000002"),
        post(Role.CLERK, path=DISTRICT),
        post(Role.CLERK, path=COMMITTEE),
    )

    assert actor.subtrees(Area.FIGURES) == (DISTRICT, "0000002")


def test_neighbours_with_like_numbers_are_both_kept():
    paths = (COMMITTEE, "00000010000020")

    actor = holder(*(post(Role.CLERK, path=path) for path in paths))

    assert actor.subtrees(Area.ROLL) == paths


def test_single_units_are_named_once_and_sorted():
    other = "000000100000020000001"

    actor = holder(
        post(Role.SECRETARY, path=CELL, pk=1),
        post(Role.COMMITTEE_MEMBER, path=CELL, pk=2),
        post(Role.COMMITTEE_MEMBER, path=other, pk=3),
    )

    assert actor.units(Area.ROLL) == (1, 3)


def test_the_narrowest_post_is_the_lowest_that_reaches_the_unit():
    district = post(Role.CLERK, path=DISTRICT, pk=1)
    committee = post(Role.SECRETARY, path=COMMITTEE, tier=Tier.GRASSROOTS, pk=2)
    cell = post(Role.SECRETARY, path=CELL, pk=3)
    actor = holder(district, committee, cell)
    below = CELL + "0000001"  # a cell's committee reaches the cell alone

    assert actor.narrowest_post(Area.FIGURES, CELL) is cell
    assert actor.narrowest_post(Area.FIGURES, below) is committee
    assert actor.narrowest_post(Area.FIGURES, DISTRICT) is district
    assert actor.narrowest_post(Area.IMPORT, CELL) is district
    assert actor.narrowest_post(Area.FIGURES, "0000002") is None


def test_the_narrowest_post_for_what_is_below_is_not_one_that_reaches_the_unit_alone():
    district = post(Role.CLERK, path=DISTRICT, pk=1)
    team = post(Role.WORKING_TEAM, path=COMMITTEE, tier=Tier.GRASSROOTS, pk=2)

    def narrowest(*posts, path=COMMITTEE):
        actor = holder(*posts)
        return actor.narrowest_post(Area.FIGURES, path, with_below=True)

    assert narrowest(district, team) is district
    assert narrowest(team) is None
    assert holder(district, team).narrowest_post(Area.FIGURES, COMMITTEE) is team


def test_what_is_below_is_reached_by_a_subtree_and_not_by_a_unit():
    team = post(Role.WORKING_TEAM, path=COMMITTEE, tier=Tier.GRASSROOTS)
    clerk = post(Role.CLERK, path=COMMITTEE)

    def reached(*posts):
        actor = holder(*posts)
        paths = (DISTRICT, COMMITTEE, CELL, "0000002")
        return [path for path in paths if actor.reaches_below(Area.FIGURES, path)]

    assert (reached(), reached(team), reached(clerk)) == ([], [], [COMMITTEE, CELL])
    assert SYSTEM.reaches_below(Area.FIGURES, DISTRICT)
    assert not NOBODY.reaches_below(Area.FIGURES, DISTRICT)


def test_what_stands_below_the_own_unit_is_told_from_the_unit_itself():
    clerk = post(Role.CLERK, path=COMMITTEE)

    def reached(*posts):
        actor = holder(*posts)
        paths = (DISTRICT, COMMITTEE, CELL, "0000002")
        return [path for path in paths if actor.reaches_only_below(Area.UNITS, path)]

    assert (reached(), reached(clerk)) == ([], [CELL])
    assert reached(clerk, post(Role.CLERK, path=DISTRICT)) == [COMMITTEE, CELL]
    assert reached(post(Role.SECRETARY, path=DISTRICT, tier=Tier.UPPER)) == []
    assert SYSTEM.reaches_only_below(Area.UNITS, DISTRICT)
    assert not NOBODY.reaches_only_below(Area.UNITS, DISTRICT)


def test_a_unit_itself_is_reached_by_a_unit_and_by_a_subtree():
    secretary = post(Role.SECRETARY, path=CELL)
    clerk = post(Role.CLERK, path=COMMITTEE)

    def reached(actor):
        units = ((1, DISTRICT), (2, COMMITTEE), (3, CELL), (4, "0000004"))
        return [pk for pk, path in units if actor.reaches_unit(Area.ACCOUNTS, pk, path)]

    assert reached(holder(secretary)) == [3]
    assert reached(holder(clerk)) == [2, 3]
    assert reached(NOBODY) == []
    assert reached(SYSTEM) == [1, 2, 3, 4]


def test_a_post_that_needs_a_reason_is_the_one_that_is_named():
    commission = post(Role.INSPECTION_COMMISSION, path=DISTRICT, tier=Tier.UPPER)

    assert holder(commission).narrowest_post(Area.TEXTS, CELL) is commission
    assert holder(commission).narrowest_post(Area.BALLOTS, CELL) is None


@pytest.mark.parametrize(
    ("written", "instead", "refusal"),
    [
        ("[CLERK]", "[CLARK]", "CLARK is unknown"),
        ('[CLERK]\nFIGURES = "SUBTREE"\n', "[CLERK]\n", "CLERK.FIGURES is missing"),
        ("[CLERK]\n", '[CLERK]\nGUESSES = "UNIT"\n', "CLERK.GUESSES is unknown"),
        (
            '[CLERK]\nFIGURES = "SUBTREE"',
            '[CLERK]\nFIGURES = "ALL"',
            "CLERK.FIGURES: unknown reach 'ALL'",
        ),
        (
            '[CLERK]\nFIGURES = "SUBTREE"',
            '[CLERK]\nFIGURES = ["SUBTREE"]',
            "CLERK.FIGURES: unknown reach ['SUBTREE']",
        ),
        (
            '\nIMPORT = "SUBTREE"',
            '\nIMPORT = "UNIT"',
            "CLERK.IMPORT: a file brings all below a unit: UNIT",
        ),
        (
            '\nROLL_IMPORT = "SUBTREE"',
            '\nROLL_IMPORT = "UNIT"',
            "CLERK.ROLL_IMPORT: a file brings all below a unit: UNIT",
        ),
        (
            'UNITS = "SUBTREE"',
            'UNITS = "UNIT"',
            "CLERK.UNITS: no unit decides on itself: UNIT",
        ),
        ("[OUTSIDE]", "[OUTSIDE]\n[OUTSIDE]", "Cannot declare ('OUTSIDE',) twice"),
    ],
)
def test_a_policy_that_lacks_or_misspells_something_is_refused(
    written, instead, refusal
):
    assert written in DATA

    with pytest.raises(BadPolicy, match=f"^{re.escape(refusal)}"):
        parse(DATA.replace(written, instead))


def test_a_standing_left_out_is_refused():
    with pytest.raises(BadPolicy, match=r"^OUTSIDE\.ACCOUNTS is missing$"):
        parse(DATA.partition("[OUTSIDE]")[0])


def test_a_standing_that_is_no_table_is_refused():
    with pytest.raises(BadPolicy, match="^OUTSIDE is no table of areas$"):
        parse("OUTSIDE = 1\n" + DATA.partition("[OUTSIDE]")[0])
