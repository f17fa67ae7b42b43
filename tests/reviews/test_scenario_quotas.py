"""Numbers that have to add up: quotas within a percent, sizes within a total."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.scenarios.generation import spread
from reviews.scenarios.outcomes import excellent_quotas, most_excellent


@given(
    st.dictionaries(st.integers(0, 99), st.integers(1, 400), min_size=1, max_size=20),
    st.integers(1, 100),
    st.integers(0, 2**32),
    st.data(),
)
def test_quotas_sum_and_stay_within_the_percent(good, percent, seed, data):
    caps = {unit: most_excellent(count, percent) for unit, count in good.items()}
    total = data.draw(st.integers(0, sum(caps.values())))

    quotas = excellent_quotas(
        good, total=total, percent=percent, above=(), rng=random.Random(seed)
    )

    assert sum(quotas.values()) == total
    assert all(
        100 * quotas[unit] <= percent * (good[unit] - quotas[unit]) for unit in good
    )


def test_one_more_than_the_most_excellent_is_above_the_percent():
    assert [
        (good, percent)
        for good in range(1, 300)
        for percent in (15, 20, 25)
        for most in [most_excellent(good, percent)]
        if 100 * most > percent * (good - most)
        or 100 * (most + 1) <= percent * (good - most - 1)
    ] == []


@pytest.mark.parametrize(
    ("total", "above", "why"),
    [
        (3, (), "no room for 3 excellent under 20 percent"),
        (2, {1}, "more than 2 excellent in the units above the ceiling"),
    ],
)
def test_quotas_out_of_reach_are_refused(total, above, why):
    with pytest.raises(ValueError, match=why):
        excellent_quotas(
            {1: 12}, total=total, percent=20, above=above, rng=random.Random(1)
        )


@given(st.integers(1, 40), st.integers(0, 2000), st.integers(0, 2**32))
def test_sizes_sum_to_the_total_and_none_is_tiny(parts, total, seed):
    sizes = spread(total, parts, random.Random(seed))

    assert (len(sizes), sum(sizes)) == (parts, total)
    assert min(sizes) >= min(7, total // parts)
