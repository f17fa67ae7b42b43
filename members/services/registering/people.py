"""The people of a file, as the registry knows them or is given them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from members import bulk, names
from members.models import Member, Membership, NameWord, PartyUnit
from members.services.registering.shared import (
    Difference,
    PeopleColumns,
    UnitColumns,
    batches,
    differing,
    refuse_outside,
)

COMPARED = ("full_name", "born_on", "gender", "admitted_on", "official_on")


@dataclass(frozen=True, slots=True)
class _Home:
    """The cell on whose roll a member is."""

    code: str
    path: str


def register_people(
    people: PeopleColumns,
    units: UnitColumns,
    unit_ids: Sequence[int],
    *,
    within: PartyUnit | None,
) -> tuple[list[int], int, list[Difference]]:
    """Return the ids beside the rows, how many are new, and what differs.

    Who was never on a roll enters that of the file's cell, if the cell still exists:
    an old campaign brings nobody back who has left since.
    Raises: CodeTaken if a code belongs to somebody outside `within`.
    """
    known = {
        member.code: member
        for codes in batches(people.code)
        for member in Member.objects.filter(code__in=codes)
    }
    homes = _homes([member.pk for member in known.values()])
    nowhere = _Home(code="", path="")
    refuse_outside(
        [homes.get(member.pk, nowhere).path for member in known.values()],
        within,
        _("member"),
    )
    missing = [at for at, code in enumerate(people.code) if code not in known]
    ids = dict(zip(missing, bulk.new_ids(Member, len(missing)), strict=True))
    member_ids = [
        known[code].pk if code in known else ids[at]
        for at, code in enumerate(people.code)
    ]
    if missing:
        _insert(people, missing, member_ids)
    entering = _entering(people, member_ids, unit_ids, known)
    if entering:
        _enter_rolls(people, entering, member_ids, unit_ids)
    return member_ids, len(missing), _differences(people, units, known, homes)


def _homes(member_ids: Sequence[int]) -> dict[int, _Home]:
    current = Membership.objects.current().official()
    return {
        member_id: _Home(code, path)
        for ids in batches(member_ids)
        for member_id, code, path in current.filter(member__in=ids).values_list(
            "member_id", "unit__code", "unit__path"
        )
    }


def _entering(
    people: PeopleColumns,
    member_ids: Sequence[int],
    unit_ids: Sequence[int],
    known: Mapping[str, Member],
) -> list[int]:
    """Return the rows of those who enter a roll."""
    enrolled = {
        member_id
        for ids in batches([member.pk for member in known.values()])
        for member_id in Membership.objects.official()
        .filter(member__in=ids)
        .values_list("member_id", flat=True)
    }
    cells = sorted({unit_ids[at] for at in people.unit})
    closed = {
        unit_id
        for ids in batches(cells)
        for unit_id in PartyUnit.objects.filter(
            pk__in=ids, closed_on__isnull=False
        ).values_list("pk", flat=True)
    }
    return [
        at
        for at, pk in enumerate(member_ids)
        if pk not in enrolled and unit_ids[people.unit[at]] not in closed
    ]


def _insert(
    people: PeopleColumns, missing: Sequence[int], member_ids: Sequence[int]
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
    known: Mapping[str, Member],
    homes: Mapping[int, _Home],
) -> list[Difference]:
    found = []
    for at, code in enumerate(people.code):
        if (member := known.get(code)) is None:
            continue
        pairs = [
            (column, getattr(member, column), getattr(people, column)[at])
            for column in COMPARED
        ]
        if member.pk in homes:
            file_cell = units.code[people.unit[at]]
            pairs.append(("unit", homes[member.pk].code, file_cell))
        found += differing("member", code, pairs)
    return found
