"""What was found in a results workbook, in words, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from members.vocabulary import Label
from reviews.workbook.findings import Finding, Param

_LONGEST_VALUE = 80

_WRONG: Mapping[str, str | Promise] = {
    # sheets and heads
    "sheet_missing": _("The workbook has no sheet of this name."),
    "head_missing": _("This column is missing; heads stand in row 1."),
    "head_unknown": _("The sheet has no column of this name."),
    "head_twice": _("This column stands there twice."),
    "head_empty": _("The column has no head and was not read."),
    # any cell
    "empty": _("Something must stand here."),
    "formula": _("A formula stands here. Enter the value itself."),
    "broken": _("Excel could not work out this cell. Enter the value itself."),
    "date_for_text": _(
        "Excel made a date of this text. Format the column as text and enter it again."
    ),
    "not_text": _("Excel made a logical value or a time of this text. Enter it again."),
    "number_with_point": _(
        "Excel made a number of this code. Format the column as text and enter it again."
    ),
    "number_too_long": _(
        "Excel keeps only 15 digits of a number. Format the column as text and enter"
        " the code again."
    ),
    "character": _("The text contains an invisible character (%(name)s)."),
    "too_long": _("The text has more than %(limit)s characters."),
    "not_a_date": _("This is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
    "unknown_term": _("This is not in the list."),
    "not_valid": _("This does not exist at the end of %(year)s. %(advice)s"),
    "twice": _("Row %(row)s has the same code already."),
    # units
    "no_units": _("The sheet has no rows; it must have at least the root."),
    "no_root": _("No unit is the root: exactly one must have no unit above it."),
    "several_roots": _(
        "%(count)s units have no unit above them, but there can be only one root:"
        " rows %(rows)s."
    ),
    "parent_unknown": _("No unit of the sheet has this code."),
    "cycle": _("By the codes above it, this unit stands above itself."),
    "too_deep": _("The unit stands more than %(limit)s levels below the root."),
    "sector_missing": _("A grassroots organisation must have its type."),
    "no_sector": _(
        "No grassroots organisation stands above this unit, so it has no type and is"
        " not counted under any."
    ),
    # people
    "unit_unknown": _("No unit of the sheet “Đơn vị” has this code."),
    "holds_nobody": _("A unit of the kind “%(kind)s” holds no members."),
    "level_missing": _("Who was assessed must have a level."),
    "level_forbidden": _("Who is “%(status)s” has no level."),
    "reason_forbidden": _("A reason stands only with the level “not completed”."),
    "admitted_after_year": _("Admitted after the end of %(year)s."),
    "admitted_before_birth": _("Admitted before birth."),
    "admitted_too_young": _("Admitted under the age of %(age)s."),
    "official_before_admission": _("Official before admission."),
    "twin": _("Row %(row)s has the same name and date of birth."),
}


def what_is_wrong(finding: Finding) -> str:
    """Return one or two sentences on the matter of a fault or note."""
    shown = {name: _shown(param) for name, param in finding.params.items()}
    return (str(_WRONG[finding.code]) % shown).strip()


def what_is_allowed(finding: Finding) -> str:
    """Return the texts that may stand there instead, "" where there is no list."""
    allowed = finding.params.get("allowed")
    return "; ".join(allowed) if isinstance(allowed, tuple) else ""


def finding_text(finding: Finding) -> str:
    """Return what is wrong and, where there is a list, what is allowed."""
    text = what_is_wrong(finding)
    if allowed := what_is_allowed(finding):
        text += " " + gettext("Allowed: %(labels)s.") % {"labels": allowed}
    return text


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
