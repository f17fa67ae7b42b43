"""What was found in a results workbook, in words, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from members.vocabulary import Label
from reviews.workbook.findings import Finding, Matter, Param

_LONGEST_VALUE = 80

WRONG: Mapping[Matter, str | Promise] = {
    # sheets and heads
    Matter.SHEET_MISSING: _("The workbook has no sheet of this name."),
    Matter.HEAD_MISSING: _("This column is missing; heads stand in row 1."),
    Matter.HEAD_UNKNOWN: _("The sheet has no column of this name."),
    Matter.HEAD_TWICE: _("This column stands there twice."),
    Matter.HEAD_EMPTY: _("The column has no head and was not read."),
    # any cell
    Matter.EMPTY: _("Something must stand here."),
    Matter.FORMULA: _("A formula stands here. Enter the value itself."),
    Matter.BROKEN: _("Excel could not work out this cell. Enter the value itself."),
    Matter.DATE_FOR_TEXT: _(
        "Excel made a date of this text. Format the column as text and enter it again."
    ),
    Matter.NOT_TEXT: _(
        "Excel made a logical value or a time of this text. Enter it again."
    ),
    Matter.NUMBER_WITH_POINT: _(
        "Excel made a number of this code. Format the column as text and enter it again."
    ),
    Matter.NUMBER_TOO_LONG: _(
        "Excel keeps only 15 digits of a number. Format the column as text and enter"
        " the code again."
    ),
    Matter.CHARACTER: _("The text contains an invisible character (%(name)s)."),
    Matter.TOO_LONG: _("The text has more than %(limit)s characters."),
    Matter.NOT_A_DATE: _("This is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
    Matter.UNKNOWN_TERM: _("This is not in the list."),
    Matter.NOT_VALID: _("This does not exist at the end of %(year)s. %(advice)s"),
    Matter.TWICE: _("Row %(row)s has the same code already."),
    Matter.CODE_OF_MARKS: _(
        "The code has nothing but accents: it needs a letter or a digit."
    ),
    Matter.CODE_TAKEN: _(
        "This code is taken outside your unit. Give your own rows codes that begin with"
        " your unit's code."
    ),
    # units
    Matter.NO_UNITS: _("The sheet has no rows; it must have at least the root."),
    Matter.NO_ROOT: _("No unit is the root: exactly one must have no unit above it."),
    Matter.SEVERAL_ROOTS: _(
        "%(count)s units have no unit above them, but there can be only one root:"
        " rows %(rows)s."
    ),
    Matter.PARENT_UNKNOWN: _("No unit of the sheet has this code."),
    Matter.CYCLE: _("By the codes above it, this unit stands above itself."),
    Matter.TOO_DEEP: _("The unit stands more than %(limit)s levels below the root."),
    Matter.SECTOR_MISSING: _("A grassroots organisation must have its type."),
    Matter.NO_SECTOR: _(
        "No grassroots organisation stands above this unit, so it has no type and is"
        " not counted under any."
    ),
    # people
    Matter.UNIT_UNKNOWN: _("No unit of the sheet “Đơn vị” has this code."),
    Matter.HOLDS_NOBODY: _("A unit of the kind “%(kind)s” holds no members."),
    Matter.LEVEL_MISSING: _("Who was assessed must have a level."),
    Matter.LEVEL_FORBIDDEN: _("Who is “%(status)s” has no level."),
    Matter.REASON_FORBIDDEN: _("A reason stands only with the level “not completed”."),
    Matter.ADMITTED_AFTER_YEAR: _("Admitted after the end of %(year)s."),
    Matter.ADMITTED_BEFORE_BIRTH: _("Admitted before birth."),
    Matter.ADMITTED_TOO_YOUNG: _("Admitted under the age of %(age)s."),
    Matter.OFFICIAL_BEFORE_ADMISSION: _("Official before admission."),
    Matter.TWIN: _("Row %(row)s has the same name and date of birth."),
}


def what_is_wrong(finding: Finding) -> str:
    """Return one or two sentences on the matter of a fault or note."""
    shown = {name: _shown(param) for name, param in finding.params.items()}
    return (str(WRONG[finding.code]) % shown).strip()


def what_is_allowed(finding: Finding) -> str:
    """Return the texts that may stand there instead, "" where there is no list."""
    allowed = finding.params.get("allowed")
    return "; ".join(allowed) if isinstance(allowed, tuple) else ""


def finding_text(finding: Finding) -> str:
    """Return what is wrong and, where there is a list, what is allowed."""
    return with_allowed(what_is_wrong(finding), what_is_allowed(finding))


def with_allowed(text: str, allowed: str) -> str:
    """Return the text, followed by what is allowed if there is such a list."""
    if not allowed:
        return text
    return text + " " + gettext("Allowed: %(labels)s.") % {"labels": allowed}


def finding_line(finding: Finding) -> str:
    """Return all about a finding in one line: where, what stands there, the matter."""
    where = [f"“{finding.sheet}”"]
    if finding.row:
        where.append(gettext("row %(row)s") % {"row": finding.row})
    if finding.column:
        where.append(gettext("column “%(column)s”") % {"column": finding.column})
    value = " ".join(finding.value.split())
    if len(value) > _LONGEST_VALUE:
        value = f"{value[:_LONGEST_VALUE]}…"
    quoted = f"“{value}”. " if value else ""
    return f"{', '.join(where)}: {quoted}{finding_text(finding)}"


def _shown(param: Param) -> str:
    if isinstance(param, Label):
        return param.text(get_language() or "vi")
    if isinstance(param, tuple):
        return ", ".join(param)
    return "" if param is None else str(param)
