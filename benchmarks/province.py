"""An invented province of any size, the same on every machine. Pure.

Communes under the root; in each, committees with cells, and cells that are
grassroots units themselves: 200 cells a commune, of about 25 members each.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from campaigns.contents import NO_PARENT, Contents, PeopleTable, UnitTable
from members.vocabulary import vocabulary
from reviews.scenarios.people import MAN, WOMAN, name_sets

T = TypeVar("T")

RULE_SET = "qd366-2025"
YEAR = 2025

MEMBERS_OF_A_CELL = 25
COMMITTEES_OF_A_COMMUNE = 20
CELLS_OF_A_COMMITTEE = 8
GRASSROOTS_CELLS_OF_A_COMMUNE = 40

_FIRST_ROW = 2  # of a sheet, below its heads
_OLDEST, _YOUNGEST = date(1940, 1, 1), date(2001, 12, 31)
_FIRST_AGE, _LAST_AGE = 19, 40  # at admission
_ORGANISATION_LEVELS = {
    "EXCELLENT": 17,
    "GOOD": 66,
    "SATISFACTORY": 14,
    "NOT_COMPLETED": 1,
    "": 2,
}
# Status, level, reason, and how many of a thousand.
_OUTCOMES = {
    ("ASSESSED", "EXCELLENT", ""): 150,
    ("ASSESSED", "GOOD", ""): 640,
    ("ASSESSED", "SATISFACTORY", ""): 130,
    ("ASSESSED", "NOT_COMPLETED", "DISCIPLINED"): 6,
    ("ASSESSED", "NOT_COMPLETED", "UNDER_HALF_OF_TARGETS"): 2,
    ("ASSESSED", "NOT_COMPLETED", "UNSTATED"): 2,
    ("EXEMPT", "", ""): 40,
    ("NOT_REVIEWED", "", ""): 12,
    ("SUSPENDED", "", ""): 1,
    ("UNDER_SIX_MONTHS", "", ""): 14,
    ("OTHER", "", ""): 3,
}


def province(members: int, *, code: str) -> Contents:
    """Return a province with so many members, and a cell for every 25 of them.

    Whole communes, so that the cells of the last may be smaller. `code` begins every
    code in it; another one makes other people.
    """
    rng = random.Random(code)  # noqa: S311 -- keeps no secret
    units = UnitTable()
    cells = _tree(units, max(1, members // MEMBERS_OF_A_CELL), code)
    units.level = _drawn(rng, _ORGANISATION_LEVELS, len(units))
    units.row = list(range(_FIRST_ROW, len(units) + _FIRST_ROW))
    homes = sorted(rng.choices(cells, k=members))
    return Contents(units, _people(rng, homes, code))


def flat(
    members: int,
    *,
    cells: int,
    code: str,
    above: str = "SUPERIOR",
    below: str = "GRASSROOTS_CELL",
) -> Contents:
    """Return one committee with so many cells below it, and people in all of them.

    `above` and `below` are the kinds of both.
    """
    rng = random.Random(code)  # noqa: S311 -- keeps no secret
    units = UnitTable()
    sector = next(iter(vocabulary().sectors_on(date(YEAR, 12, 31)))).code
    is_grassroots = vocabulary().kinds[above].is_grassroots
    own = sector if is_grassroots else ""
    root = _add(units, code, "Đảng bộ xã", NO_PARENT, above, own)
    named = "" if is_grassroots else sector
    every = [
        _add(units, f"{code}.{at:03}", f"Chi bộ {at}", root, below, named)
        for at in range(cells)
    ]
    units.level = [""] * len(units)
    units.row = list(range(_FIRST_ROW, len(units) + _FIRST_ROW))
    homes = sorted(rng.choices(every, k=members))
    return Contents(units, _people(rng, homes, code))


def _tree(units: UnitTable, wanted: int, code: str) -> list[int]:
    """Fill the table of units with cells enough; return where the cells stand."""
    root = _add(units, code, "Đảng bộ tỉnh", NO_PARENT, "PROVINCE", "")
    sectors = [sector.code for sector in vocabulary().sectors_on(date(YEAR, 12, 31))]
    cells: list[int] = []
    communes = grassroots = 0
    while len(cells) < wanted:
        communes += 1
        above = f"{code}.{communes:03}"
        name = f"Đảng bộ xã {communes}"
        commune = _add(units, above, name, root, "SUPERIOR", "")
        for number in range(1, COMMITTEES_OF_A_COMMUNE + 1):
            sector = sectors[grassroots % len(sectors)]
            grassroots += 1
            cells += _committee(units, f"{above}.{number:02}", commune, sector)
        for number in range(1, GRASSROOTS_CELLS_OF_A_COMMUNE + 1):
            sector = sectors[grassroots % len(sectors)]
            grassroots += 1
            own, name = f"{above}.C{number:02}", f"Chi bộ cơ quan {number}"
            cells.append(_add(units, own, name, commune, "GRASSROOTS_CELL", sector))
    return cells


def _committee(units: UnitTable, code: str, commune: int, sector: str) -> list[int]:
    name = f"Đảng bộ cơ sở {code}"
    above = _add(units, code, name, commune, "GRASSROOTS_COMMITTEE", sector)
    return [
        _add(
            units, f"{code}.{number:02}", f"Chi bộ thôn {number}", above, "CELL", sector
        )
        for number in range(1, CELLS_OF_A_COMMITTEE + 1)
    ]


def _add(
    units: UnitTable, code: str, name: str, parent: int, kind: str, sector: str
) -> int:
    units.code.append(code)
    units.name.append(name)
    units.parent.append(parent)
    units.kind.append(kind)
    units.sector.append(sector)
    return len(units) - 1


def _people(rng: random.Random, homes: list[int], code: str) -> PeopleTable:
    count = len(homes)
    outcomes = _drawn(rng, _OUTCOMES, count)
    genders = rng.choices((MAN, WOMAN), (65, 35), k=count)
    born = rng.choices(_days(_OLDEST, _YOUNGEST), k=count)
    admitted = _admissions(rng, born)
    return PeopleTable(
        code=[f"{code}-{number:06}" for number in range(1, count + 1)],
        full_name=_names(rng, genders),
        born_on=born,
        gender=genders,
        unit=homes,
        admitted_on=admitted,
        official_on=[f"{int(day[:4]) + 1}{day[4:]}" for day in admitted],
        status=[status for status, _, _ in outcomes],
        level=[level for _, level, _ in outcomes],
        reason=[reason for _, _, reason in outcomes],
        row=list(range(_FIRST_ROW, count + _FIRST_ROW)),
    )


def _admissions(rng: random.Random, born: Sequence[str]) -> list[str]:
    """Return a day for each at which they are of age, the year before this at most."""
    ages = rng.choices(range(_FIRST_AGE, _LAST_AGE + 1), k=len(born))
    # Without 29 February, which is no day a year later.
    days = [day[4:] for day in _days(date(2001, 1, 1), date(2001, 12, 31))]
    return [
        f"{min(int(day[:4]) + age, YEAR - 1)}{rest}"
        for day, age, rest in zip(
            born, ages, rng.choices(days, k=len(born)), strict=True
        )
    ]


def _names(rng: random.Random, genders: Sequence[str]) -> list[str]:
    of_gender = {
        gender: iter(_names_of(rng, gender, genders.count(gender)))
        for gender in (MAN, WOMAN)
    }
    return [next(of_gender[gender]) for gender in genders]


def _names_of(rng: random.Random, gender: str, count: int) -> list[str]:
    names = name_sets()["KINH"]
    parts = (names.family, names.middle[gender], names.given[gender])
    drawn = (rng.choices(part.words, part.weights, k=count) for part in parts)
    return list(map(" ".join, zip(*drawn, strict=True)))


def _drawn(rng: random.Random, weights: Mapping[T, int], count: int) -> list[T]:
    return rng.choices(list(weights), list(weights.values()), k=count)


def _days(first: date, last: date) -> list[str]:
    return [
        (first + timedelta(days=number)).isoformat()
        for number in range((last - first).days + 1)
    ]
