import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.models.units import PATH_LENGTH
from members.paths import (
    LARGEST,
    MAX_DEPTH,
    TooDeep,
    ancestry,
    child_path,
    depth,
    is_within,
    segment,
    subtree_range,
)

# Few numbers, so that random paths are often above, below and beside each other.
NUMBERS = st.sampled_from([1, 2, 9, 10, 11, 99, LARGEST - 1, LARGEST])
PATHS = st.lists(NUMBERS, min_size=1, max_size=5)
# A unit with one below it as often as with any other.
PAIRS = st.one_of(
    st.tuples(PATHS, PATHS),
    st.builds(lambda unit, rest: (unit, unit + rest), PATHS, PATHS),
)


def path_of(numbers: list[int]) -> str:
    path = ""
    for number in numbers:
        path = child_path(path, number)
    return path


def test_segment_is_seven_digits():
    assert [segment(1), segment(42), segment(LARGEST)] == [
        "0000001",
        "0000042",
        "9999999",
    ]


@pytest.mark.parametrize("number", [0, -1, LARGEST + 1])
def test_segment_refuses_what_seven_digits_cannot_hold(number):
    with pytest.raises(ValueError, match="from 1 to 9999999"):
        segment(number)


def test_child_path_appends_a_segment_and_begins_a_tree_below_nothing():
    assert child_path("", 1) == "0000001"
    assert child_path("0000001", 2) == "00000010000002"


def test_depth_counts_the_units_from_the_root():
    assert (depth("000000100000020000003"), depth("0000001")) == (3, 1)


def test_a_path_has_room_for_thirty_levels_and_no_more():
    lowest = path_of([1] * MAX_DEPTH)

    assert (depth(lowest), len(lowest)) == (30, PATH_LENGTH)
    with pytest.raises(TooDeep):
        child_path(lowest, 1)


def test_what_brings_several_levels_needs_room_for_all_of_them():
    above = path_of([1] * (MAX_DEPTH - 2))

    assert child_path(above, 1, levels=2) == path_of([1] * (MAX_DEPTH - 1))
    with pytest.raises(TooDeep):
        child_path(above, 1, levels=3)


def test_ancestry_is_the_way_from_the_root_down_to_the_unit():
    path = "000000100000020000003"

    assert ancestry(path) == ["0000001", "00000010000002", path]
    assert ancestry("0000001") == ["0000001"]


def test_is_within_is_the_unit_and_everything_below_it():
    unit = "00000010000002"
    paths = ["0000001", unit, unit + "0000001", "00000010000003", "0000002"]

    assert [path for path in paths if is_within(path, unit)] == [
        unit,
        unit + "0000001",
    ]


@pytest.mark.parametrize(
    "path", ["", "1", "00000010", "000000a", "٠٠٠٠٠٠١", "0000001:"]
)
@pytest.mark.parametrize(
    "call",
    [
        ancestry,
        depth,
        subtree_range,
        lambda path: is_within("0000001", path),
        lambda path: is_within(path, "0000001"),
    ],
)
def test_what_is_no_path_is_refused_and_never_opens_the_whole_tree(call, path):
    with pytest.raises(ValueError, match="not a path"):
        call(path)


def test_child_path_refuses_a_parent_that_is_no_path():
    with pytest.raises(ValueError, match="not a path"):
        child_path("12", 1)


@given(PAIRS)
def test_subtree_range_holds_exactly_the_unit_and_everything_below(pair):
    one, other = pair
    lower, upper = (bound.encode() for bound in subtree_range(path_of(one)))

    in_range = lower <= path_of(other).encode() < upper

    assert in_range == (other[: len(one)] == one)
    assert in_range == is_within(path_of(other), path_of(one))


@given(st.lists(PATHS, max_size=20))
def test_byte_order_of_paths_is_the_order_of_the_tree(many):
    assert sorted(map(path_of, many)) == [path_of(numbers) for numbers in sorted(many)]
