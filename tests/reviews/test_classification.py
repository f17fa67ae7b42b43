from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rulesets import load
from campaigns.rulesets.terms import KINDS
from reviews.classification import Facts, is_full, levels_left

EXCELLENT, GOOD, SATISFACTORY, NOT_COMPLETED = LEVELS = (
    "EXCELLENT",
    "GOOD",
    "SATISFACTORY",
    "NOT_COMPLETED",
)
DEGREES = ("EXCELLENT", "GOOD", "AVERAGE", "POOR")
RULE_SETS = ("hd27-2014", "qd132-2018", "qd124-2023", "qd366-2025")
BEST = Facts(
    kind="MEMBER",
    points=Decimal(100),
    done_percent=Decimal(100),
    exceeded_percent=Decimal(100),
    late_percent=Decimal(0),
)
BY_DEGREES = Facts(
    kind="MEMBER",
    result_degree="EXCELLENT",
    other_degree="EXCELLENT",
    done_percent=Decimal(100),
    exceeded_percent=Decimal(100),
)


def best_under(code, facts):
    return levels_left(load(code), facts).best


# The boundaries that each regulation draws: § 6.2 with § 4.3.
@pytest.mark.parametrize(
    ("change", "best"),
    [
        ({"points": Decimal(100)}, EXCELLENT),
        ({"points": Decimal(90)}, EXCELLENT),
        ({"points": Decimal("89.99")}, GOOD),
        ({"points": Decimal(70)}, GOOD),
        ({"points": Decimal("69.99")}, SATISFACTORY),
        ({"points": Decimal(50)}, SATISFACTORY),
        ({"points": Decimal("49.99")}, NOT_COMPLETED),
        ({"exceeded_percent": Decimal(30)}, EXCELLENT),
        ({"exceeded_percent": Decimal("29.99")}, GOOD),
        ({"late_percent": Decimal("0.01")}, SATISFACTORY),
        ({"late_percent": Decimal(20)}, SATISFACTORY),
        ({"late_percent": Decimal("20.01")}, NOT_COMPLETED),
        ({"done_percent": Decimal("99.99")}, NOT_COMPLETED),
        ({"special_cases": frozenset({"SICK_LEAVE"})}, SATISFACTORY),
        ({"special_cases": frozenset({"MATERNITY_LEAVE"})}, EXCELLENT),
        ({"triggers": frozenset({"DISCIPLINED"})}, NOT_COMPLETED),
        ({"headed_level": GOOD}, GOOD),
        ({"headed_level": EXCELLENT}, EXCELLENT),
    ],
)
def test_the_boundaries_of_regulation_366(change, best):
    assert best_under("qd366-2025", replace(BEST, **change)) == best


@pytest.mark.parametrize(
    ("change", "best"),
    [
        ({}, EXCELLENT),
        ({"other_degree": "GOOD"}, EXCELLENT),
        ({"result_degree": "GOOD"}, GOOD),
        ({"other_degree": "AVERAGE"}, GOOD),
        ({"exceeded_percent": Decimal(50)}, EXCELLENT),
        ({"exceeded_percent": Decimal("49.99")}, GOOD),
        ({"done_percent": Decimal("99.99")}, GOOD),
        ({"result_degree": "AVERAGE"}, SATISFACTORY),
        ({"other_degree": "POOR"}, NOT_COMPLETED),
        ({"triggers": frozenset({"POOR_CRITERION"})}, NOT_COMPLETED),
    ],
)
def test_the_boundaries_of_regulation_124(change, best):
    assert best_under("qd124-2023", replace(BY_DEGREES, **change)) == best


@pytest.mark.parametrize(
    ("change", "best"),
    [
        ({}, EXCELLENT),
        ({"other_degree": "GOOD"}, EXCELLENT),
        ({"other_degree": "AVERAGE"}, GOOD),
        ({"result_degree": "GOOD"}, GOOD),
        ({"result_degree": "POOR"}, NOT_COMPLETED),
        ({"special_cases": frozenset({"SICK_LEAVE"})}, SATISFACTORY),
    ],
)
def test_the_boundaries_of_guidance_21(change, best):
    assert best_under("qd132-2018", replace(BY_DEGREES, **change)) == best


def test_guidance_27_draws_no_boundary_that_was_read():
    assert best_under("hd27-2014", Facts(kind="ORGANISATION")) == (
        "CLEAN_STRONG_EXEMPLARY"
    )


# § 6.1
def test_what_is_not_known_forbids_nothing_and_is_named():
    found = levels_left(load("qd366-2025"), Facts(kind="MEMBER", points=Decimal(75)))

    assert found.best == GOOD
    assert found.unknown == ("done_percent", "exceeded_percent", "late_percent")


# § 6.3
def test_each_paragraph_that_forbids_is_named_with_its_source():
    facts = replace(BEST, points=Decimal(60), triggers=frozenset({"STATE_RATING"}))

    found = levels_left(load("qd366-2025"), facts)

    assert [(one.about, one.best) for one in found.findings] == [
        ("triggers", NOT_COMPLETED),
        ("points", SATISFACTORY),
        ("points", GOOD),
    ]
    assert "Điều 11" in found.findings[-1].rule.source.vi
    assert found.reason == "STATE_RATING"
    assert found.allows(NOT_COMPLETED, LEVELS)
    assert not found.allows(SATISFACTORY, LEVELS)


def test_a_trigger_of_bodies_says_nothing_of_a_person():
    facts = replace(BY_DEGREES, triggers=frozenset({"DISUNITY"}))

    assert best_under("qd124-2023", facts) == EXCELLENT


# § 6.8
@pytest.mark.parametrize(
    ("since", "on", "full"),
    [
        (date(2026, 3, 15), date(2026, 9, 14), False),
        (date(2026, 3, 15), date(2026, 9, 15), True),
        (date(2026, 8, 31), date(2027, 2, 27), False),
        (date(2026, 8, 31), date(2027, 2, 28), True),
    ],
)
def test_six_months_less_a_day_are_not_full(since, on, full):
    assert is_full(since, 6, on) is full


percents = st.decimals(0, 100, places=2)
any_facts = st.builds(
    Facts,
    kind=st.sampled_from(KINDS),
    points=percents,
    result_degree=st.sampled_from(DEGREES),
    other_degree=st.sampled_from(DEGREES),
    done_percent=percents,
    exceeded_percent=percents,
    late_percent=percents,
    triggers=st.sets(st.sampled_from(["DISCIPLINED", "DISUNITY"])).map(frozenset),
    special_cases=st.sets(st.just("SICK_LEAVE")).map(frozenset),
    headed_level=st.sampled_from([None, *LEVELS]),
)


NUMBERS = ("points", "done_percent", "exceeded_percent")


def better(facts, data):
    """The same facts, one of them better or as good."""
    name = data.draw(
        st.sampled_from(
            [*NUMBERS, "late_percent", "result_degree", "other_degree"]
            + ["triggers", "special_cases", "headed_level"]
        )
    )
    value = getattr(facts, name)
    if name in NUMBERS:
        value = data.draw(st.decimals(value, 100, places=2))
    elif name == "late_percent":
        value = data.draw(st.decimals(0, value, places=2))
    elif name.endswith("_degree"):
        value = DEGREES[max(DEGREES.index(value) - 1, 0)]
    elif name == "headed_level":
        value = value and EXCELLENT
    else:
        value = frozenset()
    return replace(facts, **{name: value})


@given(any_facts, st.sampled_from(RULE_SETS), st.data())
def test_better_facts_never_leave_a_lower_level(facts, code, data):
    rule_set = load(code)
    is_person = facts.kind in ("MEMBER", "CADRE")
    scheme = (rule_set.members if is_person else rule_set.organisations).codes

    before = levels_left(rule_set, facts).best
    after = levels_left(rule_set, better(facts, data)).best

    assert scheme.index(after) <= scheme.index(before)
