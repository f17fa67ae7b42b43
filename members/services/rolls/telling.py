"""What the page keeps of a roll that was sent, and the copy of its refused rows.

Beside the database, where they lie sealed, numbers of persons stand nowhere whole: of
these a preview keeps the last digits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import compress, islice
from typing import IO

from members.dates import display_partial
from members.models import RollImport
from members.policy import Actor, Area
from members.services import uploads
from members.services.rolls.comparing import Change, Comparison, Known
from members.services.rolls.exporting import cells_of
from members.sheets.annotated import FAULTS, write_annotated
from members.sheets.roll import offer_of, wording
from members.spreadsheets.cells import Column, Sheet
from members.workbook.findings import Finding
from members.workbook.roll import ROLL, SEALED

SHOWN_DIGITS = 3
MOST_OTHERS = 3  # people beside one of the same name
_FIRST_ROW = 2  # below the heads
_SEALED_HEADS = {ROLL.head_of(field).label for field in SEALED}


def tell(compared: Comparison) -> dict[str, object]:
    """Return what the page shows of a comparison: counts, and the first of each kind."""
    rows = compared.rows
    return {
        "act": "UNCHANGED" if compared.changes_nothing else "CHANGED",
        "counts": {
            "new": len(compared.new),
            "changed": len(compared.changed),
            "unchanged": compared.unchanged,
            "refused": len(compared.refused),
            "missing": compared.missing,
        },
        "new": [
            {
                **_person(compared, at),
                "birth": display_partial(rows.born_on[at]),
                "cell": compared.cells[at].name,
            }
            for at in compared.new[: uploads.MOST_SHOWN]
        ],
        "changed": [
            {
                **_person(compared, each.at),
                "changes": [
                    [one.column, one.old, one.new] for one in change_lines(each)
                ],
            }
            for each in compared.changed[: uploads.MOST_SHOWN]
        ],
        "likenesses": [
            {
                **_person(compared, at),
                "birth": display_partial(rows.born_on[at]),
                "others": [asdict(each) for each in others[:MOST_OTHERS]],
            }
            for at, others in islice(compared.likenesses.items(), uploads.MOST_SHOWN)
        ],
        "likenesses_total": len(compared.likenesses),
        "notes": uploads.in_each_language(lambda: map(wording.line, compared.notes)),
        "notes_total": len(compared.notes),
        **tell_faults(compared.faults),
    }


def tell_faults(faults: Sequence[Finding]) -> dict[str, object]:
    """Return what the page shows of the faults of a file."""
    return {
        "faults": uploads.in_each_language(lambda: map(_shown_fault, faults)),
        "faults_total": len(faults),
    }


def masked(number: str) -> str:
    """Return the last digits of a number, "" for none."""
    return f"…{number[-SHOWN_DIGITS:]}" if number else ""


def write_refused(
    stream: IO[bytes],
    sheets: Mapping[str, Sheet],
    faults: Sequence[Finding],
    cells: Mapping[str, str],
) -> None:
    """Write the rows that are refused, and no others, each with its reason.

    Mended, the copy is sent by itself: the other rows are on the roll by then, or can
    be sent again and change nothing. Of a file whose heads are wrong it has every row.
    """
    remarks = list(map(wording.remark, faults))
    kept = dict(sheets)
    refused = {fault.row for fault in faults}
    if min(refused) >= _FIRST_ROW:
        sheet = sheets[ROLL.name]
        numbers = [row for row in sheet.rows if row in refused]
        place_of = {row: at for at, row in enumerate(numbers, start=_FIRST_ROW)}
        kept[ROLL.name] = _only(sheet, refused, list(place_of.values()))
        remarks = [replace(each, row=place_of[each.row]) for each in remarks]
    write_annotated(stream, kept, remarks, marking=FAULTS, offer=offer_of(cells))


def store_refused(
    upload: RollImport,
    sheets: Mapping[str, Sheet],
    faults: Sequence[Finding],
    *,
    actor: Actor,
) -> str:
    """Store the copy of the refused rows; return its name, "" where none is refused."""
    if not faults:
        return ""
    cells = cells_of(actor, Area.ROLL_IMPORT, within=upload.within)
    return uploads.store_copy(
        upload, lambda stream: write_refused(stream, sheets, faults, cells)
    )


def change_lines(known: Known) -> Iterator[Change]:
    """Give what changes about somebody as it is shown: days as written, numbers masked."""
    for each in known.changes:
        yield replace(
            each, old=_shown(each.column, each.old), new=_shown(each.column, each.new)
        )


def _person(compared: Comparison, at: int) -> dict[str, object]:
    rows = compared.rows
    return {"row": rows.row[at], "code": rows.code[at], "name": rows.full_name[at]}


def _shown_fault(fault: Finding) -> dict[str, object]:
    is_sealed = fault.column in _SEALED_HEADS
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": masked(fault.value) if is_sealed else fault.value,
        "text": wording.text(fault),
    }


def _shown(column: str, value: str) -> str:
    if column in SEALED:
        return masked(value)
    return display_partial(value) if column.endswith("_on") else value


def _only(sheet: Sheet, rows: set[int], numbers: list[int]) -> Sheet:
    """Return the sheet with these rows alone, under new numbers."""
    kept = [row in rows for row in sheet.rows]
    columns = [
        Column(
            each.letter,
            each.head,
            list(compress(each.values, kept)),
            "".join(compress(each.marks, kept)),
        )
        for each in sheet.columns
    ]
    return Sheet(sheet.name, numbers, columns)
