"""What the page keeps of a file: its faults or its preview, in words, and a copy."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import IO

from campaigns.contents import Contents
from members.services import uploads
from members.services.registering import CodeTaken
from members.services.uploads import in_each_language
from members.sheets.annotated import FAULTS, NOTES, Marking, write_annotated
from members.sheets.texts import Remark
from members.vocabulary import vocabulary
from members.workbook.findings import Finding
from reviews.models import ResultsImport
from reviews.queries.replacing import Replacement
from reviews.services.importing import Outcome
from reviews.services.workbooks.differences import difference_text
from reviews.services.workbooks.notes import Notes, note_lines, notes_on, remarks_on
from reviews.services.workbooks.reading import Reading
from reviews.sheets import finding_text, offer_of, remark_of
from reviews.workbook.findings import ResultsMatter
from reviews.workbook.layout import PEOPLE, UNITS, Field


def tell_faults(
    upload: ResultsImport, reading: Reading, faults: Sequence[Finding]
) -> dict[str, object]:
    """Return the columns that hold the faults of a file; their copy is stored."""
    summary = {
        "faults": in_each_language(lambda: map(_shown, faults)),
        "faults_total": len(faults),
    }
    copy = _store_copy(upload, reading, list(map(remark_of, faults)), marking=FAULTS)
    return {"summary": summary, "annotated": copy}


def faults_of_taken(contents: Contents, taken: CodeTaken) -> list[Finding]:
    """Return the codes that are taken outside the clerk's unit, each with its row."""
    return [
        Finding(
            sheet=layout.name,
            row=table.row[at],
            column=layout.head_of(Field.CODE).label,
            value=table.code[at],
            code=ResultsMatter.CODE_TAKEN,
        )
        for layout, table, places in (
            (UNITS, contents.units, taken.units),
            (PEOPLE, contents.people, taken.members),
        )
        for at in places
    ]


def tell_preview(
    upload: ResultsImport, reading: Reading, contents: Contents, outcome: Outcome
) -> dict[str, object]:
    """Return the columns that hold a preview; a copy is stored if there are notes."""
    notes = notes_on(reading, contents, outcome)
    summary: dict[str, object] = {
        "act": outcome.act.value,
        "campaign_name": outcome.campaign.name,
        "units": _compared(len(contents.units), outcome.new_units, "unit", notes),
        "members": _compared(
            len(contents.people), outcome.new_members, "member", notes
        ),
        "levels": {
            "units": Counter(filter(None, contents.units.level)),
            "members": Counter(filter(None, contents.people.level)),
        },
        "differences": in_each_language(
            lambda: map(difference_text, notes.differences)
        ),
        "differences_total": len(notes.differences),
        "notes": in_each_language(lambda: note_lines(notes)),
        "notes_total": notes.total,
    }
    if outcome.replacement is not None:
        summary["replacement"] = told_of(outcome.replacement)
        summary["loses"] = outcome.replacement.loses
    copy = _store_copy(upload, reading, remarks_on(notes, contents), marking=NOTES)
    return {"summary": summary, "annotated": copy}


def told_of(replacement: Replacement | None) -> dict[str, object] | None:
    """Return what a preview keeps of a replacement; None where nothing is replaced."""
    return asdict(replacement) if replacement is not None else None


def write_copy(
    stream: IO[bytes], reading: Reading, remarks: Sequence[Remark], *, marking: Marking
) -> None:
    """Write the file that was read, with a column of remarks, in one language."""
    write_annotated(
        stream,
        sheets=reading.sheets,
        remarks=remarks,
        marking=marking,
        offer=offer_of(vocabulary(), [reading.rule_set], year=reading.year),
    )


def _store_copy(
    upload: ResultsImport,
    reading: Reading,
    remarks: Sequence[Remark],
    *,
    marking: Marking,
) -> str:
    """Store the copy with these remarks; return its name, "" where there are none."""
    if not remarks:
        return ""
    return uploads.store_copy(
        upload, lambda stream: write_copy(stream, reading, remarks, marking=marking)
    )


def _shown(fault: Finding) -> dict[str, object]:
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "code": fault.code,
        "text": finding_text(fault),
    }


def _compared(total: int, new: int, kind: str, notes: Notes) -> dict[str, int]:
    differ = len({each.code for each in notes.differences if each.kind == kind})
    return {"new": new, "same": total - new - differ, "differs": differ}
