"""From a scenario to the tables of a campaign: its tree, and invented people. Pure.

The same scenario gives the same tables on every machine: all chance comes from one
generator seeded with the scenario's code.
"""

import random
from collections.abc import Sequence

from campaigns.contents import NO_PARENT, Contents, PeopleTable, UnitTable
from reviews.scenarios.lives import Life, lives
from reviews.scenarios.model import Dealing, Grassroots, Scenario
from reviews.scenarios.outcomes import Outcome, Seat, deal
from reviews.scenarios.people import MAN, WOMAN, name_sets, weighted

_SMALLEST_CELL = 7
_FIRST_ROW = 2  # of a sheet, below its heads


def build(scenario: Scenario) -> Contents:
    """Return the tree of the scenario with its people and results.

    Shape: units from the root down, each before the units below it; people by unit.
    Raises: ValueError where the ceiling leaves no room for the excellent.
    """
    rng = random.Random(scenario.code)  # noqa: S311 -- keeps no secret
    units = UnitTable()
    seats = _tree(scenario, units, rng)
    outcomes = deal(scenario, seats, rng)
    dates = lives(scenario, seats, outcomes, rng)
    people = _people(scenario.dealing, seats, outcomes, dates, rng)
    return Contents(units=units, people=people)


def _tree(scenario: Scenario, units: UnitTable, rng: random.Random) -> list[Seat]:
    """Fill the table of units; return a seat for every person to come."""
    root = scenario.root
    top = _add_unit(
        units, code=root.code, name=root.name, parent=NO_PARENT, kind=root.kind
    )
    seats: list[Seat] = []
    for number, unit in enumerate(scenario.units):
        at = _add_unit(
            units,
            code=unit.code,
            name=unit.name,
            parent=top,
            kind=unit.kind,
            sector=unit.sector,
            level=unit.level,
        )
        places = _add_cells(units, unit, at, rng) or [at]
        sizes = spread(unit.members, len(places), rng)
        for place, size in zip(places, sizes, strict=True):
            is_home = units.name[place].startswith(scenario.dealing.homes)
            seats.extend([Seat(place, number, is_home)] * size)
    return seats


def _add_cells(
    units: UnitTable, unit: Grassroots, above: int, rng: random.Random
) -> list[int]:
    levels = [level for level, count in unit.cell_levels.items() for _ in range(count)]
    levels += [""] * (len(unit.cells) - len(levels))
    rng.shuffle(levels)
    return [
        _add_unit(
            units,
            code=f"{unit.code}.{at:02}",
            name=name,
            parent=above,
            kind="CELL",
            sector=unit.sector,
            level=level,
        )
        for at, (name, level) in enumerate(zip(unit.cells, levels, strict=True), 1)
    ]


def _add_unit(
    units: UnitTable,
    *,
    code: str,
    name: str,
    parent: int,
    kind: str,
    sector: str = "",
    level: str = "",
) -> int:
    at = len(units)
    units.code.append(code)
    units.name.append(name)
    units.parent.append(parent)
    units.kind.append(kind)
    units.sector.append(sector)
    units.level.append(level)
    units.row.append(at + _FIRST_ROW)
    return at


def spread(total: int, parts: int, rng: random.Random) -> list[int]:
    """Return sizes of so many parts, uneven as cells are, that sum to the total.

    Where the total allows, each is at least seven.
    """
    least = min(_SMALLEST_CELL, total // parts)
    weights = [rng.uniform(0.4, 1.6) * rng.uniform(0.4, 1.6) for _ in range(parts)]
    shares = [(total - least * parts) * weight / sum(weights) for weight in weights]
    sizes = [least + int(share) for share in shares]
    by_rest = sorted(range(parts), key=lambda at: int(shares[at]) - shares[at])
    for at in by_rest[: total - sum(sizes)]:
        sizes[at] += 1
    return sizes


def _people(
    dealing: Dealing,
    seats: Sequence[Seat],
    outcomes: Sequence[Outcome],
    dates: Sequence[Life],
    rng: random.Random,
) -> PeopleTable:
    names = _names(dealing, dates, rng)
    return PeopleTable(
        code=[f"{dealing.code_prefix}-{at:05}" for at in range(1, len(seats) + 1)],
        full_name=[name for name, _ in names],
        born_on=[life.born_on for life in dates],
        gender=[gender for _, gender in names],
        unit=[seat.unit for seat in seats],
        admitted_on=[life.admitted_on for life in dates],
        official_on=[life.official_on for life in dates],
        status=[outcome.status for outcome in outcomes],
        level=[outcome.level for outcome in outcomes],
        reason=[outcome.reason for outcome in outcomes],
        row=[at + _FIRST_ROW for at in range(len(seats))],
    )


def _names(
    dealing: Dealing, dates: Sequence[Life], rng: random.Random
) -> list[tuple[str, str]]:
    """Return full names with genders; no two people share name and date of birth."""
    taken: set[tuple[str, str]] = set()
    names = []
    for life in dates:
        name, gender = _name(dealing, rng)
        while (name, life.born_on) in taken:
            name, gender = _name(dealing, rng)
        taken.add((name, life.born_on))
        names.append((name, gender))
    return names


def _name(dealing: Dealing, rng: random.Random) -> tuple[str, str]:
    gender = WOMAN if rng.random() * 100 < dealing.women_percent else MAN
    name_set = name_sets()[weighted(dealing.peoples).one(rng)]
    return name_set.full_name(rng, gender=gender), gender
