"""What both halves of an import into the registry share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.bulk import batches
from members.models import Member, PartyUnit
from members.names import fold
from members.paths import is_within

Coded = TypeVar("Coded", PartyUnit, Member)


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


class CodeTaken(Exception):
    """Codes of the file belong to somebody outside the reach of who imports it.

    `units` and `members` are the places of these in the file's columns; whose they are
    is not told.
    """

    def __init__(self, units: Sequence[int], members: Sequence[int]) -> None:
        super().__init__(units, members)
        self.units = units
        self.members = members

    def __str__(self) -> str:
        return _(
            "The file uses codes that are taken outside your unit. Give your own rows "
            "codes that begin with your unit's code."
        )


def known_rows(rows: QuerySet[Coded], codes: Sequence[str]) -> dict[int, Coded]:
    """Return what the registry has of a file's codes, however they are spelled.

    Shape: by the place in the file, in its order.
    """
    at_of = {fold(code): at for at, code in enumerate(codes)}
    found = {
        at_of[row.code_key]: row
        for some in batches(codes)
        for row in rows.filter(code_key__in=some)
    }
    return dict(sorted(found.items(), key=itemgetter(0)))


def differing(
    kind: str, code: str, pairs: Iterable[tuple[str, str, str]]
) -> list[Difference]:
    """Return where registry and file differ, from (column, registry, file)."""
    return [
        Difference(kind, code, column, registry, file)
        for column, registry, file in pairs
        if registry != file
    ]


def outside(paths: Mapping[int, str | None], within: PartyUnit | None) -> list[int]:
    """Return the places whose paths are outside the reach of who imports, or nowhere."""
    if within is None:
        return []
    return [
        at
        for at, path in paths.items()
        if path is None or not is_within(path, within.path)
    ]
