"""The units of a file, as the registry knows them or is given them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from members import bulk
from members.bulk import batches
from members.models import PartyUnit, UnitState
from members.paths import NO_PARENT, SEGMENT, child_path, is_within
from members.services import units as unit_services
from members.services.registering.shared import (
    Difference,
    UnitColumns,
    differing,
    known_rows,
)

ONE_DAY = timedelta(days=1)


def register_units(
    units: UnitColumns,
    known: Mapping[int, PartyUnit],
    *,
    on: date,
    within: PartyUnit | None,
) -> tuple[list[int], int, list[Difference]]:
    """Return the ids beside the rows, how many are new, and what differs.

    Raises: units.UnitNotChangeable if the tree would get too deep.
    """
    rows = range(len(units.code))
    missing = [at for at in rows if at not in known]
    ids = dict(zip(missing, bulk.new_ids(PartyUnit, len(missing)), strict=True))
    unit_ids = [known[at].pk if at in known else ids[at] for at in rows]
    if missing:
        _insert(units, missing, unit_ids, on=on)
    return unit_ids, len(missing), _differences(units, unit_ids, known, within)


def _insert(
    units: UnitColumns,
    missing: Sequence[int],
    unit_ids: Sequence[int],
    *,
    on: date,
) -> None:
    unit_services.lock_tree()
    # Where they stand now that none can move.
    known = known_rows(PartyUnit.objects.all(), units.code)
    paths = _Paths(units, known)
    ids = [unit_ids[at] for at in missing]
    ended = [_closed_with(units, at, known) for at in missing]
    described: dict[str, Sequence[Any]] = {
        "name": [units.name[at] for at in missing],
        "kind": [units.kind[at] for at in missing],
        "sector": [units.sector[at] for at in missing],
        "parent_id": [
            unit_ids[units.parent[at]] if units.parent[at] != NO_PARENT else None
            for at in missing
        ],
    }
    # An old campaign may know a cell of a unit that was closed since: it is closed too.
    # What the registry knows above it was opened first, even if by a later campaign.
    begun = [max(on, _opened_above(units, at, known) or on) for at in missing]
    opened = [
        min(begin, end - ONE_DAY) if end else begin
        for begin, end in zip(begun, ended, strict=True)
    ]
    bulk.insert(
        PartyUnit,
        {
            "id": ids,
            "code": [units.code[at] for at in missing],
            "path": [paths.of(at) for at in missing],
            "opened_on": opened,
            "closed_on": ended,
            **described,
        },
    )
    bulk.insert(
        UnitState,
        {"unit_id": ids, "from_on": opened, "until_on": ended, **described},
    )


def _closed_with(
    units: UnitColumns, at: int, known: Mapping[int, PartyUnit]
) -> date | None:
    """Return when the nearest unit above that the registry knows was closed."""
    above = _known_above(units, at, known)
    return above.closed_on if above else None


def _opened_above(
    units: UnitColumns, at: int, known: Mapping[int, PartyUnit]
) -> date | None:
    """Return when the nearest unit above that the registry knows was opened."""
    above = _known_above(units, at, known)
    return above.opened_on if above else None


def _known_above(
    units: UnitColumns, at: int, known: Mapping[int, PartyUnit]
) -> PartyUnit | None:
    while (at := units.parent[at]) != NO_PARENT:
        if at in known:
            return known[at]
    return None


class _Paths:
    """The path of every unit; a parent's is worked out before its children's."""

    def __init__(self, units: UnitColumns, known: Mapping[int, PartyUnit]) -> None:
        self.units = units
        self.known = known
        self.paths = {at: unit.path for at, unit in known.items()}
        self.last_number: dict[int, int] = {}

    def of(self, at: int) -> str:
        if at not in self.paths:
            self.paths[at] = self._next_below(self.units.parent[at])
        return self.paths[at]

    def _next_below(self, above: int) -> str:
        if above == NO_PARENT:
            return unit_services.next_path(None)
        if above not in self.last_number:
            self.last_number[above] = self._last_below(above)
        self.last_number[above] += 1
        with unit_services.refusing_depth(self.units.name[above]):
            return child_path(self.of(above), self.last_number[above])

    def _last_below(self, above: int) -> int:
        if above not in self.known:
            return 0
        return int(unit_services.free_path(self.known[above])[-SEGMENT:]) - 1


def _differences(
    units: UnitColumns,
    unit_ids: Sequence[int],
    known: Mapping[int, PartyUnit],
    within: PartyUnit | None,
) -> list[Difference]:
    code_of = dict(zip(unit_ids, units.code, strict=True))
    elsewhere = {unit.parent_id for unit in known.values() if unit.parent_id}
    code_of |= _codes_of(sorted(elsewhere - code_of.keys()), within)
    found = []
    for at, unit in known.items():
        pairs = [
            ("code", unit.code, units.code[at]),
            ("name", unit.name, units.name[at]),
            ("kind", unit.kind, units.kind[at]),
            ("sector", unit.sector, units.sector[at]),
        ]
        if (above := units.parent[at]) != NO_PARENT:
            registry = code_of[unit.parent_id] if unit.parent_id else ""
            pairs.append(("parent", registry, units.code[above]))
        found += differing("unit", units.code[at], pairs)
    return found


def _codes_of(unit_ids: Sequence[int], within: PartyUnit | None) -> dict[int, str]:
    """Return the codes of units that the file lacks; outside `within` none is told."""
    untold = _("another unit")
    return {
        unit.pk: unit.code
        if within is None or is_within(unit.path, within.path)
        else untold
        for ids in batches(unit_ids)
        for unit in PartyUnit.objects.filter(pk__in=ids)
    }
