import csv
import io

import pytest

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents.rollup_csv import harmless, to_csv
from tests.reports import rollups


def written(rollup, language="en"):
    return to_csv(
        rollup,
        rule_set=rulesets.load(rollup.rule_set),
        vocabulary=vocabulary(),
        head=rollups.head(language=language),
    )


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_begins_with_a_byte_order_mark_and_ends_its_lines_for_excel():
    content = written(rollups.flat(1))

    assert content.startswith(b"\xef\xbb\xbfCode,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3


def test_csv_has_a_line_for_the_unit_and_one_for_each_child():
    rollup = rollups.district(3)

    rows = rows_of(written(rollup))

    units = [rollup.unit, *rollup.children]
    assert [row["Code"] for row in rows] == [each.unit.code for each in units]
    assert [row["Party organisation"] for row in rows] == [
        each.unit.name for each in units
    ]
    assert [
        int(row["Party members: Members present at the time of the review"])
        for row in rows
    ] == [each.figures.members.present for each in units]


def test_csv_writes_counts_and_percents_like_the_json():
    rollup = rollups.flat(1, directly=0)

    unit, cell = rows_of(written(rollup))

    assert unit["Party members: Tasks completed excellently"] == "1"
    assert unit["Party members: Tasks completed excellently (%)"] == "7.69"
    assert unit["Party cells: Tasks completed excellently (%)"] == "100.00"
    assert unit["Grassroots party organisations: Assessed"] == "0"
    assert unit["Grassroots party organisations: Tasks completed well (%)"] == ""
    assert (unit["Own level"], cell["Own level"]) == (
        "Tasks completed well",
        "Tasks completed excellently",
    )


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", rulesets.available())
def test_csv_has_no_two_columns_of_one_name(code, language):
    heads = written(rollups.flat(1, rule_set_code=code), language).decode("utf-8-sig")

    (names, *_rows) = csv.reader(io.StringIO(heads))

    assert len(set(names)) == len(names)


def test_csv_of_two_units_has_the_same_columns():
    heads = {
        written(rollup).splitlines()[0]
        for rollup in (
            rollups.flat(1, rule_set_code="hd27-2014"),
            rollups.district(3),
            rollups.nobody(),
        )
    }

    assert len(heads) == 1


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_a_name_that_looks_like_a_formula_gets_an_apostrophe(first):
    assert harmless(f"{first}1+1") == f"'{first}1+1"


def test_other_names_stay_as_they_are():
    assert harmless("Chi bộ thôn 1 = 2") == "Chi bộ thôn 1 = 2"
