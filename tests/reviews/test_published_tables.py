"""Published tables: their arithmetic, and that our reading of a workbook keeps it."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from campaigns import rulesets
from campaigns.contents import Contents
from members.spreadsheets.cells import ROLL_LIMITS, Column, Mark, Sheet, column_letter
from members.spreadsheets.reading import read_sheets
from members.vocabulary import vocabulary
from reviews import scenarios
from reviews.workbook import SHEET_NAMES, Parsed, read_results
from tests.oracle import counted, half_up, value_of
from tests.published import (
    Percent,
    Table,
    contents_of,
    expected,
    sheets_of,
    tables,
    write_workbook,
)

each_table = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
each_published_percent = pytest.mark.parametrize(
    "percent",
    [
        pytest.param(percent, id=f"{table.name}-{percent.path}")
        for table in tables()
        for percent in table.percents
        if percent.published
    ],
)


def test_the_tables_are_six():
    assert [table.name for table in tables()] == ["T2", "T5", "T7", "T8", "T10", "T13"]


def test_as_many_percents_are_checked_as_were_published():
    published = Counter(
        table.name
        for table in tables()
        for percent in table.percents
        if percent.published
    )

    assert published == {"T2": 3, "T5": 5, "T8": 5, "T13": 1}


@each_published_percent
def test_a_published_percent_is_half_up_or_off_by_name(percent: Percent):
    """Rounded once, to the decimals that were printed."""
    computed = half_up(percent.part, percent.base, percent.decimals)

    assert (percent.published == str(computed).replace(".", ",")) == (not percent.off)


@each_table
def test_counts_are_whole(table: Table):
    """What was published sums, so that nothing is lost in our levels."""
    for subject in ("cells", "grassroots", "members"):
        levels = [
            count
            for path, count in table.counts.items()
            if path.startswith(f"{subject}.levels.")
        ]
        assert sum(levels) == table.counts.get(f"{subject}.assessed", 0)


@each_table
def test_parts_and_bases_of_percents_are_counts(table: Table):
    found = counted(contents_of(table.name))

    assert {
        percent.path: value_of(found, [percent.path])
        for percent in table.percents
        if percent.part
    } == {
        percent.path: half_up(percent.part, percent.base)
        for percent in table.percents
        if percent.part
    }


@each_table
def test_the_tables_of_the_campaign_have_the_counts(table: Table):
    found = counted(contents_of(table.name))

    assert {path: value_of(found, [path]) for path in table.counts} == table.counts


@each_table
def test_kinds_and_sectors_are_valid_at_the_end_of_the_year(table: Table):
    day, units = date(table.year, 12, 31), contents_of(table.name).units
    kinds = {kind.code for kind in vocabulary().kinds_on(day)}
    sectors = {sector.code for sector in vocabulary().sectors_on(day)}

    assert set(units.kind) - kinds == set()
    assert set(units.sector) - sectors - {""} == set()


def test_expected_has_counts_and_percents_by_path():
    son_ca = next(table for table in tables() if table.name == "T10")

    assert expected(son_ca) == {
        "grassroots.total": 0,
        "cells.total": 0,
        "members.present": 22,
        "members.exempt": 0,
        "members.not_reviewed": 0,
        "members.assessed": 22,
        "members.levels.EXCELLENT": 4,
        "members.levels.GOOD": 18,
        "members.levels.SATISFACTORY": 0,
        "members.levels.NOT_COMPLETED": 0,
        "percent.members.EXCELLENT": "18.18",
        "percent.members.GOOD": "81.82",
        "percent.good_or_better.members": "100.00",
        "percent.cells.EXCELLENT": None,
    }


def parsed(sheets: dict[str, Sheet], *, rule_set: str, year: int) -> Parsed:
    return read_results(
        sheets,
        vocabulary=vocabulary(),
        rule_set=rulesets.load(rule_set),
        year=year,
    )


def sheets_in_memory(contents: Contents) -> dict[str, Sheet]:
    return {
        name: Sheet(
            name=name,
            rows=[at + 2 for at in range(len(next(iter(columns.values()))))],
            columns=[
                Column(column_letter(at), head, values, Mark.TEXT * len(values))
                for at, (head, values) in enumerate(columns.items())
            ],
        )
        for name, columns in sheets_of(contents).items()
    }


@each_table
def test_a_workbook_of_the_table_is_read_as_it_was_written(
    table: Table, tmp_path: Path
):
    contents, file = contents_of(table.name), tmp_path / "results.xlsx"
    write_workbook(contents, file)
    sheets = read_sheets(file, limits=ROLL_LIMITS, names=SHEET_NAMES)

    found = parsed(sheets, rule_set=table.rule_set, year=table.year)

    assert found.faults == ()
    assert found.contents is not None
    assert found.contents.digest() == contents.digest()


@pytest.mark.parametrize("name", scenarios.names())
def test_sheets_of_a_scenario_are_read_without_a_note(name: str):
    scenario = scenarios.load(name)
    contents = scenarios.build(scenario)
    sheets = sheets_in_memory(contents)

    found = parsed(sheets, rule_set=scenario.rule_set, year=scenario.year)

    assert (found.faults, found.notes) == ((), ())
    assert found.contents is not None
    assert found.contents.digest() == contents.digest()
