"""The workbook of the roll: from the cells of its sheet to people as columns. Pure.

A row with a fault refuses itself and no other; what is wrong with the heads refuses
the file.

Source: `docs/contracts.md`, "Roll workbook".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from members import cards
from members.names import fold
from members.spreadsheets.cells import Sheet
from members.workbook.findings import Finding, Findings
from members.workbook.layout import GENDERS, Head, Layout, PersonField
from members.workbook.plausibility import impossible_days, note_odd_people
from members.workbook.tables import (
    Meaning,
    Table,
    Texts,
    Unfit,
    filled,
    first_places,
    meaning_in,
    table_of,
)

ROLL = Layout(
    "Danh sách đảng viên",
    (
        Head(PersonField.CODE, "Mã đảng viên"),
        Head(PersonField.NAME, "Họ và tên"),
        Head(PersonField.BORN_ON, "Ngày sinh"),
        Head(PersonField.GENDER, "Giới tính"),
        Head(PersonField.CELL, "Mã chi bộ"),
        Head(PersonField.ADMITTED_ON, "Ngày vào Đảng"),
        Head(PersonField.OFFICIAL_ON, "Ngày chính thức"),
        Head(PersonField.CARD_NUMBER, "Số thẻ đảng viên", "Số thẻ"),
        Head(PersonField.PERSONAL_ID, "Số định danh cá nhân", "Số định danh"),
        Head(PersonField.STATUS, "Tình trạng"),
    ),
)
SHEET_NAMES = (ROLL.name,)
# What lies sealed in the database, and stands in no list that is kept beside it.
SEALED = {PersonField.CARD_NUMBER, PersonField.PERSONAL_ID}


class Standing(StrEnum):
    """What a roll says of somebody; the last two are acts by a document."""

    FULL = "FULL"
    PROBATIONARY = "PROBATIONARY"
    EXEMPT = "EXEMPT"
    SUSPENDED = "SUSPENDED"


STANDINGS = {
    Standing.FULL: "Đảng viên chính thức",
    Standing.PROBATIONARY: "Đảng viên dự bị",
    Standing.EXEMPT: "Miễn công tác và sinh hoạt đảng",
    Standing.SUSPENDED: "Đình chỉ sinh hoạt đảng",
}
_SHORT = {"Chính thức": Standing.FULL, "Dự bị": Standing.PROBATIONARY}


class RollMatter(StrEnum):
    """What can be the matter with a person on a roll that is sent."""

    CARD_NUMBER = "card_number"
    PERSONAL_ID = "personal_id"
    NUMBER_TWICE = "number_twice"
    CARD_NUMBER_TAKEN = "card_number_taken"
    PERSONAL_ID_TAKEN = "personal_id_taken"
    CELL_UNKNOWN = "cell_unknown"
    OF_NOBODY_HERE = "of_nobody_here"
    IN_ANOTHER_CELL = "in_another_cell"
    OF_ONESELF = "of_oneself"
    DAY_MISSING = "day_missing"
    DAY_TOO_MANY = "day_too_many"
    NOT_PAUSED = "not_paused"
    CARD_ON_PROBATION = "card_on_probation"
    TO_COME = "to_come"


@dataclass(slots=True)
class RollRows:
    """People of a workbook as equally long columns; a bad cell is "" in its column."""

    code: list[str]
    full_name: list[str]
    born_on: list[str]
    gender: list[str]
    cell: list[str]  # its code, as written
    admitted_on: list[str]
    official_on: list[str]
    card_number: list[str]
    personal_id: list[str]
    standing: list[str]
    row: list[int]  # in the file


@dataclass(frozen=True, slots=True)
class RollReading:
    """What a workbook says; `table` takes what the registry has against its rows.

    Without a table, the heads are not right and nothing was read.
    """

    rows: RollRows | None
    table: Table | None
    findings: Findings

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is wrong so far, by row."""
        return self.findings.faults()

    def again(self) -> "RollReading":
        """Return the same reading, to be compared without adding to this one."""
        findings = self.findings.copy()
        table = self.table.telling(findings) if self.table is not None else None
        return RollReading(self.rows, table, findings)

    def refused(self) -> set[int]:
        """Return the numbers of the rows that have a fault so far."""
        return {fault.row for fault in self.faults}


def read_roll(sheets: Mapping[str, Sheet]) -> RollReading:
    """Return the people of a roll workbook, with every fault of every row.

    Shape: `sheets` by the names of SHEET_NAMES, as `members.spreadsheets` reads them.
    Source: `docs/contracts.md`, "Roll workbook".
    """
    findings = Findings()
    table = table_of(sheets, ROLL, findings)
    rows = _read(table) if table is not None else None
    return RollReading(rows, table, findings)


def _read(table: Table) -> RollRows:
    codes = table.codes(PersonField.CODE)
    first_places(table, PersonField.CODE, codes)
    standings = table.terms(
        PersonField.STATUS, meaning_in(_standing, STANDINGS.values())
    )
    official = table.dates(PersonField.OFFICIAL_ON)
    _check_standings(table, standings, official)
    rows = RollRows(
        code=filled(codes),
        full_name=filled(table.names_of_people(PersonField.NAME)),
        born_on=filled(table.dates(PersonField.BORN_ON)),
        gender=filled(table.terms(PersonField.GENDER, meaning_in(_gender, GENDERS))),
        cell=filled(table.codes(PersonField.CELL)),
        admitted_on=filled(table.dates(PersonField.ADMITTED_ON)),
        official_on=filled(official),
        card_number=_numbers(
            table,
            PersonField.CARD_NUMBER,
            cards.parse_card_number,
            RollMatter.CARD_NUMBER,
        ),
        personal_id=_numbers(
            table,
            PersonField.PERSONAL_ID,
            cards.parse_personal_id,
            RollMatter.PERSONAL_ID,
        ),
        standing=filled(standings),
        row=table.rows,
    )
    _check_cards(table, rows.card_number, official)
    for at, column, matter in impossible_days(rows):
        table.fault(at, column, matter)
    note_odd_people(table, rows)
    return rows


def _standing(text: str) -> str | None:
    labels = {fold(label): code for code, label in STANDINGS.items()}
    short = {fold(label): code for label, code in _SHORT.items()}
    return {**labels, **short}.get(fold(text))


def _gender(text: str) -> str | None:
    return {fold(label): code for label, code in GENDERS.items()}.get(fold(text))


def _check_standings(table: Table, standings: Texts, official: Texts) -> None:
    """Who is called a full member has the day, who is called probationary has none.

    Else a forgotten day would make a full member a probationary one.
    """
    for at, (standing, day) in enumerate(zip(standings, official, strict=True)):
        if standing == Standing.FULL and day == "":
            table.fault(at, PersonField.OFFICIAL_ON, RollMatter.DAY_MISSING)
        elif standing == Standing.PROBATIONARY and day:
            table.fault(at, PersonField.OFFICIAL_ON, RollMatter.DAY_TOO_MANY)


def _check_cards(table: Table, cards_of_rows: list[str], official: Texts) -> None:
    """A probationary member has no card (`docs/rules/rolls.md` § 1)."""
    for at, (number, day) in enumerate(zip(cards_of_rows, official, strict=True)):
        if number and day == "":
            table.fault(at, PersonField.CARD_NUMBER, RollMatter.CARD_ON_PROBATION)


def _numbers(
    table: Table, field: PersonField, parse: Callable[[str], str], matter: RollMatter
) -> list[str]:
    """Return a column of numbers of persons; each belongs to one person only."""
    numbers = table.references(field, _number(parse, matter))
    first_of: dict[str, int] = {}
    for at, number in enumerate(numbers):
        first = first_of.setdefault(number, at) if number else at
        if first != at:
            table.fault(at, field, RollMatter.NUMBER_TWICE, row=table.rows[first])
    return filled(numbers)


def _number(parse: Callable[[str], str], matter: RollMatter) -> Meaning:
    def meaning(text: str) -> str:
        try:
            return parse(text)
        except cards.NotANumber:
            raise Unfit(matter) from None

    return meaning
