import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.contents import Status
from campaigns.rulesets import (
    Label,
    Term,
    UnknownRuleSet,
    available,
    canonical,
    from_resolved,
    load,
    load_file,
    resolve,
    sha256,
)
from campaigns.rulesets.loading import FOLDER
from campaigns.rulesets.model import REASONS
from campaigns.rulesets.procedure import Ballot
from campaigns.rulesets.terms import SUBJECTS, Origin
from members.tables import CERTAINTIES

CODES = ("hd27-2014", "qd132-2018", "qd124-2023", "qd366-2025")
FOUR_LEVELS = {
    "EXCELLENT": "Hoàn thành xuất sắc nhiệm vụ",
    "GOOD": "Hoàn thành tốt nhiệm vụ",
    "SATISFACTORY": "Hoàn thành nhiệm vụ",
    "NOT_COMPLETED": "Không hoàn thành nhiệm vụ",
}


def labels(terms: tuple[Term, ...]) -> dict[str, str]:
    return {term.code: term.label.vi for term in terms}


# --- the four that ship


def test_the_four_rule_sets_are_available_by_age():
    assert available() == CODES


def test_levels_of_hd27_are_those_of_its_time():
    rule_set = load("hd27-2014")

    assert labels(rule_set.organisations.levels) == {
        "CLEAN_STRONG_EXEMPLARY": "Trong sạch, vững mạnh tiêu biểu",
        "CLEAN_STRONG": "Trong sạch, vững mạnh",
        "GOOD": "Hoàn thành tốt nhiệm vụ",
        "SATISFACTORY": "Hoàn thành nhiệm vụ",
        "WEAK": "Yếu kém",
    }
    assert labels(rule_set.members.levels) == {
        "EXCELLENT": "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ",
        "GOOD": "Đủ tư cách, hoàn thành tốt nhiệm vụ",
        "SATISFACTORY": "Đủ tư cách, hoàn thành nhiệm vụ",
        "NOT_COMPLETED": "Vi phạm tư cách hoặc không hoàn thành nhiệm vụ",
    }


@pytest.mark.parametrize("code", CODES[1:])
def test_levels_from_2018_are_the_same_for_organisations_and_members(code):
    rule_set = load(code)

    assert labels(rule_set.organisations.levels) == FOUR_LEVELS
    assert labels(rule_set.members.levels) == FOUR_LEVELS


@pytest.mark.parametrize(
    ("code", "subject", "groups", "good_or_better", "within"),
    [
        (
            "hd27-2014",
            "cells",
            {"CLEAN_STRONG_ALL": ("CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG")},
            ("CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG", "GOOD"),
            ["CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL"],
        ),
        *(
            (code, subject, {}, ("EXCELLENT", "GOOD"), ["EXCELLENT/GOOD_OR_BETTER"])
            for code in CODES
            for subject in SUBJECTS
            if (code, subject)
            not in {("hd27-2014", "cells"), ("hd27-2014", "grassroots")}
        ),
    ],
)
def test_sums_of_levels(code, subject, groups, good_or_better, within):
    scheme = load(code).scheme(subject)

    assert {group.code: group.levels for group in scheme.groups} == groups
    assert scheme.good_or_better == good_or_better
    assert [pair.code for pair in scheme.within] == within


def test_levels_in_names_what_a_code_stands_for():
    scheme = load("hd27-2014").organisations

    assert scheme.levels_in("WEAK") == ("WEAK",)
    assert scheme.levels_in("CLEAN_STRONG_ALL") == (
        "CLEAN_STRONG_EXEMPLARY",
        "CLEAN_STRONG",
    )
    assert scheme.levels_in("GOOD_OR_BETTER") == scheme.good_or_better
    with pytest.raises(KeyError):
        scheme.levels_in("EXCELLENT")


@pytest.mark.parametrize("code", CODES)
def test_statuses_and_reasons_are_those_that_figures_count(code):
    rule_set = load(code)

    assert [status.code for status in rule_set.statuses] == list(Status)
    assert tuple(reason.code for reason in rule_set.reasons) == REASONS


@pytest.mark.parametrize(
    ("code", "reviewed"),
    [
        ("hd27-2014", ["ASSESSED", "UNDER_SIX_MONTHS"]),
        ("qd132-2018", ["ASSESSED", "UNDER_SIX_MONTHS"]),
        ("qd124-2023", ["ASSESSED"]),
        ("qd366-2025", ["ASSESSED"]),
    ],
)
def test_who_is_reviewed(code, reviewed):
    statuses = load(code).statuses

    assert [one.code for one in statuses if one.is_reviewed] == reviewed


def test_newly_admitted_are_reviewed_but_not_rated_by_a_text_that_was_read():
    status = load("qd132-2018").statuses[4]

    assert (status.code, status.certainty) == ("UNDER_SIX_MONTHS", "S")
    assert status.source == Label(
        vi="Hướng dẫn 21-HD/BTCTW (2019), phần trích đã công bố",
        en="Guidance 21-HD/BTCTW (2019), published excerpts",
    )


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("hd27-2014", range(2014, 2018)),
        ("qd132-2018", range(2018, 2023)),
        ("qd124-2023", range(2023, 2025)),
        ("qd366-2025", range(2025, 2031)),
    ],
)
def test_applies_in_the_years_on_whose_last_day_it_holds(code, years):
    rule_set = load(code)

    assert [year for year in range(2010, 2031) if rule_set.applies_in(year)] == [*years]


def test_each_rule_set_holds_until_the_day_before_the_next():
    rule_sets = [load(code) for code in CODES]

    assert [(one.valid_from, one.valid_until) for one in rule_sets] == [
        (date(2014, 9, 25), date(2018, 3, 7)),
        (date(2018, 3, 8), date(2023, 10, 3)),
        (date(2023, 10, 4), date(2025, 8, 29)),
        (date(2025, 8, 30), None),
    ]


def test_a_rule_set_still_applies_when_its_last_day_is_that_of_the_year():
    resolved = resolve("hd27-2014") | {"valid_until": "2017-12-31"}

    assert from_resolved(resolved).applies_in(2017)


def test_wording_changed_in_2018():
    assert [load(code).wording.vi for code in CODES] == [
        "đánh giá, phân loại",
        "đánh giá, xếp loại",
        "đánh giá, xếp loại",
        "đánh giá, xếp loại",
    ]


BOTH = ("GOOD_ONLY", "GOOD_OR_BETTER")


@pytest.mark.parametrize(
    ("code", "ceilings"),
    [
        ("hd27-2014", [("members", 15, None, ("GOOD_ONLY",), "GRASSROOTS", "R")]),
        ("qd132-2018", [("members", 20, None, ("GOOD_ONLY",), "GRASSROOTS", "S")]),
        (
            "qd124-2023",
            [
                ("members", 20, None, BOTH, "SIMILAR_GROUP", "R"),
                ("cells", 20, None, ("GOOD_ONLY",), "SIMILAR_GROUP", "S"),
                ("grassroots", 20, None, ("GOOD_ONLY",), "SIMILAR_GROUP", "S"),
            ],
        ),
        (
            "qd366-2025",
            [
                ("members", 20, 25, BOTH, "SIMILAR_GROUP", "U"),
                ("cells", 20, 25, BOTH, "SIMILAR_GROUP", "U"),
                ("grassroots", 20, 25, BOTH, "SIMILAR_GROUP", "U"),
            ],
        ),
    ],
)
def test_ceilings(code, ceilings):
    found = load(code).ceilings

    assert [
        (
            one.subject,
            one.percent,
            one.percent_special,
            one.bases,
            one.unit,
            one.unit_certainty,
        )
        for one in found
    ] == ceilings
    assert {(one.level, one.rounding) for one in found} == {("EXCELLENT", "FLOOR")}


def test_a_missing_ceiling_is_explained_by_a_note():
    notes = {
        code: [note.certainty for note in load(code).notes if note.about == "ceilings"]
        for code in ("hd27-2014", "qd132-2018")
    }

    assert notes == {"hd27-2014": ["R", "U"], "qd132-2018": ["U"]}


def test_ceilings_have_one_order_whatever_that_of_the_file():
    resolved = resolve("qd366-2025")
    resolved["ceilings"].reverse()

    assert from_resolved(resolved) == load("qd366-2025")


def test_bases_in_question_keep_one_order_and_include_the_assumed_one():
    resolved = resolve("qd366-2025")
    resolved["ceilings"][0]["base"]["value"] = "ASSESSED"

    assert from_resolved(resolved).ceilings[0].bases == (*BOTH, "ASSESSED")


@pytest.mark.parametrize("code", CODES)
def test_levels_are_decided_by_the_grassroots_unit_or_the_one_above(code):
    procedure = load(code).procedure

    assert {subject: procedure.deciding_unit(subject) for subject in SUBJECTS} == {
        "members": "GRASSROOTS",
        "cells": "GRASSROOTS",
        "grassroots": "SUPERIOR",
    }


def test_criteria_of_qd366_are_points():
    criteria = load("qd366-2025").criteria

    assert (criteria.scale, criteria.points) == ("POINTS", 100)
    assert {one.code: one.points for one in criteria.tree if one.parent is None} == {
        "COMMON": 30,
        "RESULTS": 70,
    }
    assert [(one.level, one.points_from) for one in criteria.thresholds] == [
        ("EXCELLENT", 90),
        ("GOOD", 70),
        ("SATISFACTORY", 50),
        ("NOT_COMPLETED", 0),
    ]


def test_ballot_is_data_of_which_the_unknown_is_marked():
    ballot = load("qd366-2025").procedure.ballot
    unseen = Origin(
        source=Label(
            vi="Chưa đọc được văn bản quy định", en="No text of the rule has been read"
        ),
        certainty="U",
        overlay=True,
    )

    assert isinstance(ballot, Ballot)
    assert (ballot.quorum.value, ballot.quorum.certainty) == (Fraction(2, 3), "R")
    assert (ballot.majority.value, ballot.majority.origin) == (
        "HALF_OF_CONVOKED",
        unseen,
    )


def origins(value: object) -> list[dict]:
    """Every table of resolved data that names a source."""
    if isinstance(value, list):
        return [found for one in value for found in origins(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if "source" in value else []
    return own + [found for one in value.values() for found in origins(one)]


@pytest.mark.parametrize("code", CODES)
def test_every_statement_names_its_source_and_every_source_is_used(code):
    resolved = resolve(code)
    stated = origins(resolved)

    assert {one["certainty"] for one in stated} <= set(CERTAINTIES)
    assert {one["source"] for one in stated} == set(resolved["sources"])


@pytest.mark.parametrize("code", CODES)
def test_an_overlay_may_set_what_is_unknown_about_ceilings_and_ballot(code):
    rule_set = load(code)
    values = [
        rule
        for one in rule_set.ceilings
        for rule in (one.percent_rule, one.base_rule, one.unit_rule, one.rounding_rule)
    ]
    ballot = rule_set.procedure.ballot
    values += [ballot.may_vote_on_self, ballot.quorum, ballot.majority, ballot.rounds]

    assert {one.origin.overlay for one in values} == {True}
    assert not ballot.voters.origin.overlay  # the statutes say who votes


# --- stored with a campaign


def shuffled(value: object, random: Random) -> object:
    """The same data as a database may give them back: keys in another order."""
    if isinstance(value, list):
        return [shuffled(one, random) for one in value]
    if not isinstance(value, dict):
        return value
    keys = random.sample(list(value), len(value))
    return {key: shuffled(value[key], random) for key in keys}


@given(code=st.sampled_from(CODES), seed=st.integers())
def test_a_stored_rule_set_is_the_same_as_its_file(code, seed):
    stored = shuffled(json.loads(json.dumps(resolve(code))), Random(seed))

    assert from_resolved(stored) == load(code)
    assert sha256(stored) == sha256(resolve(code))


def test_canonical_is_one_text_for_one_content():
    assert canonical({"b": [1, "ủy"], "a": True}) == '{"a":true,"b":[1,"ủy"]}'.encode()
    assert sha256({"b": 1, "a": 2}) == sha256({"a": 2, "b": 1})
    assert sha256({"a": 1}) != sha256({"a": 2})


def test_resolved_data_are_the_callers_own():
    resolve("hd27-2014")["code"] = "changed"

    assert resolve("hd27-2014")["code"] == "hd27-2014"


def test_fractions_of_a_percent_are_exact(tmp_path):
    path = tmp_path / "qd132-2018.toml"
    shipped = (FOLDER / path.name).read_text(encoding="utf-8")
    path.write_text(shipped.replace("value = 20,", "value = 12.10,"), encoding="utf-8")

    assert load_file(path).ceilings[0].percent == Decimal("12.1")


@pytest.mark.parametrize("code", ["qd999-2099", "../qd132-2018", ""])
def test_an_unknown_code_is_refused(code):
    with pytest.raises(UnknownRuleSet) as refusal:
        load(code)
    assert refusal.value.code == code
    with pytest.raises(UnknownRuleSet):
        resolve(code)
