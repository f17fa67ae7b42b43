"""What a campaign's frozen world holds, as plain columns: units, people, results.

A workbook, a scenario and a generated province all become these tables; one
service writes them. Columns, not rows, because a hundred thousand people are
checked and written column by column.
"""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from members.paths import NO_PARENT as NO_PARENT
from members.vocabulary import vocabulary


class Status(StrEnum):
    """Whether a person was assessed, and if not, why (`docs/rules/figures.md` § 1)."""

    ASSESSED = "ASSESSED"
    EXEMPT = "EXEMPT"
    NOT_REVIEWED = "NOT_REVIEWED"
    SUSPENDED = "SUSPENDED"
    UNDER_SIX_MONTHS = "UNDER_SIX_MONTHS"
    OTHER = "OTHER"


# Whoever counts so owes no pledge (docs/rules/progress.md § 1).
OWES_NO_PLEDGE = (Status.EXEMPT, Status.SUSPENDED)


@dataclass(slots=True)
class UnitTable:
    """One index a unit; the lists are equally long.

    `parent` holds the index of the unit above, `NO_PARENT` for the root. `kind`
    and `sector` are codes of the vocabulary, `level` a code of the rule set;
    an empty `sector` or `level` means none. `row` is the row of the sheet.
    """

    code: list[str] = field(default_factory=list)
    name: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    sector: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    row: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.code)


@dataclass(slots=True)
class PeopleTable:
    """One index a person; the lists are equally long.

    `unit` is an index into the `UnitTable`. Dates are texts of `members.dates`
    ("1960", "1960-05", "1960-05-17", "" for none). `gender` is "M", "F" or "".
    `status` is a `Status`; `level` and `reason` are codes, empty for none.
    `exemplarity` is empty where nothing is known of it: all count as members.
    """

    code: list[str] = field(default_factory=list)
    full_name: list[str] = field(default_factory=list)
    born_on: list[str] = field(default_factory=list)
    gender: list[str] = field(default_factory=list)
    unit: list[int] = field(default_factory=list)
    admitted_on: list[str] = field(default_factory=list)
    official_on: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)
    reason: list[str] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    exemplarity: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.code)


@dataclass(slots=True)
class Contents:
    """The units and people of one campaign with their results."""

    units: UnitTable
    people: PeopleTable

    def digest(self) -> str:
        """Return the SHA-256 (hex) of what the tables say, whatever their order.

        Neither row numbers of the sheet nor exemplarity enter.
        """
        units, people = self.units, self.people
        above = [units.code[at] if at != NO_PARENT else "" for at in units.parent]
        cells = [units.code[at] for at in people.unit]
        unit_rows = sorted(
            zip(
                units.code,
                units.name,
                above,
                units.kind,
                units.sector,
                units.level,
                strict=True,
            )
        )
        people_rows = sorted(
            zip(
                people.code,
                people.full_name,
                people.born_on,
                people.gender,
                cells,
                people.admitted_on,
                people.official_on,
                people.status,
                people.level,
                people.reason,
                strict=True,
            )
        )
        text = json.dumps([unit_rows, people_rows], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


def grassroots_units(units: UnitTable) -> list[int]:
    """Return for each unit the index of the grassroots unit at or above it, or -1.

    Source: docs/rules/figures.md § 2.4.
    """
    kinds = vocabulary().kinds
    found: dict[int, int] = {NO_PARENT: NO_PARENT}

    def find(at: int) -> int:
        if at not in found:
            own = kinds[units.kind[at]].is_grassroots
            found[at] = at if own else find(units.parent[at])
        return found[at]

    return [find(at) for at in range(len(units))]


def figure_sector(units: UnitTable, at: int, above: int) -> str:
    """Return the sector under which a unit's figures stand.

    Source: docs/rules/figures.md § 2.4.
    """
    return units.sector[at] if above == NO_PARENT else units.sector[above]
