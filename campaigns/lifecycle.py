"""Which state of a campaign may follow which. Pure.

Source: docs/rules/lifecycle.md.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a campaign stands (`docs/rules/lifecycle.md` § 1)."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    ROLL_FIXED = "ROLL_FIXED"
    CLOSED = "CLOSED"


FOLLOWS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN}),
    State.OPEN: frozenset({State.ROLL_FIXED}),
    State.ROLL_FIXED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}

# From opening to closing the world is a copy; before "Chốt danh sách" movements of
# people still flow in by themselves, afterwards nothing does.
FLOWS_IN = frozenset({State.OPEN})
TAKES_ACTS = frozenset({State.OPEN, State.ROLL_FIXED})
# What people read of their level and ask about it goes on after the closing (§ 7.3).
OPENED = TAKES_ACTS | {State.CLOSED}


def may_follow(state: State, following: State) -> bool:
    """Tell whether a campaign may go from one state to the other.

    Source: docs/rules/lifecycle.md § 2.
    """
    return following in FOLLOWS[state]
