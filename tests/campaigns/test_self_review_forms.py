"""Forms of self-reviews: who gets which, and points by the criteria of the campaign."""

from dataclasses import replace
from decimal import Decimal

import pytest

from campaigns import form_definitions as forms
from campaigns import rulesets
from campaigns.form_definitions import Problem

PROMPTS = ["strengths", "shortcomings", "remedied", "suggested", "collective", "direction", "levels"]  # fmt: skip
LEADERS_ONLY = {"leading", "daring", "example"}
WHOLE = {"shortcomings": "Còn chậm", "level_member": "GOOD"}


def with_points(level: str, code: str = "self-review-2b-2025.1"):
    criteria = rulesets.load("qd366-2025").criteria
    return forms.with_points(forms.load(code), criteria, forms.kind_of(level))


def problems(level: str, **points: str) -> dict[str, Problem]:
    answers = WHOLE | {f"points.{code}": text for code, text in points.items()}
    content = {"answers": answers, "items": []}
    return forms.problems_of(with_points(level), level, content, is_draft=False)


@pytest.mark.parametrize("code", forms.codes_of("SELF_REVIEW"))
def test_every_form_has_the_seven_prescribed_sections(code):
    form = forms.load(code)

    for level in forms.LEVELS:
        shown = form.shown_to(level)
        assert [each.section.key for each in shown] == PROMPTS
        assert form.numeral(shown[-1].number) == "VII"
    assert form.level_question("MEMBER", "MEMBER").is_required


@pytest.mark.parametrize(
    ("rule_set", "level", "codes"),
    [
        ("qd132-2018", "MEMBER", ("self-review-02-2019.1",)),
        ("qd132-2018", "HEAD", ("self-review-02-2019.1",)),
        ("qd124-2023", "MEMBER", ("self-review-02a-2023.1",)),
        ("qd124-2023", "OFFICER", ("self-review-02b-2023.1",)),
        ("qd366-2025", "MEMBER", ("self-review-2a-2025.1", "self-review-2c-2025.1")),
        ("qd366-2025", "HEAD", ("self-review-2b-2025.1",)),
        ("hd27-2014", "MEMBER", ("self-review-02-2019.1",)),
    ],
)
def test_the_rule_set_and_what_one_leads_give_the_form(rule_set, level, codes):
    named = rulesets.load(rule_set).procedure.forms

    assert forms.self_reviews_for(named, level) == codes


def test_only_who_leads_is_asked_about_leading_in_the_one_form_of_2019():
    form = forms.load("self-review-02-2019.1")

    asked = {
        level: {q.key for q in form.questions_for(level)} for level in forms.LEVELS
    }

    assert asked["HEAD"] - asked["MEMBER"] == LEADERS_ONLY | {
        f"{key}_degree" for key in LEADERS_ONLY
    }
    strengths = form.shown_to("MEMBER")[0]
    numbers = {q.key: strengths.number_of(q) for q in strengths.questions}
    assert numbers == {
        "quality": 1, "quality_degree": None, "duties": 2, "duties_degree": None,
        "pledge": 3,
    }  # fmt: skip


def test_points_are_asked_by_the_criteria_of_the_kind():
    asked = {
        level: [q.mark.code for q in with_points(level).questions_for(level) if q.mark]
        for level in ("MEMBER", "HEAD")
    }

    parts = ["COMMON_POLITICS", "COMMON_INNOVATION", "COMMON_SELF_CRITICISM"]
    assert asked == {
        "MEMBER": ["COMMON", "RESULTS"],
        "HEAD": ["COMMON", *parts, "RESULTS"],
    }


def test_the_table_has_its_sums_and_the_whole():
    form = with_points("HEAD")
    answers = {
        "points.COMMON_POLITICS": "17,5", "points.COMMON_INNOVATION": "4",
        "points.COMMON_SELF_CRITICISM": "8", "points.RESULTS": "60",
    }  # fmt: skip

    table = forms.table_of(form, "HEAD", answers)

    assert [(row.most, row.own) for row in table] == [
        ("30", "29,5"), ("18", "17,5"), ("4", "4"), ("8", "8"), ("70", "60"),
    ]  # fmt: skip
    assert forms.total_of(form, "HEAD", answers) == "89,5"
    assert forms.sums_of(form, "HEAD", answers)["COMMON"] == Decimal("29.5")


@pytest.mark.parametrize(
    ("common", "results", "found"),
    [
        ("30", "70", {}),
        ("0", "69.5", {}),
        ("30,5", "70", {"points.COMMON": Problem.NO_POINTS, "": Problem.OVER_SUM}),
        ("-1", "70", {"points.COMMON": Problem.NO_POINTS}),
        ("nhiều", "70", {"points.COMMON": Problem.NO_POINTS}),
        ("NaN", "70", {"points.COMMON": Problem.NO_POINTS}),
        ("", "70", {"points.COMMON": Problem.MISSING}),
    ],
)
def test_no_criterion_gets_more_than_it_has(common, results, found):
    assert problems("MEMBER", COMMON=common, RESULTS=results) == found


def test_a_sum_is_worked_out_and_never_over_what_it_may_be():
    parts = {"COMMON_POLITICS": "18", "COMMON_INNOVATION": "4"}
    full = problems("HEAD", **parts, COMMON_SELF_CRITICISM="8", RESULTS="70")
    kept = forms.kept(with_points("HEAD"), "HEAD", {"points.COMMON": "99"})

    assert (full, kept) == ({}, {})
    criteria = rulesets.load("qd366-2025").criteria
    common, *rest = criteria.tree
    lowered = replace(criteria, tree=(replace(common, points=Decimal(29)), *rest))
    form = forms.with_points(forms.load("self-review-2b-2025.1"), lowered, "CADRE")
    answers = WHOLE | {f"points.{code}": text for code, text in parts.items()}
    answers |= {"points.COMMON_SELF_CRITICISM": "8", "points.RESULTS": "70"}
    content = {"answers": answers, "items": []}
    assert forms.problems_of(form, "HEAD", content, is_draft=False) == {
        "points.COMMON": Problem.OVER_SUM
    }


def test_a_draft_may_have_any_points_but_not_at_any_length():
    form = with_points("MEMBER")
    for text, found in (("99", {}), ("9" * 11, {"points.COMMON": Problem.TOO_LONG})):
        content = {"answers": {"points.COMMON": text}, "items": []}
        assert forms.problems_of(form, "MEMBER", content, is_draft=True) == found
