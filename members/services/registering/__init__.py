"""What an import adds to the registry: what it lacks, never a change."""

from dataclasses import dataclass, field
from datetime import date

from members.models import PartyUnit
from members.services.registering.people import register_people
from members.services.registering.shared import (
    CodeTaken,
    Difference,
    PeopleColumns,
    UnitColumns,
)
from members.services.registering.units import register_units

__all__ = ["CodeTaken", "Difference", "Registered", "register"]


@dataclass(slots=True)
class Registered:
    """The ids behind the file's rows, and what was new or different."""

    unit_ids: list[int]
    member_ids: list[int]
    new_units: int
    new_members: int
    differences: list[Difference] = field(default_factory=list)


def register(
    units: UnitColumns,
    people: PeopleColumns,
    *,
    on: date,
    within: PartyUnit | None,
) -> Registered:
    """Add the units, members and official memberships that the registry lacks.

    `within` is the unit in whose subtree the file must stay, None for a command on
    the server. Three look-ups a 5,000 codes, then bulk inserts. Call it in a
    transaction.
    Raises: CodeTaken if a code exists outside `within`, without saying whose it is;
        units.UnitNotChangeable if the tree would get too deep.
    """
    unit_ids, new_units, differences = register_units(units, on=on, within=within)
    member_ids, new_members, more = register_people(
        people, units, unit_ids, within=within
    )
    return Registered(unit_ids, member_ids, new_units, new_members, differences + more)
