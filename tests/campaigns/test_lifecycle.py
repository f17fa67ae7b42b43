"""States follow each other one way, and the document says the same."""

import re
from pathlib import Path

import pytest

from campaigns.lifecycle import FLOWS_IN, FOLLOWS, TAKES_ACTS, State, may_follow

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rules" / "lifecycle.md"
ALLOWED = {
    (State.DRAFT, State.OPEN),
    (State.OPEN, State.ROLL_FIXED),
    (State.ROLL_FIXED, State.CLOSED),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("following", State)
def test_states_follow_one_way_and_none_is_skipped(state, following):
    assert may_follow(state, following) == ((state, following) in ALLOWED)


def test_every_state_says_what_may_follow():
    assert set(FOLLOWS) == set(State)


def test_people_flow_in_only_until_the_roll_is_fixed():
    assert (set(FLOWS_IN), set(TAKES_ACTS)) == (
        {State.OPEN},
        {State.OPEN, State.ROLL_FIXED},
    )


def test_the_document_has_the_same_states_and_order():
    rows = re.findall(
        r"^\| `(\w+)` \|.*\| (?:`(\w+)`|–) \|$",
        DOCUMENT.read_text("utf-8"),
        re.MULTILINE,
    )

    assert rows == [(state, next(iter(FOLLOWS[state]), "")) for state in State]
