"""A comparison is carried out: people enter and are corrected, many at once.

The same columns, words and events as where one person is entered or corrected
(`members.services.people`), by bulk.
"""

from collections.abc import Sequence
from datetime import datetime

from members import bulk, events, names, sealing
from members.models import Member, Membership, NameWord
from members.models.events import ADMITTED
from members.policy import Actor, Area
from members.services.registering.people import insert_people, insert_words
from members.services.rolls.comparing import COLUMNS, Comparison, Known

BATCH = 500  # people in one UPDATE
_INDEXED = ("card_number", "personal_id")


def write(
    compared: Comparison, *, actor: Actor, now: datetime, system_reason: str = ""
) -> dict[int, int]:
    """Write what was compared; return the cell of everybody new, by their numbers.

    Since when they belong to it the file does not say. The caller holds the cells and
    the people, and calls this inside `events.written_last`.
    """
    ids = bulk.new_ids(Member, len(compared.new))
    homes = {
        pk: compared.cells[at].pk for pk, at in zip(ids, compared.new, strict=True)
    }
    if ids:
        _enter(compared, ids)
        bulk.insert(Membership, {"member_id": ids, "unit_id": list(homes.values())})
    _correct(compared.changed)
    for pk, at in zip(ids, compared.new, strict=True):
        person = Member(pk=pk)
        events.record(
            action=ADMITTED,
            subject=person,
            member=person,
            actor=actor,
            now=now,
            unit=compared.cells[at],
            area=Area.ROLL_IMPORT,
            system_reason=system_reason,
        )
    for each in compared.changed:
        events.record(
            action="members.corrected",
            subject=each.member,
            member=each.member,
            actor=actor,
            now=now,
            unit=compared.cells[each.at],
            area=Area.ROLL_IMPORT,
            data={"columns": sorted(change.column for change in each.changes)},
            system_reason=system_reason,
        )
    return homes


def _enter(compared: Comparison, ids: Sequence[int]) -> None:
    rows = compared.rows
    columns = {
        name: [getattr(rows, name)[at] for at in compared.new]
        for name in ("code", *COLUMNS)
    }
    insert_people(ids, columns)


def _correct(changed: Sequence[Known]) -> None:
    """Write the columns that change, each in a new version of its row."""
    touched = {change.column for each in changed for change in each.changes}
    for each in changed:
        member = each.member
        for change in each.changes:
            setattr(member, change.column, change.new)
        member.version += 1
    people = [each.member for each in changed]
    columns = {"version", *touched}
    if "full_name" in touched:
        columns.add("sort_key")
        _rename([each for each in changed if _is_renamed(each)])
    for column in touched.intersection(_INDEXED):
        # Worked out where a row is saved whole, which these are not.
        columns.add(f"{column}_index")
        for member in people:
            index = sealing.index_of(getattr(member, column))
            setattr(member, f"{column}_index", index)
    if people:
        Member.objects.bulk_update(people, sorted(columns), batch_size=BATCH)


def _is_renamed(known: Known) -> bool:
    return any(change.column == "full_name" for change in known.changes)


def _rename(renamed: Sequence[Known]) -> None:
    ids = [each.member.pk for each in renamed]
    for each in renamed:
        each.member.sort_key = names.sort_key(each.member.full_name)
    NameWord.objects.filter(member__in=ids).delete()
    insert_words(ids, [each.member.full_name for each in renamed])
