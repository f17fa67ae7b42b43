from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rulesets import Ceiling, RuleSet, from_resolved, load, resolve
from reviews.ceilings import CeilingCounts, CeilingRow, allowed, check, counted_within

SUBJECTS = ("members", "cells", "grassroots")
COUNTS = st.integers(min_value=0, max_value=10**7)
LEVELS = ("EXCELLENT", "GOOD", "SATISFACTORY", "NOT_COMPLETED")


def ceiling_with(*, percent: object = 20, rounding: str = "FLOOR") -> Ceiling:
    """The ceiling for members of the newest rule set, with other numbers."""
    resolved = resolve("qd366-2025")
    resolved["ceilings"][0]["percent"]["value"] = str(percent)
    del resolved["ceilings"][0]["percent_special"]
    resolved["ceilings"][0]["rounding"]["value"] = rounding
    return from_resolved(resolved).ceilings[0]


def with_base(base: str, certainty: str) -> RuleSet:
    """The newest rule set after somebody found its text for members."""
    resolved = resolve("qd366-2025")
    resolved["ceilings"][0]["base"] |= {"value": base, "certainty": certainty}
    return from_resolved(resolved)


def members(**levels: int) -> CeilingCounts:
    return CeilingCounts(
        unit="DB01", unit_name="Đảng bộ xã", subject="members", levels=levels
    )


# § 3: a count with a fraction
@pytest.mark.parametrize(
    ("percent", "rounding", "base_count", "expected"),
    [
        pytest.param(20, "FLOOR", 0, 0, id="3.1 of nobody"),
        pytest.param(20, "FLOOR", 4, 0, id="3.1 just under one"),
        pytest.param(20, "FLOOR", 5, 1, id="3.1 just one"),
        pytest.param(20, "FLOOR", 22, 4, id="3.1 of 4.4"),
        pytest.param(20, "FLOOR", 24, 4, id="3.1 of 4.8"),
        pytest.param(20, "HALF_UP", 22, 4, id="3.1 half up of 4.4"),
        pytest.param(25, "HALF_UP", 10, 3, id="3.1 half up of 2.5"),
        pytest.param(20, "CEILING", 21, 5, id="3.1 up of 4.2"),
        pytest.param(20, "CEILING", 20, 4, id="3.1 up of 4"),
        pytest.param("0.7", "FLOOR", 1000, 7, id="3.2 exact where a float says 6.99"),
        pytest.param(0, "FLOOR", 1000, 0, id="3.1 of no percent"),
        pytest.param(100, "FLOOR", 7, 7, id="3.1 of all"),
    ],
)
def test_allowed_is_rounded_as_the_rule_set_says(
    percent, rounding, base_count, expected
):
    assert allowed(ceiling_with(percent=percent, rounding=rounding), base_count) == (
        expected
    )


@pytest.mark.parametrize(
    ("subject", "unit", "within"),
    [
        ("members", "CELL", "CELL"),
        ("members", "GRASSROOTS", "GRASSROOTS"),
        ("members", "SIMILAR_GROUP", "GRASSROOTS"),
        ("cells", "GRASSROOTS", "GRASSROOTS"),
        ("cells", "SIMILAR_GROUP", "GRASSROOTS"),
        ("grassroots", "SUPERIOR", "SUPERIOR"),
        ("grassroots", "SIMILAR_GROUP", "SUPERIOR"),
        # No rule set may say so; then cells are not counted within themselves.
        ("cells", "CELL", "GRASSROOTS"),
    ],
)
def test_each_subject_is_counted_within_its_units(subject, unit, within):
    ceiling = next(one for one in load("qd366-2025").ceilings if one.subject == subject)
    rule = replace(ceiling.unit_rule, value=unit)

    assert counted_within(replace(ceiling, unit_rule=rule)) == within


@given(percent=st.decimals(0, 99, places=2), base_count=COUNTS)
def test_allowed_is_the_largest_number_within_the_percent(percent, base_count):
    found = allowed(ceiling_with(percent=percent), base_count)

    assert found * 100 <= percent * base_count < (found + 1) * 100


# § 2: evidence on the base, from published results; excellent, good, fits on
@pytest.mark.parametrize(
    ("excellent", "good", "fits"),
    [
        pytest.param(1120, 8445, {"GOOD_ONLY", "GOOD_OR_BETTER"}, id="Biên Hòa 2013"),
        pytest.param(25, 101, {"GOOD_OR_BETTER"}, id="Thanh Hóa college 2022"),
        pytest.param(4, 18, {"GOOD_OR_BETTER"}, id="Sơn Ca preschool 2022"),
        pytest.param(120, 451, set(), id="Sơn La 2020"),
    ],
)
def test_published_results_fit_the_base_that_they_were_counted_on(
    excellent, good, fits
):
    rows = check(load("qd366-2025"), [members(EXCELLENT=excellent, GOOD=good)])

    assert {row.base for row in rows if not row.exceeded} == fits


def test_check_shows_both_bases_where_the_text_was_not_read():
    rows = check(load("qd366-2025"), [members(EXCELLENT=4, GOOD=18, SATISFACTORY=3)])

    assert rows == (
        CeilingRow(
            unit="DB01",
            unit_name="Đảng bộ xã",
            subject="members",
            base="GOOD_ONLY",
            base_count=18,
            percent=Decimal(20),
            allowed=3,
            actual=4,
            exceeded=True,
            assumed=True,
        ),
        CeilingRow(
            unit="DB01",
            unit_name="Đảng bộ xã",
            subject="members",
            base="GOOD_OR_BETTER",
            base_count=22,
            percent=Decimal(20),
            allowed=4,
            actual=4,
            exceeded=False,
            assumed=True,
        ),
    )


def test_check_shows_the_one_base_that_was_read_and_counts_it_by_unit():
    rows = check(load("qd132-2018"), [members(EXCELLENT=4, GOOD=18)])

    assert rows == (
        CeilingRow(
            unit="DB01",
            unit_name="Đảng bộ xã",
            subject="members",
            base="GOOD_ONLY",
            base_count=18,
            percent=Decimal(20),
            allowed=3,
            actual=4,
            exceeded=True,
            assumed=False,
        ),
    )


@pytest.mark.parametrize(
    ("base", "certainty", "expected"),
    [
        ("GOOD_ONLY", "S", [("GOOD_ONLY", 18)]),
        ("GOOD_OR_BETTER", "S", [("GOOD_OR_BETTER", 22)]),
        ("ASSESSED", "S", [("ASSESSED", 28)]),
        (
            "ASSESSED",
            "S2",
            [("GOOD_ONLY", 18), ("GOOD_OR_BETTER", 22), ("ASSESSED", 28)],
        ),
    ],
)
def test_check_counts_each_base(base, certainty, expected):
    counts = members(EXCELLENT=4, GOOD=18, SATISFACTORY=5, NOT_COMPLETED=1)

    rows = check(with_base(base, certainty), [counts])

    assert [(row.base, row.base_count) for row in rows] == expected


def test_check_takes_good_or_better_of_organisations_from_their_scheme():
    resolved = resolve("hd27-2014")
    resolved["ceilings"] = [
        resolved["ceilings"][0]
        | {
            "subject": "grassroots",
            "level": "CLEAN_STRONG_EXEMPLARY",
            "base": resolved["ceilings"][0]["base"] | {"value": "GOOD_OR_BETTER"},
            "unit": resolved["ceilings"][0]["unit"] | {"value": "SUPERIOR"},
        }
    ]
    levels = {"CLEAN_STRONG_EXEMPLARY": 15, "CLEAN_STRONG": 53, "GOOD": 39, "WEAK": 1}
    counts = CeilingCounts(
        unit="T2", unit_name="Biên Hòa", subject="grassroots", levels=levels
    )

    rows = check(from_resolved(resolved), [counts])

    assert [(row.base_count, row.allowed, row.actual) for row in rows] == [
        (107, 16, 15)
    ]


def test_check_has_no_row_where_the_rule_set_has_no_ceiling():
    counts = [
        CeilingCounts(
            unit="DB01", unit_name="Đảng bộ xã", subject=subject, levels={"GOOD": 10}
        )
        for subject in SUBJECTS
    ]

    assert [row.subject for row in check(load("qd132-2018"), counts)] == ["members"]
    assert check(load("qd132-2018"), []) == ()


def test_check_orders_by_code_then_subject_then_base():
    counts = [
        CeilingCounts(unit=unit, unit_name="", subject=subject, levels={})
        for unit in ("ĐB", "DB2", "DB10", "db")
        for subject in ("grassroots", "cells", "members")
    ]

    rows = check(load("qd124-2023"), counts)

    assert [(row.unit, row.subject, row.base) for row in rows] == [
        (unit, subject, base)
        for unit in ("DB10", "DB2", "db", "ĐB")
        for subject, base in [
            ("members", "GOOD_ONLY"),
            ("members", "GOOD_OR_BETTER"),
            ("cells", "GOOD_ONLY"),
            ("grassroots", "GOOD_ONLY"),
        ]
    ]


@given(
    counts=st.lists(
        st.builds(
            CeilingCounts,
            unit=st.text(max_size=3),
            unit_name=st.just(""),
            subject=st.sampled_from(SUBJECTS),
            levels=st.dictionaries(st.sampled_from(LEVELS), COUNTS),
        ),
        unique_by=lambda one: (one.unit, one.subject),
        max_size=6,
    ),
    random=st.randoms(),
)
def test_check_does_not_depend_on_the_order_of_counts(counts, random):
    rule_set = load("qd366-2025")
    shuffled = random.sample(counts, len(counts))

    rows = check(rule_set, shuffled)

    assert rows == check(rule_set, counts)
    assert [row.unit.encode() for row in rows] == sorted(
        row.unit.encode() for row in rows
    )


@given(good=COUNTS, excellent=COUNTS)
def test_the_wider_base_never_allows_fewer(good, excellent):
    narrow, wide = check(load("qd366-2025"), [members(EXCELLENT=excellent, GOOD=good)])

    assert narrow.allowed <= wide.allowed
    assert narrow.exceeded or not wide.exceeded


@pytest.mark.parametrize("base", ["GOOD_ONLY", "GOOD_OR_BETTER"])
def test_units_of_all_sizes_exceed_by_the_first_person_too_many(base):
    rule_set = with_base(base, "S")

    for size in range(1, 201):
        first_too_many = next(
            excellent
            for excellent in range(size + 1)
            if excellent * 100 > 20 * (size - excellent * (base == "GOOD_ONLY"))
        )
        just, over = (
            members(EXCELLENT=excellent, GOOD=size - excellent)
            for excellent in (first_too_many - 1, first_too_many)
        )
        rows = (*check(rule_set, [just]), *check(rule_set, [over]))
        assert [row.exceeded for row in rows] == [False, True]
