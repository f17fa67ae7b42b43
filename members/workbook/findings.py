"""What was found in a workbook, by code: `members.sheets` puts it into words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from members.vocabulary import Label

Param: TypeAlias = str | int | tuple[str, ...] | Label | None


class Matter(StrEnum):
    """What can be the matter with a sheet, a head or a cell of any workbook.

    What only one kind of workbook knows is in an enumeration of its own.
    """

    SHEET_MISSING = "sheet_missing"
    HEAD_MISSING = "head_missing"
    HEAD_UNKNOWN = "head_unknown"
    HEAD_TWICE = "head_twice"
    HEAD_EMPTY = "head_empty"
    EMPTY = "empty"
    FORMULA = "formula"
    BROKEN = "broken"
    DATE_FOR_TEXT = "date_for_text"
    NOT_TEXT = "not_text"
    NUMBER_WITH_POINT = "number_with_point"
    NUMBER_TOO_LONG = "number_too_long"
    CHARACTER = "character"
    NOT_A_NAME = "not_a_name"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    UNKNOWN_TERM = "unknown_term"
    TWICE = "twice"
    CODE_OF_MARKS = "code_of_marks"
    HOLDS_NOBODY = "holds_nobody"
    ADMITTED_BEFORE_BIRTH = "admitted_before_birth"
    ADMITTED_TOO_YOUNG = "admitted_too_young"
    OFFICIAL_BEFORE_ADMISSION = "official_before_admission"
    TWIN = "twin"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or note: where it is, what stands there, and what is the matter.

    `row` is the row of the file, 0 where it is the sheet as a whole; `column` is the
    head of the column, or its letter where it has none.
    """

    sheet: str
    row: int
    column: str
    value: str
    code: str  # a `Matter`, or one of the kind of workbook
    params: Mapping[str, Param] = field(default_factory=dict)


class Findings:
    """The faults and notes of one reading."""

    def __init__(self) -> None:
        self._faults: list[Finding] = []
        self._notes: list[Finding] = []

    def copy(self) -> "Findings":
        """Return the same findings, to be added to without changing these."""
        copied = Findings()
        copied._faults, copied._notes = [*self._faults], [*self._notes]
        return copied

    def add(self, finding: Finding) -> None:
        """Record what refuses the file."""
        self._faults.append(finding)

    def note(self, finding: Finding) -> None:
        """Record what only looks odd."""
        self._notes.append(finding)

    def faults(self) -> tuple[Finding, ...]:
        """Return what refuses the file, sheet by sheet and row by row."""
        return _in_order(self._faults)

    def notes(self) -> tuple[Finding, ...]:
        """Return what only looks odd, sheet by sheet and row by row."""
        return _in_order(self._notes)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    # The sort is stable: within a row the findings keep the order of the checks.
    sheets = list(dict.fromkeys(finding.sheet for finding in findings))
    return tuple(
        sorted(findings, key=lambda finding: (sheets.index(finding.sheet), finding.row))
    )
