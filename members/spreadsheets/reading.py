"""Reading an uploaded .xlsx safely: in a child process, within limits, or refused."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.confined import Unfit, ask
from members.spreadsheets.cells import Column, Limits, Sheet

_CHILD = "members.spreadsheets.child"

_SAVE_AGAIN = _("Open it in Excel and save it as “Excel Workbook (.xlsx)”.")
_REFUSALS: dict[str, str | Promise] = {
    "too_large": _("The file is larger than %(megabytes)s MB."),
    "not_xlsx": _("The file is not an Excel workbook (.xlsx). %(save_again)s"),
    "old_format": _("The file is an old Excel workbook (.xls). %(save_again)s"),
    "encrypted": _(
        "The workbook is protected by a password. Remove the password and save it again."
    ),
    "damaged": _(
        "The workbook is damaged or was not made by a spreadsheet program. %(save_again)s"
    ),
    "too_many_parts": _(
        "The workbook has more than %(limit)s parts. Copy its sheets into a new workbook."
    ),
    "unpacks_too_large": _(
        "The workbook would become too large when unpacked. Copy the rows into a new"
        " workbook."
    ),
    "macros": _(
        "The workbook contains macros or controls. Save it without them, as “Excel"
        " Workbook (.xlsx)”."
    ),
    "external_links": _(
        "The workbook takes data from other files. Break the links, so that only values"
        " remain, and save it again."
    ),
    "declarations": _(
        "The workbook contains XML declarations that no spreadsheet program writes."
        " %(save_again)s"
    ),
    "other_sheets": _(
        "This is another workbook: it has none of the sheets %(sheets)s."
    ),
    "no_rows": _("The workbook holds no rows yet. Fill it in, then send it."),
    "sheet_twice": _("Several sheets are called “%(sheet)s”. Keep one of them."),
    "too_many_rows": _(
        "Sheet “%(sheet)s” has something in row %(row)s; at most %(limit)s rows below"
        " the heads are read."
    ),
    "too_many_columns": _(
        "Sheet “%(sheet)s” has something in column %(column)s; at most %(limit)s columns"
        " are read."
    ),
    "text_too_long": _(
        "Sheet “%(sheet)s”, cell %(cell)s: the text has more than %(limit)s characters."
    ),
    "too_demanding": _(
        "Reading the workbook takes more memory than allowed. Copy the rows into a new"
        " workbook, without formats."
    ),
    "too_slow": _(
        "Reading the workbook takes more time than allowed. Copy the rows into a new"
        " workbook, without formats."
    ),
}


class WorkbookRefused(Exception):
    """The uploaded file is not read; the text tells the user why and what to do."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(_REFUSALS[self.code]) % (self.params | {"save_again": _SAVE_AGAIN})


def read_sheets(
    path: Path, *, limits: Limits, names: Sequence[str]
) -> dict[str, Sheet]:
    """Return the sheets asked for, by the names asked for; absent ones are left out.

    Raises: WorkbookRefused for a file that is no .xlsx, is hostile or too big.
    """
    order = {
        "path": str(path.resolve()),
        "limits": asdict(limits),
        "names": list(names),
    }
    try:
        written = ask(_CHILD, order, wall_seconds=limits.wall_seconds)
    except Unfit as unfit:
        raise WorkbookRefused(unfit.code) from None
    answer: dict[str, Any] = json.loads(written)
    if "unfit" in answer:
        raise WorkbookRefused(answer["unfit"], **answer["params"])
    return {name: _sheet(fields) for name, fields in answer["sheets"].items()}


def _sheet(fields: dict[str, Any]) -> Sheet:
    columns = [Column(**column) for column in fields["columns"]]
    return Sheet(fields["name"], fields["rows"], columns)
