"""A unit's figures are those of its children, their own levels, and its own people."""

from collections import Counter
from dataclasses import asdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.contents import NO_PARENT
from campaigns.models import CampaignUnit
from reports.figures import Figures, MemberCounts, OrganisationCounts, UnitHead
from reports.queries import rollup_of
from tests.oracle import counted
from tests.small_worlds import (
    DISTRICT,
    DISTRICT_PEOPLE,
    GRASSROOTS,
    LEVELS,
    MEMBER_LEVELS,
    contents,
    imported,
    random_contents,
    unit_of,
)

ANY_WORLD = settings(
    max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NOTHING = dict.fromkeys(("SUSPENDED", "UNDER_SIX_MONTHS", "OTHER"), 0)
NO_REASON = dict.fromkeys(
    ("DEGRADATION", "UNDER_HALF_OF_TARGETS", "STATE_RATING", "DISCIPLINED", "OTHER",
     "UNSTATED"), 0
)  # fmt: skip


def flat(counts) -> Counter:
    """All numbers of a figure by their dotted names."""
    found: Counter = Counter()
    for name, value in asdict(counts).items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        for key, number in parts:
            inner = number if isinstance(number, dict) else {"": number}
            for last, count in inner.items():
                found[f"{name}.{key}.{last}"] += count
    return found


def own_level(head: UnitHead) -> Counter:
    """What a child's own level adds at the unit above it."""
    found: Counter = Counter()
    subject = {"CELL": "cells"}.get(head.kind)
    if head.kind in GRASSROOTS:
        subject = "grassroots"
    if subject:
        found[f"{subject}.total."] += 1
        if head.level:
            found[f"{subject}.assessed."] += 1
            found[f"{subject}.levels.{head.level}"] += 1
            if head.level.startswith("CLEAN_STRONG"):
                found[f"{subject}.groups.CLEAN_STRONG_ALL"] += 1
    return found


def placed_at(what, at: int) -> Counter:
    """The people placed directly at a unit."""
    people, found = what.people, Counter()
    for unit, status, level, reason in zip(
        people.unit, people.status, people.level, people.reason, strict=True
    ):
        if unit == at:
            name = {
                "ASSESSED": "assessed.",
                "EXEMPT": "exempt.",
                "NOT_REVIEWED": "not_reviewed.",
            }.get(status, f"not_assessed.{status}")
            found[f"members.{name}"] += 1
            found["members.present."] += 1
            if level:
                found[f"members.levels.{level}"] += 1
            if reason:
                found[f"members.reasons.{reason}"] += 1
    return found


@pytest.mark.parametrize("rule_set", LEVELS)
@ANY_WORLD
@given(data=st.data())
def test_figures_are_the_childrens_their_levels_and_the_people_here(db, rule_set, data):
    what = data.draw(random_contents(rule_set=rule_set, units=10))
    with transaction.atomic():
        campaign = imported(what, rule_set_code=rule_set)
        rollups = {
            unit.code: rollup_of(unit, with_below=True)
            for unit in CampaignUnit.objects.filter(campaign=campaign)
        }
        transaction.set_rollback(True)

    for at, code in enumerate(what.units.code):
        rollup = rollups[code]
        expected = placed_at(what, at)
        for child in rollup.children:
            expected += flat(child.figures) + own_level(child.unit)
        assert +flat(rollup.unit.figures) == +expected
        assert [child.unit.code for child in rollup.children] == sorted(
            what.units.code[below]
            for below, above in enumerate(what.units.parent)
            if above == at
        )
        # Seen from above and from itself, a unit is the same.
        if (above := what.units.parent[at]) != NO_PARENT:
            seen = {
                each.unit.code: each
                for each in rollups[what.units.code[above]].children
            }
            assert seen[code] == rollup.unit


@pytest.mark.parametrize("rule_set", LEVELS)
@ANY_WORLD
@given(data=st.data())
def test_the_whole_equals_a_plain_count_and_adds_up(db, rule_set, data):
    what = data.draw(random_contents(rule_set=rule_set))
    with transaction.atomic():
        campaign = imported(what, rule_set_code=rule_set)
        root = CampaignUnit.objects.get(campaign=campaign, parent=None)
        rollup = rollup_of(root, with_below=True)
        transaction.set_rollback(True)

    plain = counted(what)
    for subject in ("members", "cells", "grassroots"):
        figures = asdict(getattr(rollup.unit.figures, subject))
        assert drop_zeros(figures) == drop_zeros(plain[subject])
    for unit in (rollup.unit, *rollup.children):
        for figures in (unit.figures, *unit.by_sector.values()):
            assert_adds_up(figures)


def drop_zeros(figures) -> dict:
    kept = {
        name: drop_zeros(value) if isinstance(value, dict) else value
        for name, value in figures.items()
    }
    return {name: value for name, value in kept.items() if value}


def assert_adds_up(figures: Figures) -> None:
    members = figures.members
    not_assessed = sum(members.not_assessed.values())
    assert members.present == (
        members.exempt + members.not_reviewed + not_assessed + members.assessed
    )
    assert members.assessed == sum(members.levels.values())
    assert sum(members.reasons.values()) == members.levels["NOT_COMPLETED"]
    for organisations in (figures.cells, figures.grassroots):
        assert organisations.assessed == sum(organisations.levels.values())
        assert organisations.total >= organisations.assessed


@ANY_WORLD
@given(what=random_contents())
def test_sectors_sum_to_the_whole_but_for_what_has_none(db, what):
    with transaction.atomic():
        what.units.sector = [sector or "OTHER" for sector in what.units.sector]
        campaign = imported(what)
        root = CampaignUnit.objects.get(campaign=campaign, parent=None)
        whole = rollup_of(root, with_below=True).unit
        transaction.set_rollback(True)

    total: Counter = Counter()
    for figures in whole.by_sector.values():
        total += flat(figures)
    assert +total == +flat(whole.figures)
    assert all(+flat(figures) for figures in whole.by_sector.values())


@pytest.fixture
def district(db):
    return imported(contents(DISTRICT, DISTRICT_PEOPLE))


def members(present: int, levels: str, **others) -> MemberCounts:
    counts = dict(zip(MEMBER_LEVELS, map(int, levels.split()), strict=True))
    return MemberCounts(
        present=present,
        exempt=others.get("exempt", 0),
        not_reviewed=others.get("not_reviewed", 0),
        not_assessed=NOTHING | others.get("not_assessed", {}),
        assessed=sum(counts.values()),
        levels=counts,
        reasons=NO_REASON | {"UNSTATED": counts["NOT_COMPLETED"]},
    )


def organisations(total: int, levels: str) -> OrganisationCounts:
    counts = dict(zip(MEMBER_LEVELS, map(int, levels.split()), strict=True))
    return OrganisationCounts(total, sum(counts.values()), counts, {})


def test_a_district_with_a_cell_of_its_own_a_sectional_unit_and_a_grassroots_cell(
    district,
):
    rollup = rollup_of(unit_of(district, "H"), with_below=True)

    assert rollup.unit.unit == UnitHead("H", "Đơn vị H", "SUPERIOR", "", "")
    assert rollup.unit.figures == Figures(
        members(
            12,
            "1 4 1 1",
            exempt=1,
            not_reviewed=1,
            not_assessed={"SUSPENDED": 1, "UNDER_SIX_MONTHS": 1, "OTHER": 1},
        ),
        organisations(4, "1 1 1 1"),
        organisations(3, "1 1 0 0"),
    )
    assert {
        child.unit.code: child.figures.cells.total for child in rollup.children
    } == {
        "W": 0,
        "X": 2,
        "Y": 1,
        "Z": 0,
    }
    assert list(rollup.unit.by_sector) == [
        "COMMUNE",
        "TOWNSHIP",
        "STATE_AGENCY",
        "OTHER",
    ]
    assert rollup.unit.by_sector["OTHER"] == Figures(
        members(1, "0 0 0 0", not_assessed={"OTHER": 1}),
        organisations(1, "0 0 0 1"),
        organisations(0, "0 0 0 0"),
    )


def test_a_grassroots_cell_has_its_people_and_no_organisations(district):
    rollup = rollup_of(unit_of(district, "Z"), with_below=True)

    assert rollup.unit.figures == Figures(
        members(3, "0 1 0 0", not_reviewed=1, not_assessed={"SUSPENDED": 1}),
        organisations(0, "0 0 0 0"),
        organisations(0, "0 0 0 0"),
    )
    assert rollup.children == ()
    assert [row.unit for row in rollup.unit.ceiling] == ["Z"] * len(rollup.unit.ceiling)
    assert rollup.unit.ceiling


@pytest.mark.parametrize("kind", ["GRASSROOTS_CELL", "CELL", "SUPERIOR"])
def test_a_campaign_of_one_unit_without_people_is_all_zeros(db, kind):
    campaign = imported(contents(f"Z - {kind} OTHER GOOD"))

    rollup = rollup_of(unit_of(campaign, "Z"), with_below=True)

    assert rollup.unit.unit.level == "GOOD"
    assert rollup.unit.figures == Figures(
        members(0, "0 0 0 0"), organisations(0, "0 0 0 0"), organisations(0, "0 0 0 0")
    )
    assert (rollup.unit.by_sector, rollup.unit.ceiling, rollup.children) == ({}, (), ())


def test_where_nobody_is_assessed_the_ceilings_allow_none(db):
    campaign = imported(contents(DISTRICT.replace("GOOD", "-"), {"X1": "EXEMPT"}))

    rows = rollup_of(unit_of(campaign, "X"), with_below=True).unit.ceiling

    assert {(row.unit, row.subject, row.allowed) for row in rows} == {
        ("X", "members", 0),
        ("X", "cells", 0),
    }


def ceiling_units(rollup_unit) -> set[tuple[str, str]]:
    return {(row.unit, row.subject) for row in rollup_unit.ceiling}


def test_ceilings_are_those_of_the_units_at_or_below(district):
    rollup = rollup_of(unit_of(district, "H"), with_below=True)

    everywhere = {
        ("H", "grassroots"),
        ("X", "members"),
        ("X", "cells"),
        ("Y", "members"),
        ("Y", "cells"),
        ("Z", "members"),
    }
    assert ceiling_units(rollup.unit) == everywhere
    assert {child.unit.code: ceiling_units(child) for child in rollup.children} == {
        "W": set(),  # under no grassroots unit
        "X": {("X", "members"), ("X", "cells")},
        "Y": {("Y", "members"), ("Y", "cells")},
        "Z": {("Z", "members")},
    }
    # A cell does not show the ceiling of the unit above it.
    assert rollup_of(unit_of(district, "X1"), with_below=True).unit.ceiling == ()


def test_a_ceiling_by_cell_has_a_row_for_each_cell(district):
    rules = district.rules
    own = [one for one in rules.ceilings if one.subject == "members"]
    assert [one.unit for one in own] == ["SIMILAR_GROUP"]
    resolved = district.rule_set_resolved
    for one in resolved["ceilings"]:
        if one["subject"] == "members":
            one["unit"] = {"value": "CELL", **marks(one["unit"])}
    district.save()

    rollup = rollup_of(unit_of(district, "X"), with_below=True)

    assert ceiling_units(rollup.unit) == {
        ("X", "cells"),
        ("X1", "members"),
        ("X2", "members"),
    }


def marks(value) -> dict:
    return {key: text for key, text in value.items() if key != "value"}


def wide(units: int):
    """A district of so many communes with a cell and a person each."""
    lines = ["H - SUPERIOR - -"]
    for number in range(units):
        lines.append(f"X{number:03} H GRASSROOTS_COMMITTEE COMMUNE GOOD")
        lines.append(f"C{number:03} X{number:03} CELL - GOOD")
    people = {f"C{number:03}": "GOOD EXCELLENT" for number in range(units)}
    return contents("\n".join(lines), people)


@pytest.mark.parametrize("communes", [1, 150])
@pytest.mark.parametrize(("rule_set", "queries"), [("qd124-2023", 4), ("hd27-2014", 3)])
def test_the_fold_asks_the_same_queries_for_three_units_and_for_three_hundred(
    db, django_assert_num_queries, communes, rule_set, queries
):
    campaign = imported(wide(communes), rule_set_code=rule_set)
    root = unit_of(campaign, "H")

    with django_assert_num_queries(queries):
        rollup = rollup_of(root, with_below=True)

    assert (len(rollup.children), rollup.unit.figures.members.present) == (
        communes,
        2 * communes,
    )
