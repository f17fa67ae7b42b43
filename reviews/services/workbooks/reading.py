"""A file is taken apart, whoever sent it."""

from dataclasses import dataclass
from pathlib import Path

from campaigns import rulesets
from campaigns.rulesets import RuleSet
from members.spreadsheets.cells import ROLL_LIMITS, Sheet
from members.spreadsheets.reading import WorkbookRefused, read_sheets
from members.vocabulary import vocabulary
from reviews.workbook import SHEET_NAMES, Parsed, read_results

QUOTED_NAMES = ", ".join(f"“{name}”" for name in SHEET_NAMES)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file, and by which rules it was read."""

    sheets: dict[str, Sheet]
    parsed: Parsed
    rule_set: RuleSet
    year: int


def read_workbook(path: Path, *, rule_set_code: str, year: int) -> Reading:
    """Read a results workbook; the file is parsed in a child process with limits.

    Raises: WorkbookRefused for a file that is no workbook, is hostile or too big, for
        another workbook and for an empty one: neither has cells to mend.
    """
    sheets = read_sheets(path, limits=ROLL_LIMITS, names=SHEET_NAMES)
    if not sheets:
        raise WorkbookRefused("other_sheets", sheets=QUOTED_NAMES)
    if not any(sheet.rows for sheet in sheets.values()):
        raise WorkbookRefused("no_rows")
    rule_set = rulesets.load(rule_set_code)
    parsed = read_results(sheets, vocabulary=vocabulary(), rule_set=rule_set, year=year)
    return Reading(sheets, parsed, rule_set, year)
