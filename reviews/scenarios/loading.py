"""From a scenario's file to its values; whatever cannot be is refused. Pure."""

import re
import tomllib
from collections.abc import Collection
from datetime import date
from functools import cache, partial
from importlib import resources

from campaigns import rulesets
from members.vocabulary import vocabulary
from reviews.scenarios import plans
from reviews.scenarios.checks import check
from reviews.scenarios.model import (
    MODES,
    Admissions,
    Dealing,
    Figure,
    Grassroots,
    Issuer,
    Observation,
    Office,
    Scenario,
)
from reviews.scenarios.people import name_sets
from reviews.scenarios.records import read_records
from reviews.scenarios.tables import BadScenario, Table

_DATA = resources.files("reviews.scenarios") / "data"
_NAME_LISTS = "names.toml"
_PERCENT = re.compile(r"\d{1,3}\.\d\d")


class UnknownScenario(LookupError):
    """There is no scenario of this name."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of the scenarios there are, in alphabetical order."""
    files = {file.name for file in _DATA.iterdir()} - {_NAME_LISTS}
    return tuple(sorted(file.removesuffix(".toml") for file in files))


@cache
def load(name: str) -> Scenario:
    """Return one scenario.

    Raises: UnknownScenario; BadScenario, with the first key that is wrong.
    """
    if name not in names():
        raise UnknownScenario(name)
    file = f"{name}.toml"
    return read((_DATA / file).read_text(encoding="utf-8"), file=file)


def read(text: str, *, file: str) -> Scenario:
    """Return the scenario that a TOML text says; refusals name `file`.

    Raises: BadScenario, with the first key that is wrong.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadScenario(file, "", f"is not TOML: {fault}") from fault
    table = Table(values, file=file)
    scenario = _scenario(table)
    table.finish()
    check(table, scenario)
    return scenario


def _scenario(table: Table) -> Scenario:
    year = table.number("year", least=2000)
    day = date(year, 12, 31)
    kinds = [kind.code for kind in vocabulary().kinds_on(day)]
    sectors = [sector.code for sector in vocabulary().sectors_on(day)]
    rule_set = table.one_of("rule_set", rulesets.available())
    levels = rulesets.load(rule_set).organisations.codes
    return Scenario(
        code=table.text("code"),
        title=table.label("title"),
        theme=table.label("theme"),
        note=table.label("note"),
        year=year,
        rule_set=rule_set,
        mode=table.one_of("mode", MODES),
        issuer=table.part("issuer", _issuer),
        root=table.part("root", partial(_office, kinds)),
        neighbour=table.part("neighbour", partial(_office, kinds)),
        dealing=table.part("dealing", _dealing),
        units=table.rows("units", partial(_grassroots, sectors, levels)),
        figures=table.rows("figures", _figure),
        discrepancies=table.rows("discrepancies", _observation),
        readings=table.rows("readings", _observation),
        records=table.maybe("records", lambda own, key: own.part(key, read_records)),
        plan=table.part("plan", partial(plans.read, year)) if "plan" in table else None,
    )


def _issuer(table: Table) -> Issuer:
    return Issuer(
        superior=table.text("superior"),
        name=table.text("name"),
        place=table.text("place"),
        symbol=table.text("symbol"),
    )


def _office(kinds: Collection[str], table: Table) -> Office:
    return Office(
        code=table.text("code"),
        name=table.text("name"),
        kind=table.one_of("kind", kinds),
        clerk=table.label("clerk"),
    )


def _dealing(table: Table) -> Dealing:
    return Dealing(
        code_prefix=table.text("code_prefix"),
        peoples=table.counts("peoples", name_sets()),
        women_percent=table.number("women_percent", most=100),
        excellent_percent=table.number("excellent_percent", most=100),
        above=table.texts("above"),
        homes=table.texts("homes"),
        admissions=table.rows("admissions", _admissions),
    )


def _admissions(table: Table) -> Admissions:
    return Admissions(
        from_on=table.day("from_on"),
        until_on=table.day("until_on"),
        people=table.number("people"),
    )


def _grassroots(
    sectors: Collection[str], levels: Collection[str], table: Table
) -> Grassroots:
    return Grassroots(
        code=table.text("code"),
        name=table.text("name"),
        sector=table.one_of("sector", sectors),
        level=table.one_of("level", levels) if "level" in table else "",
        members=table.number("members", least=1),
        cells=table.texts("cells"),
        cell_levels=table.counts("cell_levels", levels),
    )


def _figure(table: Table) -> Figure:
    holds = table.flag("holds")
    value = table.take("value")
    if isinstance(value, bool) or not isinstance(value, int | str):
        table.refuse("value", "is neither a whole number nor a text")
    if holds and isinstance(value, str) and not _PERCENT.fullmatch(value):
        table.refuse("value", "is no percent with two decimals")
    figure = Figure(
        key=table.text("key"),
        value=value,
        kind=table.kind(),
        holds=holds,
        paths=table.texts("paths"),
        percent_of=table.texts("percent_of"),
        remark=table.text("remark"),
        why="" if holds else table.text("why"),
    )
    if holds != bool(figure.paths):
        table.refuse("paths", "are missing" if holds else "stand though it holds not")
    return figure


def _observation(table: Table) -> Observation:
    return Observation(
        name=table.text("name"),
        figures=table.texts("figures"),
        remark=table.text("remark"),
    )
