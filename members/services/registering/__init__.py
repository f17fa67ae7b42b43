"""What an import adds to the registry: what it lacks, never a change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from members.models import Member, PartyUnit
from members.models.people import MemberQuerySet
from members.queries.likenesses import Likeness, likenesses_among
from members.services.registering.people import (
    Roll,
    path_nearest,
    register_people,
    rolls_of,
)
from members.services.registering.shared import (
    CodeTaken,
    Difference,
    PeopleColumns,
    UnitColumns,
    known_rows,
    outside,
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
    likenesses: dict[int, list[Likeness]] = field(default_factory=dict)  # by row


def register(
    units: UnitColumns,
    people: PeopleColumns,
    *,
    on: date,
    within: PartyUnit | None,
    readable: MemberQuerySet | None = None,
) -> Registered:
    """Add the units, members and official memberships that the registry lacks.

    `within` is the unit in whose subtree the file must stay, None for a command on
    the server. `readable` are people among whom it is looked for those who look like
    somebody new, one query more. Three look-ups a 5,000 codes, then bulk inserts. Call
    it in a transaction.
    Raises: CodeTaken with all codes of units outside `within`, and of people who were
        never inside; units.UnitNotChangeable if the tree would get too deep.
    """
    known_units = known_rows(PartyUnit.objects.all(), units.code)
    known_people = known_rows(Member.objects.all(), people.code)
    rolls = rolls_of([member.pk for member in known_people.values()])
    _refuse_outside(known_units, known_people, rolls, within)
    likenesses = _likenesses(people, known_people, readable)
    unit_ids, new_units, differences = register_units(
        units, known_units, on=on, within=within
    )
    member_ids, new_members, more = register_people(
        people, units, unit_ids, known_people, rolls, within=within
    )
    return Registered(
        unit_ids, member_ids, new_units, new_members, differences + more, likenesses
    )


def _likenesses(
    people: PeopleColumns,
    known: Mapping[int, Member],
    readable: MemberQuerySet | None,
) -> dict[int, list[Likeness]]:
    if readable is None:
        return {}
    new = [at for at in range(len(people.code)) if at not in known]
    wanted = [(people.full_name[at], people.born_on[at]) for at in new]
    named = {member.pk for member in known.values()}
    found = likenesses_among(readable, wanted, but=named)
    return {at: several for at, several in zip(new, found, strict=True) if several}


def _refuse_outside(
    units: Mapping[int, PartyUnit],
    people: Mapping[int, Member],
    rolls: Mapping[int, Sequence[Roll]],
    within: PartyUnit | None,
) -> None:
    taken_units = outside({at: unit.path for at, unit in units.items()}, within)
    homes = {at: path_nearest(rolls[who.pk], within) for at, who in people.items()}
    taken_members = outside(homes, within)
    if taken_units or taken_members:
        raise CodeTaken(taken_units, taken_members)
