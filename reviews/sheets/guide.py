"""The page of help in a results workbook: what to enter in each column."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from xlsxwriter import Workbook

from reviews.sheets.lists import Place
from reviews.sheets.writing import add_page, head_style, put_row
from reviews.workbook.layout import PEOPLE, UNITS, Field

# A sheet of this name is ignored when the workbook comes back.
HELP_SHEET = "Hướng dẫn"

_HELP_WIDTHS = (14, 34, 90)

HELP: Mapping[Place, str | Promise] = {
    (UNITS, Field.CODE): _("Obligatory, each code once."),
    (UNITS, Field.NAME): _("Obligatory."),
    (UNITS, Field.PARENT): _("Code of the unit above; empty for exactly one unit."),
    (UNITS, Field.KIND): _("Obligatory, from the list."),
    (UNITS, Field.SECTOR): _(
        "From the list. Obligatory for grassroots organisations; a cell takes it from"
        " its grassroots organisation, higher up it may be empty."
    ),
    (UNITS, Field.LEVEL): _("From the list; empty means not assessed."),
    (PEOPLE, Field.CODE): _(
        "Obligatory, each code once: a lasting code of your own, not the number of the"
        " membership card."
    ),
    (PEOPLE, Field.NAME): _("Obligatory."),
    (PEOPLE, Field.BORN_ON): _("dd/mm/yyyy, mm/yyyy or yyyy."),
    (PEOPLE, Field.GENDER): _("From the list, or empty."),
    (PEOPLE, Field.CELL): _(
        "Obligatory: code of a cell or a grassroots cell of the sheet “Đơn vị”."
    ),
    (PEOPLE, Field.ADMITTED_ON): _("dd/mm/yyyy, mm/yyyy or yyyy."),
    (PEOPLE, Field.OFFICIAL_ON): _(
        "dd/mm/yyyy, mm/yyyy or yyyy; empty for a probationary member."
    ),
    (PEOPLE, Field.STATUS): _("Obligatory, from the list."),
    (PEOPLE, Field.LEVEL): _(
        "From the list: for those assessed obligatory, for all others empty."
    ),
    (PEOPLE, Field.REASON): _(
        "From the list, only with the level “not completed”; may be empty."
    ),
}


def add_help(book: Workbook) -> None:
    """Add the page; a row for each column of both sheets."""
    sheet = add_page(book, HELP_SHEET)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, width in enumerate(_HELP_WIDTHS):
        sheet.set_column(at, at, width, wrapped)
    heads = [gettext("Sheet"), gettext("Column"), gettext("What to enter")]
    put_row(sheet, 0, heads, head_style(book))
    for row, ((layout, field), text) in enumerate(HELP.items(), start=1):
        label = layout.head_of(field).label
        put_row(sheet, row, [layout.name, label, str(text)], wrapped)
