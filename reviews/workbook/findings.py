"""What was found in a workbook, by code: `reviews.sheets` puts it into words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from members.vocabulary import Label

Param: TypeAlias = str | int | tuple[str, ...] | Label | None


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
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


class Findings:
    """The faults and notes of one reading."""

    def __init__(self) -> None:
        self._faults: list[Finding] = []
        self._notes: list[Finding] = []

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
