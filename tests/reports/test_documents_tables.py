from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents.breakdowns import (
    FiguresDisagree,
    by_sector,
    members_by_unit,
    organisations_by_unit,
)
from reports.documents.ceilings import ceilings, ceilings_in_brief, ceilings_in_print
from reports.documents.counting import counts_of, subjects_below
from reports.documents.statements import (
    comparison_statement,
    lines_of,
    members_statement,
    organisations_statement,
)
from reports.documents.tables import Kind, total_of
from reports.documents.terms import Terms
from reports.figures import percent_of
from tests.reports import rollups

pytestmark = pytest.mark.usefixtures("english")


def terms_of(rollup):
    return Terms(rulesets.load(rollup.rule_set), vocabulary(), "en")


def names(table):
    return [row["name"] for row in table.rows]


def test_members_by_unit_has_a_row_for_each_child_and_one_for_the_unit_itself():
    rollup = rollups.flat(cells=2, directly=3)

    table = members_by_unit(rollup, terms_of(rollup))

    assert names(table) == [
        "Chi bộ thôn 0",
        "Chi bộ thôn 1",
        "Members placed directly at the unit",
    ]
    assert [row["present"] for row in table.rows] == [13, 14, 3]
    assert table.total == {
        "name": "Total",
        **counts_of(rollup.unit.figures, "members"),
    }
    assert table.notes == (
        "Percents are of the assessed, column (9), rounded half up to two decimals; "
        "a dash stands where nobody was assessed.",
    )


def test_members_by_unit_has_no_row_for_the_unit_where_nobody_is_placed_there():
    rollup = rollups.flat(cells=2, directly=0)

    assert names(members_by_unit(rollup, terms_of(rollup))) == [
        "Chi bộ thôn 0",
        "Chi bộ thôn 1",
    ]


def test_a_row_shows_percents_of_its_own_assessed():
    rollup = rollups.flat(cells=1, directly=0)

    table = members_by_unit(rollup, terms_of(rollup))

    percents = [
        cell
        for column, cell in zip(table.columns, table.cells(table.rows[0]), strict=True)
        if column.kind is Kind.PERCENT
    ]
    assert percents == [
        Decimal("7.69"),
        Decimal("76.92"),
        Decimal("15.38"),
        Decimal("0.00"),
    ]


def test_a_unit_without_children_has_no_tables_by_unit():
    rollup = replace(rollups.flat(), children=())

    assert members_by_unit(rollup, terms_of(rollup)) is None
    assert organisations_by_unit(rollup, terms_of(rollup)) == ()


def test_organisations_by_unit_counts_the_children_themselves_in_a_row_of_its_own():
    rollup = rollups.district(3, rule_set_code="qd132-2018", seed=4)

    cells, lone = organisations_by_unit(rollup, terms_of(rollup))

    # Both committees have cells; the third child is a cell itself. No child has a grassroots unit below it, so there is
    # no table of those, and no cell is a direct child.
    assert cells.key == "cells_by_unit"
    assert [row["total"] for row in cells.rows] == [
        child.figures.cells.total for child in rollup.children[:2]
    ]
    assert [row["own"] for row in cells.rows] == [
        terms_of(rollup).level_in_brief("cells", child.unit.level)
        for child in rollup.children[:2]
    ]
    assert lone.key == "own_levels"
    assert names(lone) == [rollup.children[2].unit.name]


def province():
    """A unit above two districts and a grassroots cell of its own."""
    districts = [rollups.district(4, seed=seed).unit for seed in (1, 2)]
    districts = [
        replace(each, unit=replace(each.unit, code=f"P.{at}", name=f"District {at}"))
        for at, each in enumerate(districts)
    ]
    rule_set = rulesets.load("hd27-2014")
    lone = rollups.flat(1, rule_set_code="hd27-2014").children[0]
    lone = replace(
        lone,
        unit=replace(
            lone.unit, code="P.2", kind="GRASSROOTS_CELL", level="GOOD", name="Lone"
        ),
    )
    itself = rollups.figures(
        rule_set,
        rollups.member_counts(rule_set, [0, 0, 0, 0]),
        grassroots=rollups.organisation_counts(rule_set, [0, 0, 1, 0, 0]),
    )
    children = (*districts, lone)
    figures = rollups.summed(rule_set, [*(each.figures for each in children), itself])
    unit = replace(
        districts[0],
        unit=replace(districts[0].unit, code="P", name="Province"),
        figures=figures,
        by_sector={},
    )
    return rollups.Rollup("P-2016", "hd27-2014", unit, children)


def test_organisations_by_unit_adds_the_children_of_that_kind_as_a_last_row():
    rollup = province()

    grassroots, cells, lone = organisations_by_unit(rollup, terms_of(rollup))

    assert names(grassroots) == [
        "District 0",
        "District 1",
        "Directly subordinate units, each with its own level",
    ]
    assert [row["total"] for row in grassroots.rows] == [4, 4, 1]
    assert [row["levels.GOOD"] for row in grassroots.rows][-1] == 1
    assert names(cells) == ["District 0", "District 1"]
    assert lone.title == "Levels of the party organisations with none below them"
    assert names(lone) == ["Lone"]
    assert [grassroots.notes[1], cells.notes[1]] == [
        "Without grassroots party organisations below: 1 (grassroots party cell).",
        "Without party cells below: 1 (grassroots party cell).",
    ]


def test_a_table_with_short_labels_says_what_they_mean():
    _grassroots, cells, _lone = organisations_by_unit(province(), terms_of(province()))

    levels = rulesets.load("hd27-2014").scheme("grassroots").levels
    assert cells.notes[0] == (
        "; ".join(
            f"{each.short.en}: {each.label.en}"
            for each in levels
            if each.short.en != each.label.en
        )
        + "."
    )


def test_organisations_by_unit_lists_levels_where_no_child_has_any_below():
    rollup = rollups.flat(cells=2)

    (table,) = organisations_by_unit(rollup, terms_of(rollup))

    assert [table.cells(row) for row in table.rows] == [
        [1, "Chi bộ thôn 0", "party cell", 1, 0, 0, 0, 0],
        [2, "Chi bộ thôn 1", "party cell", 0, 1, 0, 0, 0],
    ]
    assert table.cells(table.total) == [None, "Total", None, 1, 1, 0, 0, 0]


@given(
    seed=st.integers(0, 2**32),
    children=st.integers(1, 7),
    code=st.sampled_from(rulesets.available()),
)
def test_the_rows_of_every_table_sum_to_the_units_own_figures(seed, children, code):
    rollup = rollups.district(children, seed=seed, rule_set_code=code)
    terms = terms_of(rollup)
    tables = [
        members_by_unit(rollup, terms),
        *organisations_by_unit(rollup, terms),
        *by_sector(rollup, terms),
        ceilings_in_brief(rollup, terms),
    ]

    for table in tables:
        sums = total_of(table.columns, table.rows)
        assert {key: table.total[key] for key in sums} == sums


@given(seed=st.integers(0, 2**32), code=st.sampled_from(rulesets.available()))
def test_a_column_of_parts_is_their_sum_in_every_row(seed, code):
    rollup = rollups.district(4, seed=seed, rule_set_code=code)
    terms = terms_of(rollup)

    for table in (
        members_by_unit(rollup, terms),
        *organisations_by_unit(rollup, terms),
    ):
        for row in (*table.rows, table.total):
            for column in table.columns:
                if column.parts:
                    assert row[column.key] == sum(row[key] for key in column.parts)


def test_children_that_hold_more_than_the_unit_are_refused():
    rollup = rollups.district(3)
    smaller = replace(rollup.unit, figures=rollup.children[0].figures)

    with pytest.raises(FiguresDisagree, match="members_by_unit"):
        members_by_unit(replace(rollup, unit=smaller), terms_of(rollup))


def test_by_sector_names_what_has_no_sector():
    rollup = rollups.district(6)
    sectors = dict(list(rollup.unit.by_sector.items())[:1])
    rollup = replace(rollup, unit=replace(rollup.unit, by_sector=sectors))

    members = by_sector(rollup, terms_of(rollup))[0]

    assert names(members) == ["Commune", "Sector not given"]


def test_a_unit_without_sectors_has_no_tables_by_sector():
    rollup = rollups.flat()

    assert by_sector(rollup, terms_of(rollup)) == ()


def lines_as_text(statement):
    return [
        (line.label, line.counts, statement.percents(line)) for line in statement.lines
    ]


def test_members_statement_says_who_was_assessed_and_how():
    rule_set = rulesets.load("hd27-2014")
    members = rollups.member_counts(
        rule_set, [108, 792, 90, 10], exempt=30, not_reviewed=4, SUSPENDED=1, OTHER=2
    )
    rollup = rollups.flat(0, rule_set_code="hd27-2014")
    unit = replace(rollup.unit, figures=rollups.figures(rule_set, members))

    statement = members_statement(unit, terms_of(rollup))

    good = "Qualified, tasks completed well"
    assert lines_as_text(statement) == [
        ("Members present at the time of the review", (1037,), ()),
        ("Exempt from party work and meetings", (30,), ()),
        ("Not yet reviewed", (4,), ()),
        ("Suspended from party activity", (1,), ()),
        ("Admitted less than 6 months ago", (0,), ()),
        ("Other", (2,), ()),
        ("Assessed", (1000,), ()),
        ("Qualified, tasks completed excellently", (108,), (Decimal("10.80"),)),
        (good, (792,), (Decimal("79.20"),)),
        ("Qualified, tasks completed", (90,), (Decimal("9.00"),)),
        ("Not qualified, or tasks not completed", (10,), (Decimal("1.00"),)),
        *((reason.label.en, (0,), ()) for reason in rule_set.reasons[:-1]),
        (rule_set.reasons[-1].label.en, (10,), ()),
        (f"{good} or better", (900,), (Decimal("90.00"),)),
        (
            f'"Qualified, tasks completed excellently" of those with "{good} or better"',
            (108,),
            (Decimal("12.00"),),
        ),
    ]


def test_organisations_statement_has_only_the_kinds_there_are():
    district, committee = rollups.district(3), rollups.flat()

    both = organisations_statement(district.unit, terms_of(district))
    cells = organisations_statement(committee.unit, terms_of(committee))
    none = organisations_statement(committee.children[0], terms_of(committee))

    assert both.heads == ("Grassroots party organisations", "Party cells")
    assert cells.heads == ("Party cells",)
    assert none is None


@pytest.mark.parametrize("subject", ["members", "grassroots", "cells"])
@pytest.mark.parametrize("code", rulesets.available())
def test_a_line_of_parts_is_their_sum(subject, code):
    rollup = rollups.district(5, rule_set_code=code)

    lines = lines_of(rollup.unit.figures, (subject,), terms_of(rollup))

    counts = {line.key: line.counts[0] for line in lines}
    for line in lines:
        if line.parts:
            assert counts[line.key] == sum(counts[key] for key in line.parts)


def test_comparison_has_the_subjects_that_were_rated_by_the_same_levels():
    now = rollups.district(5, rule_set_code="qd132-2018")
    same = rollups.previous(rule_set_code="qd132-2018")
    older = rollups.previous(rule_set_code="hd27-2014")
    terms = terms_of(now)

    with_same = comparison_statement(same, now.unit, 2018, terms)
    with_older = comparison_statement(older, now.unit, 2018, terms)

    def subjects(statement):
        return [line.label for line in statement.lines if line.parts]

    assert subjects(with_same) == [
        "Party members assessed",
        "Grassroots party organisations assessed",
        "Party cells assessed",
    ]
    assert subjects(with_older) == ["Party members assessed"]
    assert with_same.heads == ("2017", "2018")
    first = with_same.lines[1]
    before = same.rollup.unit.figures.members
    assert first.counts[0] == before.levels["EXCELLENT"]
    assert with_same.percents(first)[0] == percent_of(
        before.levels["EXCELLENT"], before.assessed
    )


def test_nothing_is_compared_with_a_campaign_in_which_nobody_was_assessed():
    now = rollups.district(2)
    before = rollups.Previous(year=2016, rollup=rollups.nobody())

    assert comparison_statement(before, now.unit, 2018, terms_of(now)) is None


def test_ceilings_put_the_bases_in_question_side_by_side():
    rollup = rollups.district(1, rule_set_code="qd366-2025", seed=3)

    table = ceilings(rollup, terms_of(rollup))

    levels = rollup.children[0].figures.members.levels
    good, better = levels["GOOD"], levels["GOOD"] + levels["EXCELLENT"]
    row = next(row for row in table.rows if row["subject"] == "Party members")
    assert table.cells(row)[3:] == [
        levels["EXCELLENT"],
        Decimal(20),
        good,
        good // 5,
        levels["EXCELLENT"] > good // 5,
        better,
        better // 5,
        levels["EXCELLENT"] > better // 5,
    ]
    assert [column.group for column in table.columns if column.group] == [
        *["Of those rated good"] * 3,
        *["Of those rated good or better"] * 3,
    ]
    assert len(table.notes) == 1


def test_a_unit_without_ceilings_has_no_table_of_them():
    rollup = rollups.flat()

    assert ceilings(rollup, terms_of(rollup)) is None


def test_ceilings_are_summed_by_child_only_where_that_is_much_shorter():
    rollup = rollups.district(3)
    many = tuple(
        replace(rollup.unit.ceiling[0], unit=f"YL.{at:04}") for at in range(121)
    )
    crowded = replace(rollup, unit=replace(rollup.unit, ceiling=many))
    wide = replace(crowded, children=rollup.children * 21)

    keys = [
        ceilings_in_print(each, terms_of(each)).key
        for each in (rollup, crowded, wide, replace(crowded, children=()))
    ]

    assert keys == ["ceilings", "ceilings_in_brief", "ceilings", "ceilings"]


def test_subjects_below_leaves_out_what_a_unit_does_not_have():
    assert subjects_below(rollups.district(3).unit) == ("grassroots", "cells")
    assert subjects_below(rollups.flat().unit) == ("cells",)
    assert subjects_below(rollups.flat().children[0]) == ()
