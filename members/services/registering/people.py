"""The people of a file, as the registry knows them or is given them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from members import bulk, names
from members.bulk import batches
from members.models import Member, Membership, NameWord, PartyUnit
from members.paths import is_within
from members.services.registering.shared import (
    Difference,
    PeopleColumns,
    UnitColumns,
    differing,
)
from members.vocabulary import vocabulary

COMPARED = (
    "code",
    "full_name",
    "born_on",
    "gender",
    "admitted_on",
    "official_on",
)


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll of a cell on which a member is, or once was."""

    unit_id: int
    code: str
    path: str
    is_current: bool


def register_people(
    people: PeopleColumns,
    units: UnitColumns,
    unit_ids: Sequence[int],
    known: Mapping[int, Member],
    rolls: Mapping[int, Sequence[Roll]],
    *,
    within: PartyUnit | None,
) -> tuple[list[int], int, list[Difference]]:
    """Return the ids beside the rows, how many are new, and what differs.

    Who was never on a roll enters that of the file's cell, if the cell still exists and
    is one in the registry, too: an old campaign brings nobody back who has left since.
    Who enters none is told, unless the cell is closed.
    """
    rows = range(len(people.code))
    missing = [at for at in rows if at not in known]
    ids = dict(zip(missing, bulk.new_ids(Member, len(missing)), strict=True))
    member_ids = [known[at].pk if at in known else ids[at] for at in rows]
    if missing:
        _insert(people, missing, member_ids)
    new = [at for at, pk in enumerate(member_ids) if not rolls.get(pk)]
    cells = _cells(people, unit_ids)
    entering = [at for at in new if cells[unit_ids[people.unit[at]]].holds_people]
    if entering:
        _enter_rolls(people, entering, member_ids, unit_ids)
    homes = _homes(rolls, within)
    differences = _differences(people, units, unit_ids, known, homes)
    differences += _left_out(people, units, unit_ids, new, cells)
    return member_ids, len(missing), differences


def rolls_of(member_ids: Sequence[int]) -> dict[int, list[Roll]]:
    """Return the rolls on which each member is or was."""
    rolls: dict[int, list[Roll]] = {member_id: [] for member_id in member_ids}
    for ids in batches(member_ids):
        memberships = Membership.objects.official().filter(member__in=ids)
        for member_id, unit_id, code, path, until_on in memberships.values_list(
            "member_id", "unit_id", "unit__code", "unit__path", "until_on"
        ):
            is_current = until_on is None
            rolls[member_id].append(Roll(unit_id, code, path, is_current=is_current))
    return rolls


def path_nearest(rolls: Sequence[Roll], within: PartyUnit | None) -> str | None:
    """Return where a member belongs, inside `within` if that was ever so; None: nowhere.

    Who left, died or went elsewhere stays in the campaigns of the years before.
    """
    paths = [roll.path for roll in rolls]
    inside = [path for path in paths if within and is_within(path, within.path)]
    return next(iter(inside or paths), None)


def _homes(
    rolls: Mapping[int, Sequence[Roll]], within: PartyUnit | None
) -> dict[int, Roll]:
    """Return each member's roll of today; what is outside `within` is not told."""
    return {
        member_id: roll
        for member_id, each in rolls.items()
        for roll in each
        if roll.is_current and (not within or is_within(roll.path, within.path))
    }


@dataclass(frozen=True, slots=True)
class _Cell:
    """What the registry says of a unit to which the file sends people."""

    is_closed: bool
    is_cell: bool

    @property
    def holds_people(self) -> bool:
        return self.is_cell and not self.is_closed


def _cells(people: PeopleColumns, unit_ids: Sequence[int]) -> dict[int, _Cell]:
    kinds = vocabulary().kinds
    return {
        pk: _Cell(is_closed=closed_on is not None, is_cell=kinds[kind].holds_members)
        for ids in batches(sorted({unit_ids[at] for at in people.unit}))
        for pk, kind, closed_on in PartyUnit.objects.filter(pk__in=ids).values_list(
            "pk", "kind", "closed_on"
        )
    }


def _left_out(
    people: PeopleColumns,
    units: UnitColumns,
    unit_ids: Sequence[int],
    new: Sequence[int],
    cells: Mapping[int, _Cell],
) -> list[Difference]:
    """Say who enters no roll: the registry has no cell where the file has one."""
    none = {pk for pk, cell in cells.items() if not (cell.is_cell or cell.is_closed)}
    return [
        Difference("member", people.code[at], "unit", "", units.code[people.unit[at]])
        for at in new
        if unit_ids[people.unit[at]] in none
    ]


def insert_people(ids: Sequence[int], columns: Mapping[str, Sequence[str]]) -> None:
    """Write people who are new, by the names of columns, and the words of their names."""
    full_names = columns["full_name"]
    sort_keys = [names.sort_key(name) for name in full_names]
    bulk.insert(Member, {"id": ids, **columns, "sort_key": sort_keys})
    insert_words(ids, full_names)


def insert_words(ids: Sequence[int], full_names: Sequence[str]) -> None:
    """Write the words by which these people are found."""
    words = [
        (pk, word)
        for pk, name in zip(ids, full_names, strict=True)
        for word in names.search_words(name)
    ]
    if words:
        owners, texts = zip(*words, strict=True)
        bulk.insert(NameWord, {"member_id": owners, "word": texts})


def _insert(
    people: PeopleColumns, missing: Sequence[int], member_ids: Sequence[int]
) -> None:
    columns = {name: [getattr(people, name)[at] for at in missing] for name in COMPARED}
    insert_people([member_ids[at] for at in missing], columns)


def _enter_rolls(
    people: PeopleColumns,
    entering: Sequence[int],
    member_ids: Sequence[int],
    unit_ids: Sequence[int],
) -> None:
    bulk.insert(
        Membership,
        {
            "member_id": [member_ids[at] for at in entering],
            "unit_id": [unit_ids[people.unit[at]] for at in entering],
        },
    )


def _differences(
    people: PeopleColumns,
    units: UnitColumns,
    unit_ids: Sequence[int],
    known: Mapping[int, Member],
    homes: Mapping[int, Roll],
) -> list[Difference]:
    found = []
    for at, member in known.items():
        pairs = [
            (column, getattr(member, column), getattr(people, column)[at])
            for column in COMPARED
        ]
        cell, home = people.unit[at], homes.get(member.pk)
        if home and home.unit_id != unit_ids[cell]:
            pairs.append(("unit", home.code, units.code[cell]))
        found += differing("member", people.code[at], pairs)
    return found
