"""Reads that are made of several rows."""

from members.queries.actors import (
    actor_for,
    post_name,
    post_title,
    units_in_charge,
)
from members.queries.corrections import request_rows, requests_of
from members.queries.decisions import (
    ChangeLine,
    change_lines,
    decision_rows,
    issuer_of,
    keepers_for,
    people_at,
    sentence_of,
    unit_choices,
    units_to_come,
)
from members.queries.likenesses import likenesses_of
from members.queries.opening import (
    figure_label,
    opening_lines,
    opening_versions,
    period_text,
)
from members.queries.people import openings_of, person_page
from members.queries.readings import reading_rows, readings_of
from members.queries.roll import (
    Due,
    RollRow,
    cell_choices,
    cell_or_none,
    due_for,
    probation_ends,
    roll_rows,
    transfer_rows,
)
from members.queries.roll_imports import (
    column_label,
    findings_in,
    roll_import_page,
    roll_imports_of,
)
from members.queries.sessions import open_sessions, session_limits
from members.queries.slips import slip_bars, slip_candidates, slip_rows
from members.queries.terms import name_on, numbers_of, term_on, terms_of
from members.queries.units import (
    MOST_CHOICES,
    charges_as_entered,
    charges_of,
    kind_name,
    overdue_rows,
    people_choices,
    posts_at,
    state_on,
    states_of,
    successions_of,
    unit_url,
    units_below,
    units_of,
)

__all__ = [
    "ChangeLine",
    "Due",
    "MOST_CHOICES",
    "RollRow",
    "actor_for",
    "cell_choices",
    "cell_or_none",
    "change_lines",
    "charges_as_entered",
    "charges_of",
    "column_label",
    "decision_rows",
    "due_for",
    "figure_label",
    "findings_in",
    "issuer_of",
    "keepers_for",
    "kind_name",
    "likenesses_of",
    "name_on",
    "numbers_of",
    "open_sessions",
    "opening_lines",
    "opening_versions",
    "openings_of",
    "overdue_rows",
    "people_at",
    "people_choices",
    "period_text",
    "person_page",
    "post_name",
    "post_title",
    "posts_at",
    "probation_ends",
    "reading_rows",
    "readings_of",
    "request_rows",
    "requests_of",
    "roll_import_page",
    "roll_imports_of",
    "roll_rows",
    "sentence_of",
    "session_limits",
    "slip_bars",
    "slip_candidates",
    "slip_rows",
    "state_on",
    "states_of",
    "successions_of",
    "term_on",
    "terms_of",
    "transfer_rows",
    "unit_choices",
    "unit_url",
    "units_below",
    "units_in_charge",
    "units_of",
    "units_to_come",
]
