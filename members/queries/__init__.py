"""Reads that are made of several rows."""

from members.queries.actors import (
    actor_for,
    post_name,
    post_title,
    units_in_charge,
)
from members.queries.decisions import (
    ChangeLine,
    change_lines,
    decision_rows,
    issuer_of,
    keepers_for,
    sentence_of,
    unit_choices,
    units_to_come,
)
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
    "ChangeLine",
    "Due",
    "RollRow",
    "actor_for",
    "cell_choices",
    "cell_or_none",
    "change_lines",
    "decision_rows",
    "due_for",
    "issuer_of",
    "keepers_for",
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
    "roll_rows",
    "sentence_of",
    "state_on",
    "states_of",
    "successions_of",
    "session_limits",
    "slip_bars",
    "slip_candidates",
    "slip_rows",
    "transfer_rows",
    "unit_choices",
    "unit_url",
    "units_below",
    "units_in_charge",
    "units_of",
    "units_to_come",
]
