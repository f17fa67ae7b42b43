"""The tables of the steps of a review: drawn in the rules as they are in the code."""

import re
from pathlib import Path

import pytest

from campaigns.models import CampaignBody, Participant
from campaigns.writing import WRITTEN
from reviews.models import Ballot, LevelRequest, ReviewOccasion, UnitFile
from reviews.steps import (
    BALLOT,
    FILE,
    REQUEST,
    REVIEW,
    TURN,
    Act,
    Line,
    Who,
    by_whom,
    states_for,
)

RULES = Path(__file__).resolve().parents[2] / "docs/rules/steps.md"
HEAD = "|---|---|---|---|\n"
DRAWN = (
    WRITTEN,
    tuple(line for line in REVIEW if line not in WRITTEN),
    TURN,
    BALLOT,
    FILE,
    REQUEST,
)
STATES = {
    REVIEW: {*Participant.Review.values, *CampaignBody.Report.values},
    TURN: set(ReviewOccasion.State.values),
    BALLOT: set(Ballot.State.values),
    FILE: set(UnitFile.State.values),
    REQUEST: set(LevelRequest.State.values),
}


def row(line: Line) -> str:
    cells = (
        line.act,
        ", ".join(line.states) or "–",
        ", ".join(line.by),
        f"→ {', '.join(line.to)}" if line.to else "stays",
    )
    return f"| {' | '.join(cells)} |"


def test_the_rules_draw_the_tables_of_the_code():
    text = RULES.read_text(encoding="utf-8")
    sections = [part.split("\n\n")[0].rstrip("\n") for part in text.split(HEAD)[1:]]

    drawn = ["\n".join(row(line) for line in table) for table in DRAWN]

    assert sections == drawn


@pytest.mark.parametrize(
    "table", STATES, ids=["review", "turn", "ballot", "file", "request"]
)
def test_the_tables_have_the_states_that_there_are(table):
    named = {state for line in table for state in (*line.states, *line.to)}

    assert named == STATES[table]


def test_whoever_has_no_line_does_nothing():
    assert by_whom(FILE, "SENT", "RECEIVED") == {Who.COMMITTEE}
    assert by_whom(FILE, "DECIDED", "DRAFT") == frozenset()
    assert by_whom(BALLOT, "LOCKED", "COUNTING") == frozenset()
    assert by_whom(BALLOT, "ENTERED", "LOCKED") == {Who.OTHER_TELLER}
    assert by_whom(REQUEST, "KEPT", "SENT") == frozenset()
    assert by_whom(TURN, "REVIEWED", "REVIEWED") == {Who.KEEPER, Who.PERSON}


def test_every_act_is_in_a_table_and_explained():
    tables = (*WRITTEN, *REVIEW, *TURN, *BALLOT, *FILE, *REQUEST)

    assert {line.act for line in tables} >= set(Act)
    text = RULES.read_text(encoding="utf-8")
    assert all(re.search(rf"\b{who}\b", text) for who in Who)


def test_the_states_of_an_act_stand_in_the_order_of_the_table():
    assert states_for(FILE, Act.RETURN) == ("SENT", "RECEIVED")
    assert states_for(FILE, Act.RECORD) == ("DRAFT",)
    assert states_for(REQUEST, Act.RECEIVE) == ("SENT",)
