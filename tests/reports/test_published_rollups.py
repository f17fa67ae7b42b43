"""Published tables, from a workbook by the commands to the roll-up's JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.oracle import half_up, value_of
from tests.published import (
    Percent,
    Table,
    contents_of,
    expected,
    tables,
    write_workbook,
)
from tests.reports.schemas import ROLLUP_VALIDATOR

pytestmark = pytest.mark.django_db

each_table = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """The JSON of each table that was imported."""
    return {}


@pytest.fixture
def rollup_of(written: dict[str, Any], tmp_path: Path) -> Callable[[Table], Any]:
    def rollup(table: Table) -> Any:
        if table.name not in written:
            written[table.name] = imported(table, tmp_path)
        return written[table.name]

    return rollup


def imported(table: Table, folder: Path) -> Any:
    """What the two commands make of the table's workbook."""
    workbook, out = folder / "results.xlsx", folder / "rollup.json"
    write_workbook(contents_of(table.name), workbook)
    call_command(
        "import_results",
        workbook,
        campaign=table.campaign,
        rule_set=table.rule_set,
        year=table.year,
    )
    call_command("rollup", campaign=table.campaign, format="json", out=out)
    return json.loads(out.read_text(encoding="utf-8"))


@each_table
def test_the_rollup_has_every_count_and_percent(rollup_of, table: Table):
    wanted = expected(table)

    assert {path: value_of(rollup_of(table), [path]) for path in wanted} == wanted


@each_table
def test_the_rollup_keeps_to_the_schema(rollup_of, table: Table):
    ROLLUP_VALIDATOR.validate(rollup_of(table))


@each_table
def test_the_rollup_says_whose_it_is(rollup_of, table: Table):
    rollup = rollup_of(table)
    unit = rollup["unit"]

    assert (rollup["campaign"], rollup["rule_set"]) == (table.campaign, table.rule_set)
    assert (unit["code"], unit["name"], unit["kind"]) == (
        table.root["code"],
        table.root["name"],
        table.root["kind"],
    )


def published_percents() -> list[Any]:
    return [
        pytest.param(table, percent, id=f"{table.name}-{percent.off or percent.path}")
        for table in tables()
        for percent in table.percents
        if percent.published
    ]


@pytest.mark.parametrize(("table", "percent"), published_percents())
def test_the_rollup_shows_the_published_percent_or_it_is_off_by_name(
    rollup_of, table: Table, percent: Percent
):
    """A percent that was printed with two decimals stands there as it was printed."""
    shown = value_of(rollup_of(table), [percent.path])
    in_print = half_up(percent.part, percent.base, percent.decimals)

    assert shown == half_up(percent.part, percent.base)
    assert (str(in_print).replace(".", ",") == percent.published) == (not percent.off)


def test_levels_of_t2_are_disjoint_and_those_of_t5_stand_on_the_group(rollup_of):
    t2, t5 = (
        rollup_of(next(each for each in tables() if each.name == name))
        for name in ("T2", "T5")
    )

    for rollup in (t2, t5):
        for subject in ("members", "cells", "grassroots"):
            counts = rollup[subject]
            assert sum(counts["levels"].values()) == counts["assessed"]
    levels, groups = t5["grassroots"]["levels"], t5["grassroots"]["groups"]
    assert groups == {
        "CLEAN_STRONG_ALL": levels["CLEAN_STRONG_EXEMPLARY"] + levels["CLEAN_STRONG"]
    }
    assert set(t5["percent"]["within"]["grassroots"]) == {
        "CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL"
    }
