"""The results workbook: from the cells of its two sheets to a campaign's contents.

Pure. Checks go by column, with each different text looked up once, because a form
for each of a hundred thousand rows would take minutes. All faults are found in one
reading, each with its row and column.

Source: `docs/contracts.md`, "Results workbook".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from campaigns.contents import Contents
from campaigns.rulesets import RuleSet
from members.spreadsheets.cells import Sheet
from members.vocabulary import Vocabulary
from members.workbook.findings import Finding, Findings
from members.workbook.tables import table_of
from reviews.workbook.layout import LAYOUTS, PEOPLE, UNITS
from reviews.workbook.people import read_people
from reviews.workbook.units import read_units

SHEET_NAMES = tuple(layout.name for layout in LAYOUTS)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a workbook says, or everything that is wrong with it.

    `contents` is None as soon as there is a fault. Notes never refuse a file.
    """

    contents: Contents | None
    faults: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def read_results(
    sheets: Mapping[str, Sheet],
    *,
    vocabulary: Vocabulary,
    rule_set: RuleSet,
    year: int,
) -> Parsed:
    """Return the contents of the results workbook of a campaign of that year.

    Shape: `sheets` by the names of SHEET_NAMES, as `members.spreadsheets` reads them.
    Source: `docs/contracts.md`, "Results workbook".
    """
    findings = Findings()
    unit_rows = table_of(sheets, UNITS, findings)
    people_rows = table_of(sheets, PEOPLE, findings)
    units = people = None
    if unit_rows is not None:
        on = date(year, 12, 31)
        units = read_units(unit_rows, vocabulary=vocabulary, rule_set=rule_set, on=on)
    if people_rows is not None:
        people = read_people(
            people_rows,
            units=units,
            vocabulary=vocabulary,
            rule_set=rule_set,
            year=year,
        )
    faults = findings.faults()
    contents = None
    if not faults and units is not None and people is not None:
        contents = Contents(units, people)
    return Parsed(contents, faults, findings.notes())
