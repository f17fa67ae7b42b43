"""Counts that stay: their sums, their digest, and what differs."""

from hypothesis import given
from hypothesis import strategies as st

from reports.signed import (
    Change,
    changes,
    digest_of,
    limits_summed,
    summed,
    without_noughts,
)

columns = st.dictionaries(
    st.sampled_from(["present", "good", "excellent"]), st.integers(0, 9)
)
counts = st.dictionaries(
    st.sampled_from(["", "COMMUNE"]),
    st.dictionaries(st.sampled_from(["MEMBERS", "CELLS"]), columns),
)
HEAD = {"code": "X", "name": "Chi bộ X"}


def digest(**changes: object) -> str:
    given_ = {"campaign": "c", "rule_set": "r", "unit": HEAD, "own": {}, "children": []}
    return digest_of(**{**given_, **changes})


@given(counts)
def test_noughts_change_neither_digest_nor_drift(found):
    kept = without_noughts(found)

    assert changes(found, kept) == ()
    assert digest(own=found) == digest(own=kept)


@given(counts, counts)
def test_figures_differ_exactly_where_something_is_told(before, after):
    is_same = without_noughts(before) == without_noughts(after)

    assert (changes(before, after) == ()) == is_same
    assert (digest(own=before) == digest(own=after)) == is_same


@given(counts, counts)
def test_a_sum_is_its_parts_in_any_order(one, other):
    assert without_noughts(summed([one, other])) == without_noughts(
        summed([other, one])
    )
    assert without_noughts(summed([one])) == without_noughts(one)


def test_each_figure_is_told_from_what_to_what():
    before = {"": {"MEMBERS": {"good": 2, "excellent": 1}}}
    after = {"": {"MEMBERS": {"good": 3}}}

    assert set(changes(before, after)) == {
        Change("MEMBERS", "good", 2, 3),
        Change("MEMBERS", "excellent", 1, 0),
    }


def test_what_only_stands_in_another_sector_is_told_by_sector():
    before = {"COMMUNE": {"MEMBERS": {"good": 2}}}
    after = {"OTHER": {"MEMBERS": {"good": 2}}}

    assert changes(before, after) == (
        Change("MEMBERS", "good", 2, 0, "COMMUNE"),
        Change("MEMBERS", "good", 0, 2, "OTHER"),
    )


def test_the_digest_is_over_the_digests_of_the_children_in_any_order():
    one, other = ({"code": "1"}, "a"), ({"code": "2"}, "")

    assert digest(children=[one, other]) == digest(children=[other, one])
    assert digest(children=[one, other]) != digest(children=[one, ({"code": "2"}, "b")])
    assert digest(unit={**HEAD, "name": "Y"}) != digest()


def test_ceilings_of_one_unit_are_summed():
    rows = [("X", "Xã", "members", {"GOOD": 1}), ("X", "Xã", "members", {"GOOD": 2})]

    assert limits_summed(rows) == [("X", "Xã", "members", {"GOOD": 3})]
