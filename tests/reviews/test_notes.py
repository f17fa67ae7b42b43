"""Notes on results: what a reader should know, in their language; nothing refuses."""

from dataclasses import replace

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import CampaignUnit
from campaigns.rulesets import load
from reports.queries import rollup_of
from reviews import ceilings
from reviews.ceilings import CeilingCounts
from reviews.services.workbooks.ceilings import ceiling_counts
from reviews.services.workbooks.notes import notes_on_results
from tests.small_worlds import LEVELS, contents, imported, random_contents

COMMUNE = """
    X   -  GRASSROOTS_COMMITTEE  COMMUNE  GOOD
    X1  X  CELL                  -        GOOD
    X2  X  CELL                  -        -
"""
RULES = {code: load(code) for code in LEVELS}


def ceiling(rule_set: str, subject: str):
    return next(one for one in RULES[rule_set].ceilings if one.subject == subject)


def told(what, *, year=2024) -> list[str]:
    """The notes on these results, in the language of now."""
    notes = notes_on_results(what, rule_set=RULES["qd124-2023"], year=year)
    return [note.text() for note in notes]


def test_results_within_every_ceiling_have_no_note():
    what = contents(COMMUNE, {"X1": "EXCELLENT " + "GOOD " * 5})

    assert told(what) == []


def test_a_breach_is_noted_with_its_numbers():
    what = contents(COMMUNE, {"X1": "EXCELLENT EXCELLENT " + "GOOD " * 5})

    with override("en"):
        notes = told(what)

    assert notes == [
        "Đơn vị X, members: 2 rated “Tasks completed excellently”. "
        "Permitted: 1, which is 20% of the 5 rated good; or 1, which is 20% of the 7 "
        "rated good or better."
        " Record the reason and who decided it."
    ]


def test_a_breach_on_one_base_is_noted_with_what_the_other_permits():
    what = contents(COMMUNE, {"X1": "EXCELLENT " + "GOOD " * 4})

    with override("en"):
        notes = told(what)

    assert notes == [
        "Đơn vị X, members: 1 rated “Tasks completed excellently”. "
        "Permitted: 0, which is 20% of the 4 rated good; or 1, which is 20% of the 5 "
        "rated good or better."
        " Record the reason and who decided it."
    ]


def test_a_breach_by_cells_is_told_from_one_by_members():
    what = contents(
        COMMUNE.replace("CELL                  -        GOOD", "CELL - EXCELLENT")
    )

    with override("en"):
        notes = told(what)

    assert notes == [
        "Đơn vị X, cells: 1 rated “Tasks completed excellently”. "
        "Permitted: 0, which is 20% of the 0 rated good. Record the reason and who decided it."
    ]


def test_notes_that_are_found_once_are_told_in_the_language_of_each_reader():
    what = contents(COMMUNE, {"X1": "EXCELLENT EXCELLENT GOOD"})
    notes = notes_on_results(what, rule_set=RULES["qd124-2023"], year=2025)
    lines = {}
    for language in ("vi", "en"):
        with override(language):
            lines[language] = [note.text() for note in notes]

    assert len(lines["vi"]) == len(lines["en"]) == 2
    assert not set(lines["vi"]) & set(lines["en"])


@pytest.mark.parametrize(
    ("year", "count"), [(2022, 1), (2023, 0), (2024, 0), (2025, 1)]
)
def test_a_rule_set_out_of_its_years_is_noted(year, count):
    with override("en"):
        notes = told(contents(COMMUNE), year=year)

    assert len(notes) == count
    assert all(f"not in force at the end of {year}" in note for note in notes)


def test_members_are_counted_by_grassroots_unit_with_a_row_where_nobody_is_assessed():
    what = contents(
        COMMUNE + "Y X GRASSROOTS_CELL OTHER GOOD\nW X SECTIONAL - -\nW1 W CELL - -",
        {"X1": "EXCELLENT GOOD", "X2": "GOOD", "W1": "GOOD", "Y": "EXEMPT"},
    )

    assert ceiling_counts(what, ceiling("qd124-2023", "members")) == [
        CeilingCounts("X", "Đơn vị X", "members", {"EXCELLENT": 1, "GOOD": 3}),
        CeilingCounts("Y", "Đơn vị Y", "members", {}),
    ]


def test_cells_are_counted_by_grassroots_unit_and_those_by_the_unit_above():
    what = contents(
        "H - SUPERIOR - -\nX H GRASSROOTS_COMMITTEE COMMUNE GOOD\n"
        "X1 X CELL - EXCELLENT\nW H CELL OTHER GOOD\n"
    )

    assert ceiling_counts(what, ceiling("qd124-2023", "cells")) == [
        CeilingCounts("X", "Đơn vị X", "cells", {"EXCELLENT": 1}),
    ]
    assert ceiling_counts(what, ceiling("qd124-2023", "grassroots")) == [
        CeilingCounts("H", "Đơn vị H", "grassroots", {"GOOD": 1}),
    ]


def test_members_may_be_counted_by_cell():
    rule = ceiling("qd124-2023", "members")
    by_cell = replace(rule, unit_rule=replace(rule.unit_rule, value="CELL"))
    what = contents(COMMUNE, {"X1": "EXCELLENT GOOD", "X2": "GOOD"})

    assert ceiling_counts(what, by_cell) == [
        CeilingCounts("X1", "Đơn vị X1", "members", {"EXCELLENT": 1, "GOOD": 1}),
        CeilingCounts("X2", "Đơn vị X2", "members", {"GOOD": 1}),
    ]


@pytest.mark.parametrize("rule_set", LEVELS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_notes_count_ceilings_as_reports_do(db, rule_set, data):
    what = data.draw(random_contents(rule_set=rule_set))
    rules = RULES[rule_set]
    counts = [
        counted for one in rules.ceilings for counted in ceiling_counts(what, one)
    ]

    with transaction.atomic():
        campaign = imported(what, rule_set_code=rule_set)
        root = CampaignUnit.objects.get(campaign=campaign, parent=None)
        reported = rollup_of(root, with_below=True).unit.ceiling
        transaction.set_rollback(True)

    assert ceilings.check(rules, counts) == reported
