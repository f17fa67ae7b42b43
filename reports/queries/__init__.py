"""Reads: the fold, the head of a report, and what the pages show."""

from reports.queries.fold import fold_of, rollup_of
from reports.queries.heads import head_of
from reports.queries.pages import cards_for, is_superseded, reports_of, unit_page

__all__ = [
    "cards_for",
    "fold_of",
    "head_of",
    "is_superseded",
    "reports_of",
    "rollup_of",
    "unit_page",
]
