"""The table of acts on a plan of remediation: every act from every state by every role."""

from itertools import combinations
from pathlib import Path

import pytest

from reviews import remediation
from reviews.remediation import TABLE, Act, Role, State

RULES = Path(__file__).resolve().parents[3] / "docs/rules/remediation.md"
# (act, of a person, role): from which states to which, once more and by hand.
ALLOWED = {
    ("WRITE", True, "AUTHOR"): {"DRAFT": "DRAFT", "RETURNED": "RETURNED"},
    ("WRITE", False, "AUTHOR"): {"DRAFT": "DRAFT", "RETURNED": "RETURNED"},
    ("GIVE", True, "AUTHOR"): {"DRAFT": "GIVEN", "RETURNED": "GIVEN"},
    ("MINUTE", True, "KEEPER"): {"GIVEN": "MINUTED"},
    ("MINUTE", False, "KEEPER"): {"DRAFT": "MINUTED", "RETURNED": "MINUTED"},
    ("SEND", True, "KEEPER"): {"MINUTED": "SENT"},
    ("SEND", False, "KEEPER"): {"MINUTED": "SENT"},
    ("ACCEPT", True, "COMMITTEE"): {"SENT": "ACCEPTED"},
    ("ACCEPT", False, "COMMITTEE"): {"SENT": "ACCEPTED"},
    ("RETURN", True, "KEEPER"): {"GIVEN": "RETURNED"},
    ("RETURN", True, "COMMITTEE"): {"SENT": "RETURNED"},
    ("RETURN", False, "COMMITTEE"): {"SENT": "RETURNED"},
    ("NAME", False, "KEEPER"): {str(state): str(state) for state in State},
} | {
    (act, is_personal, role): {state: state for state in states}
    for is_personal in (True, False)
    for act, role, states in (
        ("FOLLOW", "KEEPER", ("MINUTED", "SENT", "ACCEPTED")),
        ("MARK", "COMMITTEE", ("SENT", "ACCEPTED")),
    )
}
EVERY = [
    (act, state, role, is_personal)
    for act in Act
    for state in State
    for role in Role
    for is_personal in (True, False)
]


@pytest.mark.parametrize(("act", "state", "role", "is_personal"), EVERY)
def test_every_act_from_every_state_by_every_role(act, state, role, is_personal):
    expected = ALLOWED.get((act, is_personal, role), {}).get(state)

    assert remediation.after(act, state, {role}, is_personal=is_personal) == expected


def test_two_roles_may_do_what_each_may():
    for act, state, _role, is_personal in EVERY:
        for pair in combinations(Role, 2):
            each = {
                remediation.after(act, state, {role}, is_personal=is_personal)
                for role in pair
            } - {None}
            both = remediation.after(act, state, pair, is_personal=is_personal)
            assert ({both} - {None}) == each


def test_nobody_in_no_role_does_anything():
    for state in State:
        assert not remediation.open_acts(state, (), is_personal=True)


def test_the_rules_draw_the_table_of_the_code():
    """docs/rules/remediation.md § 3 has a line for each of `TABLE`, as it is."""
    of = {(True, False): "both", (True,): "a person's", (False,): "a collective's"}
    drawn = [
        "| {} | {} | {} | {} | {} |".format(
            line.act,
            of[line.of],
            ", ".join(state for state in State if state in line.states),
            ", ".join(sorted(line.roles)),
            line.to or "stays",
        )
        for line in TABLE
    ]

    text = RULES.read_text(encoding="utf-8").splitlines()
    first = text.index("| Act | Plan | From | By | To |") + 2
    assert text[first : first + len(drawn)] == drawn
    assert not text[first + len(drawn)].startswith("|")
