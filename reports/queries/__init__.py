"""Reads: the fold, the head of a report, and what the pages show."""

from reports.queries.fold import rollup_of
from reports.queries.heads import head_of
from reports.queries.pages import cards_for, is_superseded, unit_page
from reports.queries.record_figures import record_figures_of
from reports.queries.records import record_of, result_cards, results_of

__all__ = [
    "cards_for",
    "head_of",
    "is_superseded",
    "record_figures_of",
    "record_of",
    "result_cards",
    "results_of",
    "rollup_of",
    "unit_page",
]
