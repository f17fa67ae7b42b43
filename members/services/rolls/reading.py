"""A roll workbook is taken apart, whoever sent it."""

from dataclasses import dataclass
from pathlib import Path

from members.spreadsheets.cells import ROLL_LIMITS, Sheet
from members.spreadsheets.reading import WorkbookRefused, read_sheets
from members.workbook.roll import SHEET_NAMES, RollReading, read_roll


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """The cells of a file, and what they say."""

    sheets: dict[str, Sheet]
    reading: RollReading


def read_workbook(path: Path) -> ReadWorkbook:
    """Read a roll workbook; the file is parsed in a child process with limits.

    Raises: WorkbookRefused for a file that is no workbook, is hostile or too big, for
        another workbook and for an empty one: neither has cells to mend.
    """
    sheets = read_sheets(path, limits=ROLL_LIMITS, names=SHEET_NAMES)
    if not sheets:
        raise WorkbookRefused("other_sheets", sheets=f"“{SHEET_NAMES[0]}”")
    if not any(sheet.rows for sheet in sheets.values()):
        raise WorkbookRefused("no_rows")
    return ReadWorkbook(sheets, read_roll(sheets))
