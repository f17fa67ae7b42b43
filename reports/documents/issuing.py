"""What papers of a committee have in common: head, numbered tables, room for the rest.

Source: docs/rules/documents.md § 1.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from reports.documents.head import DocumentHead
from reports.documents.printouts import (
    Align,
    Column,
    Grid,
    Letterhead,
    Printout,
    Sheet,
    dated_line,
    letterhead,
)
from reports.documents.terms import date_text


def issued(
    head: DocumentHead,
    title: str,
    *sheets: Sheet,
    is_landscape: bool = False,
    is_a3: bool = False,
) -> Printout:
    """Return the file of what a committee issues; it is called after both."""
    return Printout(
        language=head.language,
        title=f"{title} – {head.issuer}",
        author=head.issuer,
        sheets=sheets,
        line_spacing_points=head.line_spacing_points,
        is_landscape=is_landscape,
        is_a3=is_a3,
    )


def issuer_letterhead(
    head: DocumentHead, *, number: str = "", about: str = "", on: date | None = None
) -> Letterhead:
    """Return the head in two columns; without a day its date is left to be written."""
    return letterhead(
        superior=head.superior,
        issuer=head.issuer,
        number=number,
        about=about,
        dated=dated_line(head.place, date_text(on, head.language)),
    )


def numbered_grid(
    *columns: Column,
    rows: Iterable[tuple[str, ...]],
    total: tuple[str, ...] = (),
    row_height: int | None = None,
) -> Grid:
    """Return a table that counts its rows in a first column, which is added.

    Rows and total are given without it.
    """
    return Grid(
        columns=(Column(_("No."), 10, Align.RIGHT), *columns),
        rows=tuple((str(number), *row) for number, row in enumerate(rows, start=1)),
        total=("", *total) if total else (),
        row_height=row_height,
    )


def to_be_written() -> str:
    """Return what stands where nothing was entered: to be written, on paper or in Word."""
    return _("[to be written]")
