"""What the parts of a scenario must agree in. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from campaigns import rulesets
from campaigns.contents import Status
from campaigns.rulesets.model import REASONS
from reviews.scenarios.model import STATUS_PATHS, Grassroots, Scenario
from reviews.scenarios.tables import Table

_PRESENT = "members.present"


def check(table: Table, scenario: Scenario) -> None:
    """Refuse a scenario whose parts contradict each other.

    Raises: BadScenario, with the key of the part that is wrong.
    """
    _check_codes(table, scenario)
    for at, unit in enumerate(scenario.units):
        _check_cells(table, f"units.{at}", unit)
    _check_counts(table, scenario)
    _check_dealing(table, scenario)
    _check_observations(table, scenario)


def _check_codes(table: Table, scenario: Scenario) -> None:
    offices = [scenario.root.code, scenario.neighbour.code]
    codes = [*offices, *(unit.code for unit in scenario.units)]
    _refuse_twice(table, "units", codes)
    _refuse_twice(table, "figures", [figure.key for figure in scenario.figures])


def _refuse_twice(table: Table, key: str, codes: Iterable[str]) -> None:
    for code, times in Counter(codes).items():
        if times > 1:
            table.refuse(key, f"have {code} twice")


def _check_cells(table: Table, key: str, unit: Grassroots) -> None:
    if sum(unit.cell_levels.values()) > len(unit.cells):
        table.refuse(f"{key}.cell_levels", "are more than the cells")
    if unit.members < len(unit.cells):
        table.refuse(f"{key}.members", "are fewer than the cells")


def _check_counts(table: Table, scenario: Scenario) -> None:
    """Refuse counts of people that are missing or do not sum."""
    for whole, parts in _sums(scenario):
        counts = {}
        for path in (whole, *parts):
            try:
                counts[path] = scenario.count(path)
            except KeyError:
                table.refuse("figures", f"state no count for {path}")
        total = sum(counts[path] for path in parts)
        if total != counts[whole]:
            table.refuse("figures", f"state {counts[whole]} for {whole}, parts {total}")
    placed = sum(unit.members for unit in scenario.units)
    if placed != scenario.count(_PRESENT):
        table.refuse("units", f"have {placed} members, {_PRESENT} another number")


def _sums(scenario: Scenario) -> Iterator[tuple[str, list[str]]]:
    levels = rulesets.load(scenario.rule_set).members.codes
    yield _PRESENT, list(STATUS_PATHS.values())
    yield STATUS_PATHS[Status.ASSESSED], [f"members.levels.{code}" for code in levels]
    reasons = [f"members.reasons.{code}" for code in REASONS]
    yield "members.levels.NOT_COMPLETED", reasons


def _check_dealing(table: Table, scenario: Scenario) -> None:
    dealing = scenario.dealing
    if not sum(dealing.peoples.values()):
        table.refuse("dealing.peoples", "are nobody")
    for code in sorted(set(dealing.above) - {unit.code for unit in scenario.units}):
        table.refuse("dealing.above", f"{code} is no unit")
    if not dealing.admissions:
        table.refuse("dealing.admissions", "are missing")
    newest = dealing.admissions[0]
    if newest.people < scenario.count(STATUS_PATHS[Status.UNDER_SIX_MONTHS]):
        table.refuse("dealing.admissions.0", "are fewer than those under six months")
    spans = [day for it in dealing.admissions for day in (it.until_on, it.from_on)]
    if spans != sorted(spans, reverse=True) or newest.from_on.year != scenario.year:
        table.refuse("dealing.admissions", "do not go back from the year itself")


def _check_observations(table: Table, scenario: Scenario) -> None:
    known = {figure.key for figure in scenario.figures}
    for group in ("discrepancies", "readings"):
        for at, observation in enumerate(getattr(scenario, group)):
            for key in sorted(set(observation.figures) - known):
                table.refuse(f"{group}.{at}.figures", f"{key} is no figure")
