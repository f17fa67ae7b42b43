"""What campaigns keep of a person, part by part, in the order of the copy."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from reports.documents.record import Kept
from reports.documents.record_parts import (
    campaigns,
    opinions,
    remediation,
    reviews,
    unreviewed,
    work,
)
from reports.documents.record_parts.part import Part
from reports.documents.record_values import Json, Rows, section
from reports.documents.rollup_html import PrintedSection

PARTS: tuple[Part[Any], ...] = (
    *work.PARTS,
    *reviews.PARTS,
    *unreviewed.PARTS,
    *opinions.PARTS,
    *remediation.PARTS,
    *campaigns.PARTS,
)


def parts_json(kept: Kept) -> dict[str, list[Json]]:
    """Return every part by its key."""
    return {part.key: part.json(kept) for part in PARTS}


def printed_parts(kept: Kept) -> Iterator[PrintedSection]:
    """Give every part as a table below its heading."""
    for part in PARTS:
        rows = Rows(part.key, part.heads, part.widths)
        rows.rows += part.lines(kept)
        yield section(part.heading, rows, empty=_("Nothing is recorded."))
