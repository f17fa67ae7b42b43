"""Comments of a body on a draft, by a workbook: given out empty, read with limits.

Source: docs/rules/programmes.md § 8.
"""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Draft, DraftComment
from campaigns.services.work import NotRecordable, demand_running, note
from campaigns.sheets.comments import PLACE, SHEET, TEXT
from members import names
from members.policy import Actor
from members.services.returned_sheets import NotTheSheet, column_of, sheet_of
from members.spreadsheets.cells import MEGABYTE, Limits, Sheet

LIMITS = Limits(
    max_bytes=2 * MEGABYTE,
    max_rows=500,
    address_space_bytes=512 * MEGABYTE,
    cpu_seconds=10,
    max_columns=10,
)
LONGEST = {PLACE: 255, TEXT: 2000}


def receive_comments(
    *,
    draft: Draft,
    body_name: str,
    received_on: date,
    file: File,
    actor: Actor,
    now: datetime,
) -> int:
    """Record the comments of a workbook, and return how many; known ones are passed by.

    Raises: NotRecordable for a file that cannot be read, or a row that does not fit; it
        names the first such row, and nothing of the file is recorded.
    """
    rows = _rows_of(file)
    with transaction.atomic():
        demand_running(draft.unit)
        Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
        known = DraftComment.objects.filter(draft=draft, body_name=body_name)
        before = set(known.values_list("place", "text"))
        new = list(dict.fromkeys(row for row in rows if row not in before))
        DraftComment.objects.bulk_create(
            DraftComment(
                draft=draft,
                body_name=body_name,
                received_on=received_on,
                place=place,
                text=text,
            )
            for place, text in new
        )
        note("comments", draft, actor, now, changes=len(new))
    return len(new)


def _rows_of(file: File) -> list[tuple[str, str]]:
    try:
        sheet = sheet_of(file, name=SHEET, limits=LIMITS)
        places, texts = (column_of(sheet, head) for head in (PLACE, TEXT))
    except NotTheSheet as refusal:
        raise NotRecordable(str(refusal), column="file") from refusal
    rows = [
        (_clean(sheet, at, PLACE, place), _clean(sheet, at, TEXT, text))
        for at, (place, text) in enumerate(zip(places, texts, strict=True))
    ]
    said = [(place, text) for place, text in rows if text]
    if not said:
        raise NotRecordable(_("The workbook holds no comment."), column="file")
    return said


def _clean(sheet: Sheet, at: int, head: str, text: str) -> str:
    where = {"row": sheet.rows[at], "column": head, "most": LONGEST[head]}
    try:
        clean = names.clean_text(text)
    except names.UnfitText as refusal:
        raise NotRecordable(
            _("Row %(row)s, column “%(column)s”: a character cannot be seen.") % where,
            column="file",
        ) from refusal
    if len(clean) > LONGEST[head]:
        raise NotRecordable(
            _("Row %(row)s, column “%(column)s”: more than %(most)s characters.")
            % where,
            column="file",
        )
    return clean
