"""Which acts a plan of remediation takes, from whom, in which state. Pure.

Source: docs/rules/remediation.md § 3.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a plan is."""

    DRAFT = "DRAFT"
    GIVEN = "GIVEN"
    MINUTED = "MINUTED"
    SENT = "SENT"
    ACCEPTED = "ACCEPTED"
    RETURNED = "RETURNED"


class Role(StrEnum):
    """As what somebody stands to a plan; one may be more than one of them."""

    AUTHOR = "AUTHOR"  # who writes it: the person, or who keeps the unit's work
    KEEPER = "KEEPER"  # of the collective that speaks about it, never of one's own plan
    COMMITTEE = "COMMITTEE"  # to which it was sent, never of one's own plan


class Act(StrEnum):
    """What is done with a plan."""

    WRITE = "WRITE"
    GIVE = "GIVE"
    MINUTE = "MINUTE"
    SEND = "SEND"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    FOLLOW = "FOLLOW"
    NAME = "NAME"
    MARK = "MARK"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: from these states, by these roles, to that state."""

    act: Act
    states: frozenset[State]
    roles: frozenset[Role]
    to: State | None = None  # None: the state stays
    of: tuple[bool, ...] = (True, False)  # of a person (True), of a collective (False)


def _line(
    act: Act,
    states: Collection[State],
    role: Role,
    to: State | None = None,
    *,
    of: tuple[bool, ...] = (True, False),
) -> Line:
    return Line(act, frozenset(states), frozenset({role}), to, of)


_WRITTEN = (State.DRAFT, State.RETURNED)
_DISCUSSED = (State.MINUTED, State.SENT, State.ACCEPTED)
OF_A_PERSON, OF_A_COLLECTIVE = (True,), (False,)
TABLE = (
    _line(Act.WRITE, _WRITTEN, Role.AUTHOR),
    _line(Act.GIVE, _WRITTEN, Role.AUTHOR, State.GIVEN, of=OF_A_PERSON),
    _line(Act.MINUTE, (State.GIVEN,), Role.KEEPER, State.MINUTED, of=OF_A_PERSON),
    _line(Act.MINUTE, _WRITTEN, Role.KEEPER, State.MINUTED, of=OF_A_COLLECTIVE),
    _line(Act.RETURN, (State.GIVEN,), Role.KEEPER, State.RETURNED, of=OF_A_PERSON),
    _line(Act.SEND, (State.MINUTED,), Role.KEEPER, State.SENT),
    _line(Act.ACCEPT, (State.SENT,), Role.COMMITTEE, State.ACCEPTED),
    _line(Act.RETURN, (State.SENT,), Role.COMMITTEE, State.RETURNED),
    _line(Act.FOLLOW, _DISCUSSED, Role.KEEPER),
    _line(Act.NAME, tuple(State), Role.KEEPER, of=OF_A_COLLECTIVE),
    _line(Act.MARK, (State.SENT, State.ACCEPTED), Role.COMMITTEE),
)


def after(
    act: Act, state: State, roles: Collection[Role], *, is_personal: bool
) -> State | None:
    """Return the state after an act, or None where nobody in these roles may do it.

    Source: docs/rules/remediation.md § 3.
    """
    for line in TABLE:
        if (
            line.act is act
            and state in line.states
            and line.roles & set(roles)
            and is_personal in line.of
        ):
            return line.to or state
    return None


def open_acts(
    state: State, roles: Collection[Role], *, is_personal: bool
) -> frozenset[Act]:
    """Return what somebody in these roles may do with a plan in this state."""
    return frozenset(
        act
        for act in Act
        if after(act, state, roles, is_personal=is_personal) is not None
    )


def is_overdue(due_on: date, *, is_open: bool, today: date) -> bool:
    """Tell whether something is late: its day is over, and nothing ended it.

    Source: docs/rules/remediation.md § 5.
    """
    return is_open and due_on < today
