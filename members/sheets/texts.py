"""What was found in a workbook, in words, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from members.vocabulary import Label
from members.workbook.findings import Finding, Matter, Param

Texts: TypeAlias = Mapping[str, str | Promise]  # by the code of a matter

_LONGEST_VALUE = 80

WRONG: Texts = {
    Matter.SHEET_MISSING: _("The workbook has no sheet of this name."),
    Matter.HEAD_MISSING: _("This column is missing; heads stand in row 1."),
    Matter.HEAD_UNKNOWN: _("The sheet has no column of this name."),
    Matter.HEAD_TWICE: _("This column stands there twice."),
    Matter.HEAD_EMPTY: _("The column has no head and was not read."),
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
    Matter.NOT_A_NAME: _(
        "A name has letters, blanks, apostrophes, hyphens and dots; “%(name)s” is none"
        " of these."
    ),
    Matter.TOO_LONG: _("The text has more than %(limit)s characters."),
    Matter.NOT_A_DATE: _("This is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
    Matter.UNKNOWN_TERM: _("This is not in the list."),
    Matter.TWICE: _("Row %(row)s has the same code already."),
    Matter.CODE_OF_MARKS: _(
        "The code has nothing but accents: it needs a letter or a digit."
    ),
    Matter.HOLDS_NOBODY: _("A unit of the kind “%(kind)s” holds no members."),
    Matter.ADMITTED_BEFORE_BIRTH: _("Admitted before birth."),
    Matter.ADMITTED_TOO_YOUNG: _("Admitted under the age of %(age)s."),
    Matter.OFFICIAL_BEFORE_ADMISSION: _("Official before admission."),
    Matter.TWIN: _(
        "Row %(row)s has a name that looks the same, and the same date of birth."
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said beside a row of the file; with row 0 it stands in the list alone."""

    sheet: str
    row: int
    text: str
    column: str = ""
    value: str = ""
    allowed: str = ""


class Wording:
    """How the findings of one kind of workbook are told: by the texts of its matters."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def what_is_wrong(self, finding: Finding) -> str:
        """Return one or two sentences on the matter of a fault or note."""
        shown = {name: _shown(param) for name, param in finding.params.items()}
        return (str(self.texts[finding.code]) % shown).strip()

    def text(self, finding: Finding) -> str:
        """Return what is wrong and, where there is a list, what is allowed."""
        return with_allowed(self.what_is_wrong(finding), what_is_allowed(finding))

    def line(self, finding: Finding) -> str:
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
        return f"{', '.join(where)}: {quoted}{self.text(finding)}"

    def remark(self, finding: Finding) -> Remark:
        """Return what is said about a fault or note beside its row."""
        return Remark(
            sheet=finding.sheet,
            row=finding.row,
            text=self.what_is_wrong(finding),
            column=finding.column,
            value=finding.value,
            allowed=what_is_allowed(finding),
        )


def what_is_allowed(finding: Finding) -> str:
    """Return the texts that may stand there instead, "" where there is no list."""
    allowed = finding.params.get("allowed")
    return "; ".join(allowed) if isinstance(allowed, tuple) else ""


def with_allowed(text: str, allowed: str) -> str:
    """Return the text, followed by what is allowed if there is such a list."""
    if not allowed:
        return text
    return text + " " + gettext("Allowed: %(labels)s.") % {"labels": allowed}


def _shown(param: Param) -> str:
    if isinstance(param, Label):
        return param.text(get_language() or "vi")
    if isinstance(param, tuple):
        return ", ".join(param)
    return "" if param is None else str(param)
