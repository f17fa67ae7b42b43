"""The one sheet of a workbook that was given out to be filled in, when it comes back."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.base import File
from django.utils.translation import gettext as _

from members import names
from members.spreadsheets.cells import Limits, Sheet
from members.spreadsheets.reading import WorkbookRefused, read_sheets


class NotTheSheet(Exception):
    """The file is not the one that was sent out, or cannot be read; the text says why."""


def sheet_of(file: File, *, name: str, limits: Limits) -> Sheet:
    """Return the sheet of this name, read with limits in a process of its own.

    Raises: NotTheSheet for a file that cannot be read, or has no such sheet.
    """
    try:
        with NamedTemporaryFile(suffix=".xlsx") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            found = read_sheets(Path(copy.name), limits=limits, names=[name]).get(name)
    except WorkbookRefused as refusal:
        raise NotTheSheet(str(refusal)) from refusal
    if found is None:
        raise NotTheSheet(
            _("The workbook has no sheet “%s”: send the one that was sent out.") % name
        )
    return found


def column_of(sheet: Sheet, head: str) -> list[str]:
    """Return what stands below a head, in whatever spelling.

    Raises: NotTheSheet where the sheet has no such column.
    """
    for column in sheet.columns:
        if names.fold(column.head) == names.fold(head):
            return column.values
    raise NotTheSheet(_("The sheet has no column “%s”.") % head)
