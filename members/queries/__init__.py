"""Reads that are made of several rows."""

from members.queries.actors import (
    actor_for,
    post_name,
    post_title,
    units_in_charge,
)
from members.queries.corrections import request_rows, requests_of
from members.queries.people import openings_of, person_page
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
from members.queries.sessions import open_sessions, session_limits
from members.queries.slips import slip_bars, slip_candidates, slip_rows
from members.queries.units import (
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
    "cell_choices",
    "cell_or_none",
    "due_for",
    "kind_name",
    "open_sessions",
    "openings_of",
    "overdue_rows",
    "people_choices",
    "person_page",
    "post_name",
    "post_title",
    "posts_at",
    "probation_ends",
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
    "transfer_rows",
    "unit_url",
    "units_below",
    "units_in_charge",
    "units_of",
]
