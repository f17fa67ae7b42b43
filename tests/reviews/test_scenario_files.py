"""Scenario files: what they may not say, and the words in which they are refused."""

import unicodedata

import pytest

from reviews import scenarios
from reviews.scenarios import BadScenario
from tests.oracle import counted, value_of

MINIMAL = """
code = "minimal-2020"
title = { vi = "Nhỏ nhất", en = "Smallest" }
theme = { vi = "Tự soi, tự sửa", en = "Self-reflection" }
note = { vi = "Tự đặt", en = "Invented" }
year = 2020
rule_set = "qd132-2018"
mode = "FULL_TEXT"
issuer = { superior = "Tỉnh ủy", name = "Huyện ủy", place = "Huyện", symbol = "BC/HU" }

[root]
code = "H"
name = "Đảng bộ huyện"
kind = "DISTRICT"
clerk = { vi = "Văn thư", en = "Clerk" }

[neighbour]
code = "N"
name = "Đảng bộ huyện bên"
kind = "DISTRICT"
clerk = { vi = "Văn thư", en = "Clerk" }

[dealing]
code_prefix = "H"
peoples = { KINH = 1 }
women_percent = 40
excellent_percent = 20
above = []
admissions = [{ from_on = 2020-01-01, until_on = 2020-12-01, people = 2 }]

[[units]]
code = "H.01"
name = "Đảng bộ xã"
sector = "COMMUNE"
level = "GOOD"
members = 20
cells = ["Chi bộ thôn 1", "Chi bộ thôn 2"]
cell_levels = { EXCELLENT = 1, GOOD = 1 }

[[figures]]
key = "members"
value = 20
kind = "published"
holds = true
paths = ["members.present"]
remark = "Published."

[[figures]]
key = "pledges"
value = "100"
kind = "published"
holds = false
remark = "Published."
why = "Pledges are not part of the model yet."

[[readings]]
name = "another"
figures = ["members"]
remark = "Another way to read it."
"""
ADMISSIONS = (
    "admissions = [{ from_on = 2020-01-01, until_on = 2020-12-01, people = 2 }]"
)
NOT_COMPOSED = unicodedata.normalize("NFD", '"Đảng bộ xã"')
COUNTS = {
    "members.assessed": 16,
    "members.exempt": 1,
    "members.not_reviewed": 1,
    "members.not_assessed.SUSPENDED": 0,
    "members.not_assessed.UNDER_SIX_MONTHS": 1,
    "members.not_assessed.OTHER": 1,
    "members.levels.EXCELLENT": 2,
    "members.levels.GOOD": 12,
    "members.levels.SATISFACTORY": 1,
    "members.levels.NOT_COMPLETED": 1,
    "members.reasons.DEGRADATION": 0,
    "members.reasons.UNDER_HALF_OF_TARGETS": 0,
    "members.reasons.STATE_RATING": 0,
    "members.reasons.DISCIPLINED": 1,
    "members.reasons.OTHER": 0,
    "members.reasons.UNSTATED": 0,
}


def minimal(text: str = MINIMAL) -> str:
    figures = (
        f'[[figures]]\nkey = "{path}"\nvalue = {count}\nkind = "chosen"\n'
        f'holds = true\npaths = ["{path}"]\nremark = "Chosen."\n'
        for path, count in COUNTS.items()
    )
    return text + "\n".join(figures)


def test_the_smallest_scenario_is_read_and_built():
    scenario = scenarios.read(minimal(), file="minimal.toml")

    found = counted(scenarios.build(scenario))

    assert (scenario.code, scenario.units[0].kind, len(scenario.figures)) == (
        "minimal-2020",
        "GRASSROOTS_COMMITTEE",
        18,
    )
    assert {path: value_of(found, [path]) for path in COUNTS} == COUNTS


@pytest.mark.parametrize(
    ("old", "new", "key", "why"),
    [
        ('code = "minimal-2020"', "", "code", "is missing"),
        ('code = "minimal-2020"', 'code = ""', "code", "is empty"),
        ('code = "minimal-2020"', "code = 1", "code", "is not a text"),
        ('en = "Smallest"', 'eng = ""', "title.en", "is missing"),
        (', en = "Smallest"', ', en = "S", fr = "P"', "title.fr", "is no known key"),
        ("year = 2020", 'year = "2020"', "year", "is not a whole number"),
        ("year = 2020", "year = true", "year", "is not a whole number"),
        ("year = 2020", "year = 20", "year", "is not between 2000 and 10000000"),
        ("year = 2020", "year = 2026", "root.kind", '"DISTRICT" is none of '),
        ("qd132-2018", "qd1", "rule_set", '"qd1" is none of hd27-2014, '),
        ('"FULL_TEXT"', '"ALL"', "mode", '"ALL" is none of FULL_TEXT, RESULTS_ONLY'),
        ("issuer = {", "issued = {", "issuer", "is missing"),
        ("year = 2020", "year = 2020\nmonth = 1", "month", "is no known key"),
        ('"Đảng bộ xã"', NOT_COMPOSED, "units.0.name", "is not in Unicode form NFC"),
        ('"Đảng bộ xã"', '" Đảng bộ"', "units.0.name", "has blanks too many"),
        ('"COMMUNE"', '"VILLAGE"', "units.0.sector", '"VILLAGE" is none of '),
        ('level = "GOOD"', 'level = "WEAK"', "units.0.level", '"WEAK" is none of '),
        ("members = 20", "members = 1", "units.0.members", "are fewer than the cells"),
        ("members = 20", "members = 19", "units", "have 19 members, "),
        ("bộ thôn 2", "bộ thôn 1", "units.0.cells.1", "Chi bộ thôn 1 stands "),
        (
            '["Chi bộ thôn 1", "Chi bộ thôn 2"]',
            '"Chi bộ thôn 1"',
            "units.0.cells",
            "is not a list",
        ),
        (
            "EXCELLENT = 1, GOOD = 1",
            "EXCELLENT = 1, GOOD = 2",
            "units.0.cell_levels",
            "are more than the cells",
        ),
        (
            "EXCELLENT = 1, GOOD",
            "WEAK = 1, GOOD",
            "units.0.cell_levels.WEAK",
            "is no known key",
        ),
        ('code = "H.01"', 'code = "H"', "units", "have H twice"),
        ("[[units]]", "[units]", "units", "is not a list"),
        ("KINH = 1", "KINH = 0", "dealing.peoples", "are nobody"),
        ("KINH = 1", "ELF = 1", "dealing.peoples.ELF", "is no known key"),
        ("percent = 40", "percent = 101", "dealing.women_percent", "is not between "),
        ("above = []", 'above = ["X"]', "dealing.above", "X is no unit"),
        ("2020-01-01", '"2020"', "dealing.admissions.0.from_on", "is not a date"),
        ("2020-01-01", "2019-01-01", "dealing.admissions", "do not go back "),
        ("people = 2", "people = 0", "dealing.admissions.0", "are fewer than those "),
        (ADMISSIONS, "", "dealing.admissions", "are missing"),
        ('key = "pledges"', 'key = "members"', "figures", "have members twice"),
        ('"published"', '"guessed"', "figures.0.kind", '"guessed" is none of '),
        ("holds = true", 'holds = "yes"', "figures.0.holds", "is neither true nor "),
        ("value = 20", "value = 2.5", "figures.0.value", "is neither a whole number "),
        ("value = 20", 'value = "20"', "figures.0.value", "is no percent with two "),
        ('paths = ["members.present"]', "", "figures.0.paths", "are missing"),
        ("holds = true", "holds = false", "figures.0.why", "is missing"),
        ('why = "Pl', 'paths = ["a"]\nwhy = "Pl', "figures.1.paths", "stand though "),
        ('remark = "Published."', "", "figures.0.remark", "is missing"),
        ("value = 20", "value = 21", "figures", "state 21 for members.present, "),
        ("members.present", "members.all", "figures", "state no count for "),
        ('figures = ["members"]', 'figures = ["x"]', "readings.0.figures", "x is no "),
        ("year = 2020", "year 2020", "", "is not TOML: "),
    ],
)
def test_a_bad_scenario_says_which_key_and_why(old, new, key, why):
    assert old in MINIMAL

    with pytest.raises(BadScenario) as refusal:
        scenarios.read(minimal(MINIMAL.replace(old, new, 1)), file="minimal.toml")

    assert (refusal.value.file, refusal.value.key) == ("minimal.toml", key)
    assert refusal.value.why.startswith(why)
    assert str(refusal.value) == f"minimal.toml: {key}: {refusal.value.why}"


def test_a_scenario_that_is_a_list_is_no_table():
    with pytest.raises(BadScenario, match="root: is not a table"):
        scenarios.read(
            minimal(MINIMAL.replace("[root]", "[[root]]")), file="minimal.toml"
        )
