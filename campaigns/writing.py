"""Which acts a written document takes in which state, and by whom. Pure.

A pledge, a self-review and the report of a collective go through the same steps.
Source: docs/rules/steps.md § 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """As what somebody stands to a document; the words of docs/rules/steps.md."""

    AUTHOR = "AUTHOR"  # who writes it, or types it from the author's signed paper
    ANSWERER = (
        "ANSWERER"  # who answers it for the cell or the level above; never one's own
    )
    KEEPER = "KEEPER"  # who keeps the meeting; never of oneself
    PERSON = "PERSON"  # whom it is about
    TELLER = "TELLER"  # of the meeting; never the secretary
    OTHER_TELLER = "OTHER_TELLER"  # another than entered the counts
    CELL = "CELL"  # the committee of the unit that proposes
    COMMITTEE = "COMMITTEE"  # to which it goes; never in the own case
    DECIDER = "DECIDER"  # of that committee; not who sent the file, but in a cell that decides itself


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: from these states, by these people, to one of those states.

    No states: it is made by the act. No states after it: the state stays.
    """

    act: str
    states: tuple[str, ...]
    by: tuple[Who, ...]
    to: tuple[str, ...] = ()


Table = tuple[Line, ...]


class Act(StrEnum):
    """What is done with a written document."""

    BEGIN = "BEGIN"
    WRITE = "WRITE"
    SEND = "SEND"
    CONFIRM = "CONFIRM"
    RETURN = "RETURN"


_WRITABLE = ("DRAFT", "RETURNED")
WRITTEN: Table = (
    Line(Act.BEGIN, ("NONE",), (Who.AUTHOR,), ("DRAFT",)),
    Line(Act.WRITE, _WRITABLE, (Who.AUTHOR,)),
    Line(Act.SEND, _WRITABLE, (Who.AUTHOR,), ("SENT",)),
    Line(Act.CONFIRM, ("SENT",), (Who.ANSWERER,), ("CONFIRMED", "ACCEPTED")),
    Line(Act.RETURN, ("SENT",), (Who.ANSWERER,), ("RETURNED",)),
)


def states_for(table: Iterable[Line], act: str) -> tuple[str, ...]:
    """Return the states in which a table has an act, in its order."""
    return tuple(
        dict.fromkeys(
            state for line in table if line.act == act for state in line.states
        )
    )


def by_whom(table: Iterable[Line], before: str, after: str) -> frozenset[Who]:
    """Return who may bring something from one state to another; nobody: no line does."""
    return frozenset(
        who
        for line in table
        if before in line.states and after in (line.to or line.states)
        for who in line.by
        if line.to or before == after
    )
