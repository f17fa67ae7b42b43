"""What was found in a results workbook, in words, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from members.sheets.texts import WRONG as WRONG_ANYWHERE
from members.sheets.texts import Texts, Wording
from reviews.workbook.findings import ResultsMatter

WRONG: Texts = {
    **WRONG_ANYWHERE,
    ResultsMatter.NOT_VALID: _(
        "This does not exist at the end of %(year)s. %(advice)s"
    ),
    ResultsMatter.CODE_TAKEN: _(
        "This code is taken outside your unit. Give your own rows codes that begin with"
        " your unit's code."
    ),
    ResultsMatter.NO_UNITS: _("The sheet has no rows; it must have at least the root."),
    ResultsMatter.NO_ROOT: _(
        "No unit is the root: exactly one must have no unit above it."
    ),
    ResultsMatter.SEVERAL_ROOTS: _(
        "%(count)s units have no unit above them, but there can be only one root:"
        " rows %(rows)s."
    ),
    ResultsMatter.PARENT_UNKNOWN: _("No unit of the sheet has this code."),
    ResultsMatter.CYCLE: _("By the codes above it, this unit stands above itself."),
    ResultsMatter.TOO_DEEP: _(
        "The unit stands deeper in the tree than the level number %(limit)s."
    ),
    ResultsMatter.SECTOR_MISSING: _("A grassroots organisation must have its type."),
    ResultsMatter.NO_SECTOR: _(
        "No grassroots organisation stands above this unit, so it has no type and is"
        " not counted under any."
    ),
    ResultsMatter.UNIT_UNKNOWN: _("No unit of the sheet “Đơn vị” has this code."),
    ResultsMatter.LEVEL_MISSING: _("Who was assessed must have a level."),
    ResultsMatter.LEVEL_FORBIDDEN: _("Who is “%(status)s” has no level."),
    ResultsMatter.REASON_FORBIDDEN: _(
        "A reason stands only with the level “not completed”."
    ),
    ResultsMatter.ADMITTED_AFTER_YEAR: _("Admitted after the end of %(year)s."),
}

_wording = Wording(WRONG)
finding_text = _wording.text
finding_line = _wording.line
remark_of = _wording.remark
