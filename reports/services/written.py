"""Pledges and self-reviews as one file: one, or all confirmed ones of a cell.

Made while one waits and kept nowhere: the paper that is signed is the record.
"""

from collections.abc import Sequence
from datetime import datetime

from campaigns.models import CampaignUnit, Participant, WrittenKind
from campaigns.services.written import openings
from members.policy import Actor
from reports.documents.writers import write
from reports.documents.written import WrittenSheet, written_printout


class NothingToPrint(Exception):
    """None of these has a text."""


def print_sheets(
    kind: WrittenKind,
    *,
    sheets: Sequence[WrittenSheet],
    people: list[Participant],
    unit: CampaignUnit,
    title: str,
    extension: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> bytes:
    """Return the documents of one cell in one file; who is printed reads by whom.

    Raises: NothingToPrint; documents.pdf.DocumentNotRendered.
    """
    if not sheets:
        raise NothingToPrint
    printout = written_printout(sheets, title=title, language=language)
    content = write(printout, extension)
    openings.note_print(kind, participants=people, unit=unit, actor=actor, now=now)
    return content
