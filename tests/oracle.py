"""Figures counted once more: slow, plain, and from nothing but the tables.

Tests compare the program with this; it shares no line of code with it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from campaigns.contents import NO_PARENT, Contents

GRASSROOTS = ("GRASSROOTS_COMMITTEE", "GRASSROOTS_CELL")
GROUPS = {"CLEAN_STRONG_ALL": ("CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG")}
GOOD_OR_BETTER = ("CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG", "EXCELLENT", "GOOD")


def half_up(part: int, base: int, decimals: int = 2) -> str | None:
    """The percent as the roll-up's JSON has it."""
    if base == 0:
        return None
    scale = 10**decimals
    # Whole numbers only: twice the value plus one, halved, rounds half up.
    whole = (2 * 100 * scale * part + base) // (2 * base)
    return f"{whole // scale}.{whole % scale:0{decimals}}" if decimals else str(whole)


def counted(contents: Contents) -> dict[str, Any]:
    """The roll-up of the root without ceilings and children; absent codes are 0."""
    figures = _figures(contents, sectors=None)
    sectors = {_sector_of(contents, unit) for unit in range(1, len(contents.units))}
    return figures | {
        "percent": _percents(figures),
        "by_sector": {
            sector: _figures(contents, sectors={sector}) for sector in sectors
        },
    }


def value_of(rollup: Any, paths: Sequence[str], percent_of: Sequence[str] = ()) -> Any:
    """What a roll-up says at one dotted path, or the sum, or percent, of several."""
    if percent_of:
        return half_up(_sum(rollup, paths), _sum(rollup, percent_of))
    return _at(rollup, paths[0]) if len(paths) == 1 else _sum(rollup, paths)


def _sum(rollup: Any, paths: Sequence[str]) -> int:
    return sum(_at(rollup, path) for path in paths)


def _at(rollup: Any, path: str) -> Any:
    found = rollup
    for key in path.split("."):
        found = found[key]
    return found


def _figures(contents: Contents, *, sectors: set[str] | None) -> dict[str, Any]:
    units, people = contents.units, contents.people
    below = [
        unit
        for unit in range(1, len(units))
        if sectors is None or _sector_of(contents, unit) in sectors
    ]
    placed = [
        at
        for at, unit in enumerate(people.unit)
        if sectors is None or _sector_of(contents, unit) in sectors
    ]
    return {
        "members": _members(contents, placed),
        "cells": _organisations(contents, below, kinds=("CELL",)),
        "grassroots": _organisations(contents, below, kinds=GRASSROOTS),
    }


def _members(contents: Contents, placed: Sequence[int]) -> dict[str, Any]:
    people = contents.people
    status = Counter(str(people.status[at]) for at in placed)
    return {
        "present": len(placed),
        "exempt": status["EXEMPT"],
        "not_reviewed": status["NOT_REVIEWED"],
        "not_assessed": Counter(
            {code: status[code] for code in ("SUSPENDED", "UNDER_SIX_MONTHS", "OTHER")}
        ),
        "assessed": status["ASSESSED"],
        "levels": Counter(people.level[at] for at in placed if people.level[at]),
        "reasons": Counter(people.reason[at] for at in placed if people.reason[at]),
    }


def _organisations(
    contents: Contents, below: Sequence[int], *, kinds: Sequence[str]
) -> dict[str, Any]:
    units = contents.units
    of_kind = [unit for unit in below if units.kind[unit] in kinds]
    levels = Counter(units.level[unit] for unit in of_kind if units.level[unit])
    groups = {
        group: sum(levels[code] for code in codes) for group, codes in GROUPS.items()
    }
    return {
        "total": len(of_kind),
        "assessed": levels.total(),
        "levels": levels,
        "groups": groups,
    }


def _sector_of(contents: Contents, unit: int) -> str:
    """That of the grassroots unit at or above, else the unit's own."""
    units = contents.units
    above = unit
    while above != NO_PARENT and units.kind[above] not in GRASSROOTS:
        above = units.parent[above]
    return units.sector[unit if above == NO_PARENT else above]


def _percents(figures: Mapping[str, Any]) -> dict[str, Any]:
    percents: dict[str, Any] = {"good_or_better": {}, "within": {}}
    for subject, counts in figures.items():
        levels, base = counts["levels"], counts["assessed"]
        good = sum(levels[code] for code in GOOD_OR_BETTER)
        sums = {**levels, **counts.get("groups", {})}
        percents[subject] = {code: half_up(n, base) for code, n in sums.items()}
        percents["good_or_better"][subject] = half_up(good, base)
        pairs = {"EXCELLENT/GOOD_OR_BETTER": half_up(levels["EXCELLENT"], good)}
        strong = sums.get("CLEAN_STRONG_ALL", 0)
        exemplary = levels["CLEAN_STRONG_EXEMPLARY"]
        pairs["CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL"] = half_up(exemplary, strong)
        percents["within"][subject] = pairs
    return percents
