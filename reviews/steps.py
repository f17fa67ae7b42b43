"""Who may do what in a review, from which state, to which. Pure.

Plans of remediation have a table of their own (`reviews.remediation`).
Source: docs/rules/steps.md.
"""

from enum import StrEnum

from campaigns.writing import WRITTEN, Line, Table, Who, by_whom, states_for

__all__ = [
    "BALLOT", "FILE", "REQUEST", "REVIEW", "TURN", "Act", "Line", "Table", "Who",
    "by_whom", "states_for",
]  # fmt: skip


class Act(StrEnum):
    """What is done beside writing."""

    STATE = "STATE"  # that a self-review or a report does not meet the requirements
    REVIEW = "REVIEW"
    PUT_OFF = "PUT_OFF"
    CALL = "CALL"
    NOTE = "NOTE"
    REPLY = "REPLY"
    OPEN = "OPEN"
    ENTER = "ENTER"
    CONFIRM = "CONFIRM"
    CORRECT = "CORRECT"
    RECORD = "RECORD"
    SEND = "SEND"
    RECEIVE = "RECEIVE"
    RETURN = "RETURN"
    DECIDE = "DECIDE"
    ASK = "ASK"
    ANSWER = "ANSWER"


_BEFORE = ("NONE", "DRAFT", "SENT", "RETURNED", "CONFIRMED")
_TURNS = ("WAITING", "LEFT", "REVIEWED")
# `Participant.review_state`, and `CampaignBody.report_state` as far as it goes.
REVIEW: Table = (
    *WRITTEN,
    Line(
        Act.STATE,
        ("SENT", "CONFIRMED", "ACCEPTED"),
        (Who.KEEPER, Who.ANSWERER),
        ("RETURNED",),
    ),
    Line(Act.REVIEW, _BEFORE, (Who.KEEPER,), ("REVIEWED",)),
    # Back to where it was; stated not to meet the requirements: returned.
    Line(Act.PUT_OFF, ("REVIEWED",), (Who.KEEPER,), _BEFORE),
)
# `ReviewOccasion.state`.
TURN: Table = (
    Line(Act.CALL, (), (Who.KEEPER,), ("WAITING",)),
    Line(Act.NOTE, ("WAITING", "LEFT"), (Who.KEEPER,)),
    Line(Act.REVIEW, _TURNS, (Who.KEEPER,), ("REVIEWED",)),
    Line(Act.PUT_OFF, _TURNS, (Who.KEEPER,), ("LEFT",)),
    Line(Act.REPLY, ("REVIEWED",), (Who.PERSON,)),
)
# `Ballot.state`; a correction is an edition of its own.
BALLOT: Table = (
    Line(Act.OPEN, (), (Who.KEEPER,), ("COUNTING",)),
    Line(Act.ENTER, ("COUNTING", "ENTERED"), (Who.TELLER,), ("ENTERED",)),
    Line(Act.CONFIRM, ("ENTERED",), (Who.OTHER_TELLER,), ("LOCKED",)),
    Line(Act.CORRECT, ("LOCKED",), (Who.KEEPER,)),
)
# `UnitFile.state`; after a file that came back, or was decided, the next is made.
FILE: Table = (
    Line(Act.RECORD, (), (Who.CELL,), ("DRAFT",)),
    Line(Act.RECORD, ("DRAFT",), (Who.CELL,)),
    Line(Act.SEND, ("DRAFT",), (Who.CELL,), ("SENT",)),
    Line(Act.RECEIVE, ("SENT",), (Who.COMMITTEE,), ("RECEIVED",)),
    Line(Act.RETURN, ("SENT", "RECEIVED"), (Who.COMMITTEE,), ("RETURNED",)),
    # It stays as long as somebody in it waits.
    Line(Act.DECIDE, ("RECEIVED",), (Who.DECIDER,), ("RECEIVED", "DECIDED")),
)
# `LevelRequest.state`.
REQUEST: Table = (
    Line(Act.ASK, (), (Who.PERSON, Who.COMMITTEE), ("SENT",)),
    Line(Act.RECEIVE, ("SENT",), (Who.COMMITTEE,), ("RECEIVED",)),
    Line(Act.ANSWER, ("SENT", "RECEIVED"), (Who.COMMITTEE,), ("KEPT", "CHANGED")),
)
