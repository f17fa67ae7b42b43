"""What an import adds to the registry: what it lacks, never a change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from members import bulk, names
from members.models import (
    Member,
    Membership,
    NameWord,
    PartyUnit,
    UnitState,
)
from members.paths import SEGMENT, child_path
from members.services import units as unit_services

BATCH = 5_000  # codes in one look-up
ROOT = -1


class UnitColumns(Protocol):
    """Units as equally long columns; `parent` is an index, -1 for the root."""

    code: list[str]
    name: list[str]
    parent: list[int]
    kind: list[str]
    sector: list[str]


class PeopleColumns(Protocol):
    """People as equally long columns; `unit` is an index into the units."""

    code: list[str]
    full_name: list[str]
    born_on: list[str]
    gender: list[str]
    unit: list[int]
    admitted_on: list[str]
    official_on: list[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the registry says otherwise than the file; the registry is kept."""

    kind: str  # "unit" or "member"
    code: str
    column: str
    registry: str
    file: str


@dataclass(slots=True)
class Registered:
    """The ids behind the file's rows, and what was new or different."""

    unit_ids: list[int]
    member_ids: list[int]
    new_units: int
    new_members: int
    differences: list[Difference] = field(default_factory=list)


class CodeTaken(Exception):
    """A code of the file belongs to somebody outside the reach of who imports it."""


def register(
    units: UnitColumns,
    people: PeopleColumns,
    *,
    on: date,
    within: PartyUnit | None,
) -> Registered:
    """Add the units, members and official memberships that the registry lacks.

    `within` is the unit in whose subtree the file must stay, None for a command on
    the server. Six queries a 5,000 codes, then bulk inserts. Call it in a transaction.
    Raises: CodeTaken if a code exists outside `within`, without saying whose it is.
    """
    unit_ids, new_units, differences = _register_units(units, on=on, within=within)
    member_ids, new_members, more = _register_people(people, unit_ids, within=within)
    return Registered(
        unit_ids, member_ids, new_units, new_members, differences + more
    )


def _register_units(
    units: UnitColumns, *, on: date, within: PartyUnit | None
) -> tuple[list[int], int, list[Difference]]:
    known = {unit.code: unit for unit in _existing_units(units.code)}
    _refuse_outside([unit.path for unit in known.values()], within, _("unit"))
    missing = [at for at, code in enumerate(units.code) if code not in known]
    ids = dict(
        zip(missing, bulk.new_ids(PartyUnit, len(missing)), strict=True)
    )
    unit_ids = [
        known[code].pk if code in known else ids[at]
        for at, code in enumerate(units.code)
    ]
    if missing:
        _insert_units(units, missing, unit_ids, known, on=on)
    return unit_ids, len(missing), _unit_differences(units, unit_ids, known)


def _existing_units(codes: Sequence[str]) -> list[PartyUnit]:
    return [
        unit
        for start in range(0, len(codes), BATCH)
        for unit in PartyUnit.objects.filter(code__in=codes[start : start + BATCH])
    ]


def _insert_units(
    units: UnitColumns,
    missing: Sequence[int],
    unit_ids: Sequence[int],
    known: Mapping[str, PartyUnit],
    *,
    on: date,
) -> None:
    paths = _paths(units, known)
    parents = [
        unit_ids[units.parent[at]] if units.parent[at] != ROOT else None
        for at in missing
    ]
    described = {
        "name": [units.name[at] for at in missing],
        "kind": [units.kind[at] for at in missing],
        "sector": [units.sector[at] for at in missing],
        "parent_id": parents,
    }
    ids = [unit_ids[at] for at in missing]
    opened = [on] * len(missing)
    bulk.insert(
        PartyUnit,
        {
            "id": ids,
            "code": [units.code[at] for at in missing],
            "path": [paths[at] for at in missing],
            "opened_on": opened,
            **described,
        },
    )
    bulk.insert(UnitState, {"unit_id": ids, "from_on": opened, **described})


def _paths(units: UnitColumns, known: Mapping[str, PartyUnit]) -> list[str]:
    """Return the path of every unit; parents are worked out before their children."""
    paths = [known[code].path if code in known else "" for code in units.code]
    last_number: dict[str, int] = {}

    def path_of(at: int) -> str:
        if not paths[at]:
            above = units.parent[at]
            if above == ROOT:
                paths[at] = unit_services.next_path(None)
            else:
                paths[at] = _next_below(path_of(above), units.code[above])
        return paths[at]

    def _next_below(above: str, code: str) -> str:
        if above not in last_number:
            free = unit_services.next_path(known[code]) if code in known else ""
            last_number[above] = int(free[-SEGMENT:]) - 1 if free else 0
        last_number[above] += 1
        return child_path(above, last_number[above])

    return [path_of(at) for at in range(len(paths))]


def _unit_differences(
    units: UnitColumns, unit_ids: Sequence[int], known: Mapping[str, PartyUnit]
) -> list[Difference]:
    code_of = dict(zip(unit_ids, units.code, strict=True))
    found = []
    for at, code in enumerate(units.code):
        if (unit := known.get(code)) is None:
            continue
        above = units.parent[at]
        pairs = [
            ("name", unit.name, units.name[at]),
            ("kind", unit.kind, units.kind[at]),
            ("sector", unit.sector, units.sector[at]),
        ]
        if above != ROOT:
            registry = code_of.get(unit.parent_id or 0, "")
            pairs.append(("parent", registry, units.code[above]))
        found += _differing("unit", code, pairs)
    return found


def _register_people(
    people: PeopleColumns, unit_ids: Sequence[int], *, within: PartyUnit | None
) -> tuple[list[int], int, list[Difference]]:
    known = _existing_members(people.code)
    homes = _homes([member.pk for member in known.values()])
    if within is not None:
        paths = [homes[m.pk][1] if m.pk in homes else "" for m in known.values()]
        _refuse_outside(paths, within, _("member"))
    missing = [at for at, code in enumerate(people.code) if code not in known]
    ids = dict(zip(missing, bulk.new_ids(Member, len(missing)), strict=True))
    member_ids = [
        known[code].pk if code in known else ids[at]
        for at, code in enumerate(people.code)
    ]
    if missing:
        _insert_people(people, missing, member_ids, unit_ids)
    differences = [
        difference
        for at, code in enumerate(people.code)
        if code in known
        for difference in _member_differences(people, at, known[code])
    ]
    return member_ids, len(missing), differences


def _existing_members(codes: Sequence[str]) -> dict[str, Member]:
    return {
        member.code: member
        for start in range(0, len(codes), BATCH)
        for member in Member.objects.filter(code__in=codes[start : start + BATCH])
    }


def _homes(member_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    current = Membership.objects.current().official()
    return {
        member_id: (unit_id, path)
        for start in range(0, len(member_ids), BATCH)
        for member_id, unit_id, path in current.filter(
            member__in=member_ids[start : start + BATCH]
        ).values_list("member_id", "unit_id", "unit__path")
    }


def _insert_people(
    people: PeopleColumns,
    missing: Sequence[int],
    member_ids: Sequence[int],
    unit_ids: Sequence[int],
) -> None:
    ids = [member_ids[at] for at in missing]
    full_names = [people.full_name[at] for at in missing]
    bulk.insert(
        Member,
        {
            "id": ids,
            "code": [people.code[at] for at in missing],
            "full_name": full_names,
            "sort_key": [names.sort_key(name) for name in full_names],
            "born_on": [people.born_on[at] for at in missing],
            "gender": [people.gender[at] for at in missing],
            "admitted_on": [people.admitted_on[at] for at in missing],
            "official_on": [people.official_on[at] for at in missing],
        },
    )
    words = [
        (pk, word)
        for pk, name in zip(ids, full_names, strict=True)
        for word in names.search_words(name)
    ]
    if words:
        owners, texts = zip(*words, strict=True)
        bulk.insert(NameWord, {"member_id": owners, "word": texts})
    bulk.insert(
        Membership,
        {"member_id": ids, "unit_id": [unit_ids[people.unit[at]] for at in missing]},
    )


def _member_differences(
    people: PeopleColumns, at: int, member: Member
) -> list[Difference]:
    columns = ("full_name", "born_on", "gender", "admitted_on", "official_on")
    return _differing(
        "member",
        member.code,
        [
            (column, getattr(member, column), getattr(people, column)[at])
            for column in columns
        ],
    )


def _differing(
    kind: str, code: str, pairs: Sequence[tuple[str, str, str]]
) -> list[Difference]:
    return [
        Difference(kind, code, column, registry, file)
        for column, registry, file in pairs
        if registry != file
    ]


def _refuse_outside(
    paths: Sequence[str], within: PartyUnit | None, what: str
) -> None:
    if within is not None and not all(path.startswith(within.path) for path in paths):
        raise CodeTaken(
            _(
                "The file uses a %s code that is taken outside your unit. Give "
                "your own rows codes that begin with your unit's code."
            )
            % what
        )
