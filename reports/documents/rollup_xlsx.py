"""The roll-up as a workbook: the tables of the print, with numbers and formulas.

Source: `docs/rules/documents.md` § 6. Every sum and percent is a formula that has its
value beside it, so that a reader who changes a number sees what follows, and a viewer
that calculates nothing shows the figures of the print.
"""

import io
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.workbook import Workbook

from campaigns.rulesets import RuleSet
from members.vocabulary import Vocabulary
from reports.documents.breakdowns import (
    by_sector,
    members_by_unit,
    organisations_by_unit,
)
from reports.documents.ceilings import ceilings
from reports.documents.head import DocumentHead
from reports.documents.method import method_note
from reports.documents.narrative import narrative
from reports.documents.terms import Terms, reading_in
from reports.documents.xlsx_sheets import (
    LABEL_WIDTH,
    TEXT_WIDTH,
    Formats,
    Sheet,
    print_down,
    statement_block,
    table_sheet,
    text_block,
)
from reports.figures import Rollup

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def to_xlsx(
    rollup: Rollup, *, rule_set: RuleSet, vocabulary: Vocabulary, head: DocumentHead
) -> bytes:
    """Return the workbook; equal arguments give equal bytes.

    Raises: FiguresDisagree where the children hold more than the unit.
    """
    content = io.BytesIO()
    with reading_in(head.language), Workbook(content, OPTIONS) as workbook:
        workbook.set_properties(properties_of(head))
        terms = Terms(rule_set, vocabulary, head.language)
        _write(workbook, rollup, head, terms)
    return content.getvalue()


def properties_of(head: DocumentHead) -> dict[str, object]:
    """Return what the file says about itself; the time of writing is not in it."""
    day = head.issued_on or date(head.year, 12, 31)
    return {
        "title": head.title,
        "author": head.issuer,
        "created": datetime.combine(day, time()),
    }


def _write(
    workbook: Workbook, rollup: Rollup, head: DocumentHead, terms: Terms
) -> None:
    formats = Formats(workbook)
    about = f"{rollup.unit.unit.name} – {head.campaign} ({head.year})"
    summary = Sheet(workbook.add_worksheet(_("Summary")), formats)
    _write_summary(summary, rollup, head, terms)
    names = _sheet_names()
    tables = (
        members_by_unit(rollup, terms),
        *organisations_by_unit(rollup, terms),
        *by_sector(rollup, terms),
        ceilings(rollup, terms),
    )
    for table in tables:
        if table:
            page = workbook.add_worksheet(names[table.key])
            table_sheet(Sheet(page, formats), table, about=about)
    note = Sheet(workbook.add_worksheet(_("Note on method")), formats)
    for section in method_note(head, terms):
        text_block(note, section.heading, section.paragraphs)
    note.page.set_column(0, 0, TEXT_WIDTH)
    print_down(note.page)


def _write_summary(
    sheet: Sheet, rollup: Rollup, head: DocumentHead, terms: Terms
) -> None:
    sheet.say(rollup.unit.unit.name, sheet.formats.title())
    for text in (head.title, f"{head.campaign} ({head.year})"):
        sheet.say(text, sheet.formats.note())
    sheet.page.freeze_panes(sheet.row, 1)
    sheet.row += 1
    for section in narrative(rollup, head, terms):
        if section.statement:
            statement_block(sheet, section.statement)
    sheet.page.set_column(0, 0, LABEL_WIDTH)
    sheet.page.set_column(1, 4, 16)
    print_down(sheet.page)


def _sheet_names() -> dict[str, str]:
    """Return the names of the sheets by the keys of the tables."""
    return {
        "members_by_unit": pgettext("sheet", "Members"),
        "grassroots_by_unit": pgettext("sheet", "Grassroots"),
        "cells_by_unit": pgettext("sheet", "Cells"),
        "own_levels": pgettext("sheet", "Levels of units"),
        "members_by_sector": pgettext("sheet", "Sectors, members"),
        "grassroots_by_sector": pgettext("sheet", "Sectors, grassroots"),
        "cells_by_sector": pgettext("sheet", "Sectors, cells"),
        "ceilings": pgettext("sheet", "Permitted number"),
    }
