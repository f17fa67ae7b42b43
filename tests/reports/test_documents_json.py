import copy
import json
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import rulesets
from reports.documents.rollup_json import to_json
from reports.figures import Rollup, UnitFigures, UnitHead
from reviews.ceilings import CeilingRow
from tests.reports import rollups
from tests.reports.schemas import ROLLUP, ROLLUP_VALIDATOR


def cantho():
    """Published table T5: 701 of 709 assessed; only the organisations are known."""
    rule_set = rulesets.load("hd27-2014")
    figures = rollups.figures(
        rule_set,
        rollups.member_counts(rule_set, [0, 0, 0, 0]),
        grassroots=rollups.organisation_counts(
            rule_set, [107, 332, 217, 43, 2], unrated=8
        ),
    )
    unit = UnitFigures(
        unit=UnitHead("CT", "Đảng bộ thành phố Cần Thơ", "PROVINCE", "", ""),
        figures=figures,
        by_sector={"WARD": figures},
        ceiling=(
            CeilingRow(
                unit="CT",
                unit_name="Đảng bộ thành phố Cần Thơ",
                subject="grassroots",
                base="GOOD_ONLY",
                base_count=217,
                percent=Decimal("12.5"),
                allowed=27,
                actual=107,
                exceeded=True,
                assumed=False,
            ),
        ),
    )
    return Rollup("CT-2016", "hd27-2014", unit, children=())


NOBODY = {
    "present": 0,
    "exempt": 0,
    "not_reviewed": 0,
    "not_assessed": {"SUSPENDED": 0, "UNDER_SIX_MONTHS": 0, "OTHER": 0},
    "assessed": 0,
    "levels": {"EXCELLENT": 0, "GOOD": 0, "SATISFACTORY": 0, "NOT_COMPLETED": 0},
    "reasons": {
        "DEGRADATION": 0,
        "UNDER_HALF_OF_TARGETS": 0,
        "STATE_RATING": 0,
        "DISCIPLINED": 0,
        "OTHER": 0,
        "UNSTATED": 0,
    },
}
NO_CELLS = {
    "total": 0,
    "assessed": 0,
    "levels": {
        "CLEAN_STRONG_EXEMPLARY": 0,
        "CLEAN_STRONG": 0,
        "GOOD": 0,
        "SATISFACTORY": 0,
        "WEAK": 0,
    },
    "groups": {"CLEAN_STRONG_ALL": 0},
}
GRASSROOTS = {
    "total": 709,
    "assessed": 701,
    "levels": {
        "CLEAN_STRONG_EXEMPLARY": 107,
        "CLEAN_STRONG": 332,
        "GOOD": 217,
        "SATISFACTORY": 43,
        "WEAK": 2,
    },
    "groups": {"CLEAN_STRONG_ALL": 439},
}


def test_to_json_writes_the_contract_word_for_word():
    written = json.dumps(
        to_json(cantho(), rulesets.load("hd27-2014")), ensure_ascii=False
    )

    expected = {
        "campaign": "CT-2016",
        "rule_set": "hd27-2014",
        "unit": {
            "code": "CT",
            "name": "Đảng bộ thành phố Cần Thơ",
            "kind": "PROVINCE",
            "sector": "",
            "level": None,
        },
        "members": NOBODY,
        "cells": NO_CELLS,
        "grassroots": GRASSROOTS,
        "percent": {
            "members": {
                "EXCELLENT": None,
                "GOOD": None,
                "SATISFACTORY": None,
                "NOT_COMPLETED": None,
            },
            "cells": {
                "CLEAN_STRONG_EXEMPLARY": None,
                "CLEAN_STRONG": None,
                "GOOD": None,
                "SATISFACTORY": None,
                "WEAK": None,
                "CLEAN_STRONG_ALL": None,
            },
            "grassroots": {
                "CLEAN_STRONG_EXEMPLARY": "15.26",
                "CLEAN_STRONG": "47.36",
                "GOOD": "30.96",
                "SATISFACTORY": "6.13",
                "WEAK": "0.29",
                "CLEAN_STRONG_ALL": "62.62",
            },
            "good_or_better": {"members": None, "cells": None, "grassroots": "93.58"},
            "within": {
                "members": {"EXCELLENT/GOOD_OR_BETTER": None},
                "cells": {"CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL": None},
                "grassroots": {"CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL": "24.37"},
            },
        },
        "ceiling": [
            {
                "unit": "CT",
                "subject": "grassroots",
                "base": "GOOD_ONLY",
                "base_count": 217,
                "percent": "12.50",
                "allowed": 27,
                "actual": 107,
                "exceeded": True,
                "assumed": False,
            }
        ],
        "by_sector": {
            "WARD": {"members": NOBODY, "cells": NO_CELLS, "grassroots": GRASSROOTS}
        },
        "children": [],
    }
    # As text, because the order of the keys is part of the contract.
    assert written == json.dumps(expected, ensure_ascii=False)


def test_a_child_is_written_like_the_unit_but_without_children():
    rollup = rollups.district(3)
    rule_set = rulesets.load(rollup.rule_set)

    written = to_json(rollup, rule_set)

    alone = [
        to_json(Rollup(rollup.campaign, rollup.rule_set, child, ()), rule_set)
        for child in rollup.children
    ]
    assert [{**child, "children": []} for child in written["children"]] == alone
    assert all("children" not in child for child in written["children"])


@pytest.mark.parametrize("code", rulesets.available())
def test_the_schema_accepts_every_rule_set(code):
    written = to_json(rollups.district(5, rule_set_code=code), rulesets.load(code))

    assert list(ROLLUP_VALIDATOR.iter_errors(written)) == []


@given(seed=st.integers(0, 2**32), children=st.integers(0, 4))
def test_the_schema_accepts_whatever_is_written(seed, children):
    rollup = rollups.district(children, seed=seed, rule_set_code="qd366-2025")

    written = to_json(rollup, rulesets.load("qd366-2025"))

    assert list(ROLLUP_VALIDATOR.iter_errors(written)) == []


def without(key, *, at=()):
    return lambda written: _reach(written, at).pop(key)


def having(key, value, *, at=()):
    return lambda written: _reach(written, at).__setitem__(key, value)


def _reach(written, at):
    for key in at:
        written = written[key]
    return written


FIRST = ("children", 0)


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(without("children"), id="no children"),
        pytest.param(without("campaign"), id="no campaign"),
        pytest.param(without("sector", at=("unit",)), id="no sector of the unit"),
        pytest.param(without("EXCELLENT", at=("members", "levels")), id="no nought"),
        pytest.param(
            without("OTHER", at=("members", "not_assessed")), id="no status OTHER"
        ),
        pytest.param(without("groups", at=("cells",)), id="no groups"),
        pytest.param(without("within", at=("percent",)), id="no pairs"),
        pytest.param(having("present", -1, at=("members",)), id="negative count"),
        pytest.param(having("present", 1.5, at=("members",)), id="half a person"),
        pytest.param(having("present", "12", at=("members",)), id="count as text"),
        pytest.param(
            having("GOOD", 9.41, at=("percent", "members")), id="percent as number"
        ),
        pytest.param(
            having("GOOD", "9,41", at=("percent", "members")), id="percent with comma"
        ),
        pytest.param(
            having("GOOD", "9.4", at=("percent", "members")), id="one decimal"
        ),
        pytest.param(
            having("BEST", 1, at=("cells", "levels")), id="level of no rule set"
        ),
        pytest.param(having("level", "", at=("unit",)), id="level empty, not null"),
        pytest.param(having("kind", "VILLAGE", at=("unit",)), id="unknown kind"),
        pytest.param(
            lambda written: written["by_sector"].update(MARS=written["by_sector"]),
            id="unknown sector",
        ),
        pytest.param(
            having("base", "ALL", at=("ceiling", 0)), id="unknown base of a ceiling"
        ),
        pytest.param(having("exceeded", "no", at=("ceiling", 0)), id="verdict as text"),
        pytest.param(
            having("unit_name", "Chi bộ 1", at=("ceiling", 0)), id="name in a ceiling"
        ),
        pytest.param(having("children", [], at=FIRST), id="child with children"),
        pytest.param(without("members", at=FIRST), id="child without members"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(break_it):
    rollup = rollups.district(3)
    written = to_json(rollup, rulesets.load(rollup.rule_set))
    broken = copy.deepcopy(written)
    break_it(broken)

    assert broken != written
    assert list(ROLLUP_VALIDATOR.iter_errors(broken)) != []


def test_the_schema_is_valid():
    jsonschema.Draft202012Validator.check_schema(ROLLUP)


def test_the_schema_lists_the_vocabulary_as_it_is():
    definitions = ROLLUP["$defs"]

    assert definitions["sector"]["enum"] == list(rollups.vocabulary().sectors)
    assert definitions["unit"]["properties"]["kind"]["enum"] == list(
        rollups.vocabulary().kinds
    )
