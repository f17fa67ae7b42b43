"""Pledges and self-reviews as a PDF: one, or all confirmed ones of a cell.

Made while one waits and kept nowhere: the paper that is signed is the record.
"""

from collections.abc import Sequence
from datetime import datetime

from campaigns.models import CampaignUnit, Participant, WrittenKind
from campaigns.services.written import openings
from members.policy import Actor
from reports.documents.pdf import html_to_pdf
from reports.documents.written_html import WrittenSheet, written_html


class NothingToPrint(Exception):
    """None of these has a text."""


def print_sheets(
    kind: WrittenKind,
    *,
    sheets: Sequence[WrittenSheet],
    people: list[Participant],
    unit: CampaignUnit,
    title: str,
    language: str,
    actor: Actor,
    now: datetime,
) -> bytes:
    """Return the documents of one cell in one PDF; who is printed reads by whom.

    Raises: NothingToPrint; documents.pdf.DocumentNotRendered.
    """
    if not sheets:
        raise NothingToPrint
    content = html_to_pdf(written_html(sheets, title=title, language=language))
    openings.note_print(kind, participants=people, unit=unit, actor=actor, now=now)
    return content
