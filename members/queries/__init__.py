"""Reads that are made of several rows."""

from members.queries.actors import actor_for, post_title, units_in_charge
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

__all__ = [
    "Due",
    "RollRow",
    "actor_for",
    "cell_choices",
    "cell_or_none",
    "due_for",
    "openings_of",
    "person_page",
    "post_title",
    "probation_ends",
    "roll_rows",
    "transfer_rows",
    "units_in_charge",
]
