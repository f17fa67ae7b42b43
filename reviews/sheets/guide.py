"""What to enter in each column of a results workbook."""

from django.utils.translation import gettext_lazy as _

from members.sheets.guide import Help
from reviews.workbook.layout import PEOPLE, UNITS, Field

HELP: Help = {
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
