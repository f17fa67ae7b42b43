"""Each scenario, loaded as a user loads it: its roll-up shows every figure it holds."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from campaigns.models import Campaign
from reports.queries.fold import rollup_of as fold
from reviews import scenarios
from reviews.scenarios import Figure
from tests.oracle import counted, value_of
from tests.small_worlds import unit_of

pytestmark = pytest.mark.django_db

NAMES = scenarios.names()
# How many figures each roll-up shows, so that none goes missing unseen.
HELD = {
    "kon-ray-2022": 29,
    "nghe-an-khoi-2019": 29,
    "quang-binh-khoi-2020": 29,
    "quang-ngai-khoi-2017": 31,
    "yen-lac-2018": 46,
}


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """The JSON of each scenario that was loaded; the database forgets, this does not."""
    return {}


@pytest.fixture
def rollup_of(written: dict[str, Any], tmp_path: Path) -> Callable[[str], Any]:
    """The roll-up of a scenario, by the two commands."""

    def rollup(name: str) -> Any:
        if name not in written:
            out = tmp_path / f"{name}.json"
            call_command("load_scenario", name)
            call_command("rollup", campaign=name, format="json", out=out)
            written[name] = json.loads(out.read_text(encoding="utf-8"))
        return written[name]

    return rollup


def held_figures() -> list[Any]:
    return [
        pytest.param(name, figure, id=f"{name}-{figure.key}")
        for name in NAMES
        for figure in scenarios.expectations(scenarios.load(name))
    ]


@pytest.mark.parametrize(("name", "figure"), held_figures())
def test_the_rollup_shows_the_figure(rollup_of, name: str, figure: Figure):
    found = value_of(rollup_of(name), figure.paths, figure.percent_of)

    assert found == figure.value


def test_as_many_figures_are_shown_as_the_scenarios_hold():
    assert {
        name: len(scenarios.expectations(scenarios.load(name))) for name in NAMES
    } == HELD


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_that_is_not_shown_says_what_is_missing(name: str):
    figures = scenarios.load(name).figures

    assert [
        figure.key
        for figure in figures
        if figure.holds == bool(figure.why) or figure.holds != bool(figure.paths)
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_sector_shows_what_the_tables_count(rollup_of, name: str):
    """Not only the figures named in the file: nothing is lost between the columns."""
    by_sector = rollup_of(name)["by_sector"]
    plain = counted(scenarios.build(scenarios.load(name)))["by_sector"]

    assert {
        sector: (counts["members"]["present"], counts["cells"]["total"])
        for sector, counts in by_sector.items()
    } == {
        sector: (counts["members"]["present"], counts["cells"]["total"])
        for sector, counts in plain.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_children_are_the_grassroots_units_in_the_order_of_their_codes(
    rollup_of, name: str
):
    codes = [child["unit"]["code"] for child in rollup_of(name)["children"]]

    units = scenarios.load(name).units
    assert codes == sorted((unit.code for unit in units), key=str.encode)


def test_a_scenario_that_is_loaded_is_left_alone():
    call_command("load_scenario", "kon-ray-2022")
    campaign = Campaign.objects.get(code="kon-ray-2022")
    before = fold(unit_of(campaign, "KR"), with_below=True)

    call_command("load_scenario", "kon-ray-2022")

    assert Campaign.objects.get().version == campaign.version
    assert fold(unit_of(campaign, "KR"), with_below=True) == before
