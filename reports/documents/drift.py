"""Figures by their names, and which of them are others than they were signed.

Source: docs/rules/sign-off.md § 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.models import COUNTED, LEVEL_COLUMNS, REASON_COLUMNS
from campaigns.models.tally import STATUS_COLUMNS
from reports import signed
from reports.documents.counting import PRINTED_SUBJECTS
from reports.documents.terms import Terms
from reports.signed import Change, Counts

STATUSES = {name: code for code, name in STATUS_COLUMNS.items()}
LEVELS = {name: code for code, name in LEVEL_COLUMNS.items()}
REASONS = {name: code for code, name in REASON_COLUMNS.items()}
MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure by its name, with what it counts."""

    subject: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class DriftLine:
    """One figure that is another now; `sector` where it only stands elsewhere."""

    subject: str
    label: str
    before: int
    after: int
    sector: str = ""


def figure_lines(counts: Counts, terms: Terms) -> list[FigureLine]:
    """Return every figure that is not 0, over all sectors, as documents order them."""
    found = signed.over_sectors(counts)
    return [
        FigureLine(terms.subject(subject), figure_label(subject, name, terms), count)
        for subject in PRINTED_SUBJECTS
        for name in COUNTED
        if (count := found.get(subject.upper(), {}).get(name, 0))
    ]


def drift_lines(changes: Iterable[Change], terms: Terms) -> tuple[DriftLine, ...]:
    """Return the figures that are others, as documents order them."""
    known = [each for each in changes if each.subject.lower() in PRINTED_SUBJECTS]
    known.sort(
        key=lambda each: (
            PRINTED_SUBJECTS.index(each.subject.lower()),
            each.sector,
            COUNTED.index(each.column),
        )
    )
    return tuple(
        DriftLine(
            terms.subject(each.subject.lower()),
            figure_label(each.subject.lower(), each.column, terms),
            each.before,
            each.after,
            terms.sector(each.sector) if each.sector else "",
        )
        for each in known
    )


def figure_label(subject: str, column: str, terms: Terms) -> str:
    """Return how a column of the tallies is called."""
    if column == "present":
        return _("Members present") if subject == MEMBERS else _("Organisations")
    if column in LEVELS:
        return terms.level(subject, LEVELS[column])
    if column in REASONS:
        return _("Reason: %(reason)s") % {"reason": terms.reason(REASONS[column])}
    if subject == MEMBERS:
        return terms.status(STATUSES[column])
    return pgettext("table", "Not assessed")
