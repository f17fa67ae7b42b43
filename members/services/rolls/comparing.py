"""What a roll workbook would do: new, changed, unchanged or refused, row by row."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from members import dates, sealing
from members.bulk import batches
from members.models import ActivityPause, Member, Membership, PartyUnit
from members.models.people import MemberQuerySet
from members.names import fold
from members.policy import Actor, Area
from members.queries.likenesses import Likeness, likenesses_among
from members.row_security import Purpose, opened_for
from members.services.registering.shared import known_rows
from members.vocabulary import vocabulary
from members.workbook.findings import Finding
from members.workbook.layout import PersonField
from members.workbook.roll import RollMatter, RollReading, RollRows, Standing
from members.workbook.tables import Table

# What the file and a person have in common, by the names of both.
COLUMNS = (
    "full_name",
    "born_on",
    "gender",
    "admitted_on",
    "official_on",
    "card_number",
    "personal_id",
)
_TAKEN = {
    "card_number": (PersonField.CARD_NUMBER, RollMatter.CARD_NUMBER_TAKEN),
    "personal_id": (PersonField.PERSONAL_ID, RollMatter.PERSONAL_ID_TAKEN),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One column of somebody known, before and after."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the roll, and the row of the file that is about them."""

    at: int
    member: Member
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Comparison:
    """What a file would do; places count the rows of the file's columns from 0."""

    rows: RollRows
    cells: dict[int, PartyUnit] = field(default_factory=dict)  # by place
    new: list[int] = field(default_factory=list)
    changed: list[Known] = field(default_factory=list)
    unchanged: int = 0
    missing: int = 0  # people of these cells whom the file lacks: they stay
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    likenesses: dict[int, list[Likeness]] = field(default_factory=dict)

    @property
    def refused(self) -> set[int]:
        """The numbers of the rows that are not written."""
        return {fault.row for fault in self.faults}

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing would be written."""
        return not self.new and not self.changed

    def digest(self) -> str:
        """Return what equal comparisons have in common and nobody can turn back.

        What is written is what was shown: the same rows, over the same versions.
        """
        told = [
            [
                [self.cells[at].pk, self.rows.code[at], *values_of(self.rows, at)]
                for at in self.new
            ],
            [
                [
                    each.member.pk,
                    each.member.version,
                    [[one.column, one.old, one.new] for one in each.changes],
                ]
                for each in self.changed
            ],
        ]
        return sealing.index_of(json.dumps(told))


_DAYS = {
    "born_on": PersonField.BORN_ON,
    "admitted_on": PersonField.ADMITTED_ON,
    "official_on": PersonField.OFFICIAL_ON,
}


@opened_for(Purpose.IMPORT)
def compare(
    reading: RollReading,
    *,
    actor: Actor,
    within: PartyUnit,
    today: date,
    people: MemberQuerySet | None = None,
) -> Comparison:
    """Return what the file would do to the roll of this unit; nothing is written.

    `people` are those among whom codes are looked up, held by whoever writes. The
    number of queries does not depend on the rows, but for one in 5,000 of them.
    """
    reading = reading.again()
    rows, table = reading.rows, reading.table
    assert rows is not None
    assert table is not None
    compared = Comparison(rows)
    known = known_rows(Member.objects.all() if people is None else people, rows.code)
    compared.cells = _cells(rows, table, actor, within, reading.refused())
    homes = _homes([member.pk for member in known.values()], within)
    _refuse_strangers(rows, table, known, homes, compared.cells, reading.refused())
    _refuse_unpaused(rows, table, known, reading.refused())
    _refuse_taken(rows, table, known, reading.refused())
    _refuse_to_come(rows, table, today)
    _refuse_oneself(rows, table, known, actor, reading.refused())
    _sort_out(compared, known, reading.refused())
    compared.likenesses = _likenesses(compared, actor)
    compared.missing = _missing(compared, known)
    compared.faults = reading.faults
    compared.notes = _notes(compared, reading)
    return compared


def values_of(rows: RollRows, at: int) -> list[str]:
    """Return what a row says of a person, in the order of COLUMNS."""
    return [getattr(rows, column)[at] for column in COLUMNS]


def _good(rows: RollRows, refused: Collection[int]) -> Iterator[int]:
    return (at for at, row in enumerate(rows.row) if row not in refused)


def _cells(
    rows: RollRows,
    table: Table,
    actor: Actor,
    within: PartyUnit,
    refused: Collection[int],
) -> dict[int, PartyUnit]:
    """Return the cell of each row; one of another unit is as unknown as none."""
    kept = PartyUnit.objects.visible_to(actor, Area.ROLL_IMPORT).open()
    inside = kept.in_subtree_of(within).filter(kind__in=vocabulary().cells)
    codes = {fold(code) for code in rows.cell if code}
    units = {
        unit.code_key: unit
        for some in batches(sorted(codes))
        for unit in inside.filter(code_key__in=some)
    }
    cells = {}
    for at in _good(rows, refused):
        unit = units.get(fold(rows.cell[at]))
        if unit is None:
            table.fault(at, PersonField.CELL, RollMatter.CELL_UNKNOWN)
        else:
            cells[at] = unit
    return cells


def _homes(member_ids: Sequence[int], within: PartyUnit) -> dict[int, tuple[int, str]]:
    """Return number and code of the cell of everybody who is on a roll in this unit."""
    return {
        member_id: (unit_id, code)
        for some in batches(member_ids)
        for member_id, unit_id, code, path in Membership.objects.current()
        .official()
        .filter(member__in=some)
        .values_list("member_id", "unit_id", "unit__code", "unit__path")
        if path.startswith(within.path)
    }


def _refuse_strangers(
    rows: RollRows,
    table: Table,
    known: Mapping[int, Member],
    homes: Mapping[int, tuple[int, str]],
    cells: Mapping[int, PartyUnit],
    refused: Collection[int],
) -> None:
    """Refuse codes of who is on no roll of this unit, and of who is in another cell.

    To enter another cell is a transfer, which has two sides.
    """
    for at in _good(rows, refused):
        if at not in known:
            continue
        home = homes.get(known[at].pk)
        if home is None:
            table.fault(at, PersonField.CODE, RollMatter.OF_NOBODY_HERE)
        elif home[0] != cells[at].pk:
            table.fault(at, PersonField.CELL, RollMatter.IN_ANOTHER_CELL, cell=home[1])


def _refuse_unpaused(
    rows: RollRows, table: Table, known: Mapping[int, Member], refused: Collection[int]
) -> None:
    """Refuse to call somebody exempt or suspended who is not: that is an act."""
    claimed = [
        at
        for at in _good(rows, refused)
        if rows.standing[at] in {Standing.EXEMPT, Standing.SUSPENDED}
    ]
    ids = [known[at].pk for at in claimed if at in known]
    paused = {
        pair
        for some in batches(ids)
        for pair in ActivityPause.objects.current()
        .filter(member__in=some)
        .values_list("member_id", "kind")
    }
    for at in claimed:
        if at not in known or (known[at].pk, rows.standing[at]) not in paused:
            table.fault(at, PersonField.STATUS, RollMatter.NOT_PAUSED)


def _refuse_taken(
    rows: RollRows, table: Table, known: Mapping[int, Member], refused: Collection[int]
) -> None:
    """Refuse numbers that somebody else has; whose they are stays untold."""
    for column, (place, matter) in _TAKEN.items():
        numbers = getattr(rows, column)
        index_of = {
            at: sealing.index_of(numbers[at])
            for at in _good(rows, refused)
            if numbers[at]
        }
        owners = _owners(column, sorted(index_of.values()))
        for at, index in index_of.items():
            own = known[at].pk if at in known else None
            if owners.get(index, own) != own:
                table.fault(at, place, matter)


def _refuse_to_come(rows: RollRows, table: Table, today: date) -> None:
    """Refuse days to come; one that is known in part may be any of it.

    Source: docs/rules/rolls.md § 1.
    """
    for column, place in _DAYS.items():
        for at, day in enumerate(getattr(rows, column)):
            if day and dates.earliest(day) > today:
                table.fault(at, place, RollMatter.TO_COME)


def _refuse_oneself(
    rows: RollRows,
    table: Table,
    known: Mapping[int, Member],
    actor: Actor,
    refused: Collection[int],
) -> None:
    """Refuse what would change about the person who sends it; the same as before may be.

    Source: docs/rules/rolls.md § 2.
    """
    if actor.member_id is None:
        return
    for at in _good(rows, refused):
        if at not in known or known[at].pk != actor.member_id:
            continue
        if any(_changes(known[at], values_of(rows, at))):
            table.fault(at, PersonField.CODE, RollMatter.OF_ONESELF)


def _owners(column: str, indexes: Sequence[str]) -> dict[str, int]:
    name = f"{column}_index"
    return {
        index: pk
        for some in batches(indexes)
        for index, pk in Member.objects.filter(**{f"{name}__in": some}).values_list(
            name, "pk"
        )
    }


def _sort_out(
    compared: Comparison, known: Mapping[int, Member], refused: Collection[int]
) -> None:
    rows = compared.rows
    for at in _good(rows, refused):
        if at not in known:
            compared.new.append(at)
            continue
        changes = tuple(_changes(known[at], values_of(rows, at)))
        if changes:
            compared.changed.append(Known(at, known[at], changes))
        else:
            compared.unchanged += 1


def _changes(member: Member, values: Iterable[str]) -> Iterator[Change]:
    for column, value in zip(COLUMNS, values, strict=True):
        stored = getattr(member, column)
        if stored != value:
            yield Change(column, stored, value)


def _likenesses(compared: Comparison, actor: Actor) -> dict[int, list[Likeness]]:
    """Return who on the rolls that the actor reads may be one of the new people."""
    rows = compared.rows
    wanted = [(rows.full_name[at], rows.born_on[at]) for at in compared.new]
    found = likenesses_among(Member.objects.visible_to(actor, Area.ROLL), wanted)
    return {
        at: several for at, several in zip(compared.new, found, strict=True) if several
    }


def _notes(compared: Comparison, reading: RollReading) -> tuple[Finding, ...]:
    """Return what looks odd about the rows that are written; of others it is known."""
    rows = compared.rows.row
    written = {*compared.new, *(each.at for each in compared.changed)}
    numbers = {rows[at] for at in written}
    return tuple(note for note in reading.findings.notes() if note.row in numbers)


def _missing(compared: Comparison, known: Mapping[int, Member]) -> int:
    """Return how many people of the file's cells the file does not name."""
    cells = sorted({unit.pk for unit in compared.cells.values()})
    named = {member.pk for member in known.values()}
    on_roll = (
        pk
        for some in batches(cells)
        for pk in Membership.objects.current()
        .official()
        .filter(unit__in=some)
        .values_list("member_id", flat=True)
    )
    return sum(pk not in named for pk in on_roll)
