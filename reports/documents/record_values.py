"""How days, moments and units stand in the copy of a record: as data, and in print."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from campaigns.models import CampaignUnit
from members import dates
from members.models import PartyUnit
from reports.documents.rollup_html import Head, Printed, PrintedSection, PrintedTable
from reports.documents.terms import NOTHING

Json = dict[str, Any]


def unit_json(unit: PartyUnit | CampaignUnit | None) -> Json | None:
    """Return a unit as data."""
    return {"code": unit.code, "name": unit.name} if unit else None


def day_json(day: date | None) -> str | None:
    """Return a day as data."""
    return day.isoformat() if day else None


def moment_json(moment: datetime | None) -> str | None:
    """Return a moment with its offset from UTC, to the second."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None


def joined(*texts: object) -> str:
    """Return what is there of some texts, a dash where nothing is."""
    return "; ".join(filter(None, map(str, texts))) or NOTHING


def day_text(day: date | None) -> str:
    """Return a day as it is read, a dash for none."""
    return dates.display_day(day) or NOTHING


def moment_text(moment: datetime | None) -> str:
    """Return a moment as it is read, a dash for none."""
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}" if moment else NOTHING


@dataclass(slots=True)
class Rows:
    """A table of texts: its heads, how wide each column is in mm, and its rows."""

    key: str
    heads: Sequence[object]
    widths: Sequence[str]  # "" takes what is left
    title: str = ""  # where the heading above it does not say it
    rows: list[Sequence[str]] = field(default_factory=list)

    def printed(self) -> PrintedTable:
        """Return the table as the template lays it out."""
        return PrintedTable(
            key=self.key,
            title=self.title,
            is_wide=False,
            widths=tuple(self.widths),
            heads=(tuple(Head(str(text), 1, 1) for text in self.heads),),
            numbers=(),
            rows=tuple(_line(row) for row in self.rows),
            total=(),
            notes=(),
        )


def section(heading: object, rows: Rows, *, empty: str) -> PrintedSection:
    """Return a table below its heading; where it has no row, the words that say so."""
    if not rows.rows:
        return PrintedSection(str(heading), (empty,), None)
    return PrintedSection(str(heading), (), rows.printed())


def _line(row: Sequence[str]) -> tuple[Printed, ...]:
    first, *others = row
    return (Printed(first, "t", is_head=True), *(Printed(each, "t") for each in others))
