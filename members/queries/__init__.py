"""Reads that are made of several rows."""

from members.queries.actors import (
    actor_for,
    post_name,
    post_title,
    units_in_charge,
)
from members.queries.corrections import request_rows, requests_of
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
    MOST_CHOICES,
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
    "Due",
    "RollRow",
    "actor_for",
    "MOST_CHOICES",
    "cell_choices",
    "cell_or_none",
    "column_label",
    "charges_as_entered",
    "charges_of",
    "due_for",
    "findings_in",
    "figure_label",
    "kind_name",
    "name_on",
    "numbers_of",
    "open_sessions",
    "likenesses_of",
    "opening_lines",
    "opening_versions",
    "openings_of",
    "overdue_rows",
    "people_choices",
    "period_text",
    "person_page",
    "post_name",
    "post_title",
    "posts_at",
    "probation_ends",
    "roll_import_page",
    "roll_imports_of",
    "reading_rows",
    "readings_of",
    "request_rows",
    "requests_of",
    "roll_rows",
    "state_on",
    "states_of",
    "successions_of",
    "session_limits",
    "slip_bars",
    "slip_candidates",
    "slip_rows",
    "term_on",
    "terms_of",
    "transfer_rows",
    "unit_url",
    "units_below",
    "units_in_charge",
    "units_of",
]
