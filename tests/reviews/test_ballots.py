from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rulesets.procedure import MAJORITIES
from reviews.ballots import (
    Fault,
    Papers,
    Votes,
    faults_of,
    has_quorum,
    hides_counts,
    is_kept,
    missing,
    outcome_of,
)

LEVELS = ("EXCELLENT", "GOOD", "SATISFACTORY", "NOT_COMPLETED")
OF_22 = Papers(convoked=22, present=22, issued=22, returned=22, valid=22, invalid=0)


def votes(*by_level: int, unmarked: int = 0) -> Votes:
    return Votes(dict(zip(LEVELS, by_level, strict=False)), unmarked)


def level_of(given, papers=OF_22, *, majority="HALF_OF_CONVOKED"):
    return outcome_of(given, papers, majority=majority, levels=LEVELS).level


# § 3.1
@pytest.mark.parametrize(
    ("change", "faults"),
    [
        pytest.param({}, (), id="all of them"),
        pytest.param({"present": 20, "issued": 20, "returned": 19, "valid": 18, "invalid": 1}, (), id="some away, one paper kept, one invalid"),
        pytest.param({"present": 23}, (Fault.MORE_PRESENT_THAN_CONVOKED,), id="one too many present"),
        pytest.param({"present": 21}, (Fault.MORE_ISSUED_THAN_PRESENT,), id="one paper too many"),
        pytest.param({"issued": 21}, (Fault.MORE_RETURNED_THAN_ISSUED,), id="one returned too many"),
        pytest.param({"valid": 21}, (Fault.RETURNED_IS_NO_SUM,), id="one unread"),
        pytest.param({"invalid": 1}, (Fault.RETURNED_IS_NO_SUM,), id="one read twice"),
        pytest.param({"valid": 23, "invalid": -1}, (Fault.NEGATIVE,), id="less than none"),
    ],
)  # fmt: skip
def test_papers_that_do_not_add_up_are_named(change, faults):
    assert faults_of(replace(OF_22, **change)) == faults


# § 3.2
@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        (votes(4, 18), 0),
        (votes(4, 17), 1),
        (votes(4, 17, unmarked=1), 0),
        (votes(4, 19), -1),
    ],
)
def test_the_votes_on_a_person_sum_to_the_valid_papers(given, lacking):
    assert missing(given, OF_22) == lacking


# § 2.2
@pytest.mark.parametrize(
    ("present", "convoked", "holds"),
    [(2, 3, True), (1, 3, False), (15, 22, True), (14, 22, False), (0, 0, False)],
)
def test_a_quorum_is_reached_by_exactly_the_share(present, convoked, holds):
    assert has_quorum(present, convoked, Fraction(2, 3)) is holds


# § 4.1
@pytest.mark.parametrize(
    ("majority", "present", "valid", "needed"),
    [
        ("HALF_OF_CONVOKED", 20, 18, 12),
        ("HALF_OF_PRESENT", 20, 18, 11),
        ("HALF_OF_VALID", 20, 18, 10),
        ("HALF_OF_VALID", 20, 17, 9),
    ],
)
def test_more_than_half_of_the_base_makes_a_level(majority, present, valid, needed):
    papers = replace(
        OF_22, present=present, issued=present, returned=valid, valid=valid
    )
    enough = votes(valid - needed, needed)
    just_too_few = votes(valid - needed, needed - 1, 1)

    assert level_of(enough, papers, majority=majority) == "GOOD"
    assert level_of(just_too_few, papers, majority=majority) is None
    found = outcome_of(just_too_few, papers, majority=majority, levels=LEVELS)
    assert (found.votes, found.needed) == (needed - 1, needed)


# § 4.3
@pytest.mark.parametrize("given", [votes(11, 11), votes(8, 7, 7), votes(unmarked=22)])
def test_a_tie_or_no_majority_gives_no_level(given):
    assert level_of(given) is None


# § 4.2
@pytest.mark.parametrize(
    ("given", "level"),
    [
        (votes(12, 10), "EXCELLENT"),
        (votes(11, 11), "GOOD"),
        (votes(8, 7, 7), "GOOD"),
        (votes(0, 11, 1, 10), "SATISFACTORY"),
        (votes(0, 0, 0, 22), "NOT_COMPLETED"),
        (votes(5, 6, unmarked=11), None),
    ],
)
def test_at_least_this_level_takes_the_votes_for_better_ones_along(given, level):
    assert level_of(given, majority="CUMULATIVE") == level


# § 5.3
@pytest.mark.parametrize("majority", MAJORITIES)
def test_the_round_of_the_best_needs_more_than_half_too(majority):
    assert is_kept(12, OF_22, majority=majority)
    assert not is_kept(11, OF_22, majority=majority)


# § 1.3
@pytest.mark.parametrize(("convoked", "hidden"), [(3, True), (5, True), (6, False)])
def test_counts_of_a_very_small_body_are_hidden(convoked, hidden):
    assert hides_counts(convoked) is hidden


a_paper = st.sampled_from([*LEVELS, None])


def counted(papers):
    return Votes({level: papers.count(level) for level in LEVELS}, papers.count(None))


def all_returned(number):
    return Papers(
        convoked=number,
        present=number,
        issued=number,
        returned=number,
        valid=number,
        invalid=0,
    )


@given(st.lists(a_paper, min_size=1, max_size=85), st.sampled_from(MAJORITIES))
def test_at_most_one_level_has_the_majority_in_whatever_order(papers, majority):
    here = all_returned(len(papers))
    one = outcome_of(counted(papers), here, majority=majority, levels=LEVELS)
    other = outcome_of(
        counted(papers), here, majority=majority, levels=tuple(reversed(LEVELS))
    )

    assert missing(counted(papers), here) == 0
    if majority != "CUMULATIVE":
        assert one == other  # no order of the levels makes another outcome


@given(st.lists(a_paper, min_size=1, max_size=40), st.data())
def test_a_better_vote_never_gives_a_lower_level(papers, data):
    at = data.draw(st.integers(0, len(papers) - 1))
    better = list(papers)
    step_up = dict(pairwise(reversed(LEVELS)))
    better[at] = step_up.get(papers[at], papers[at])
    here = all_returned(len(papers))

    for majority in MAJORITIES:
        before = level_of(counted(papers), here, majority=majority)
        after = level_of(counted(better), here, majority=majority)
        if before and after:
            assert LEVELS.index(after) <= LEVELS.index(before)
        if before and majority == "CUMULATIVE":
            assert after
