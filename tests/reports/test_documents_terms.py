from datetime import date
from decimal import Decimal

import pytest

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents.terms import (
    Terms,
    count_text,
    date_text,
    percent_text,
    rate_text,
    reading_in,
)
from tests.reports.rollups import head


@pytest.mark.parametrize(
    ("count", "vi", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1.234", "1,234"),
        (5_622_463, "5.622.463", "5,622,463"),
    ],
)
def test_count_text_sets_thousands_apart(count, vi, en):
    assert (count_text(count, "vi"), count_text(count, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("percent", "vi", "en"),
    [
        (Decimal("9.40"), "9,40", "9.40"),
        (Decimal("100.00"), "100,00", "100.00"),
        (None, "–", "–"),
    ],
)
def test_percent_text_has_two_decimals_or_a_dash(percent, vi, en):
    assert (percent_text(percent, "vi"), percent_text(percent, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("rate", "vi", "en"),
    [
        (Decimal("20"), "20", "20"),
        (Decimal("20.00"), "20", "20"),
        (Decimal("12.50"), "12,5", "12.5"),
        (Decimal("100"), "100", "100"),
    ],
)
def test_rate_text_has_no_more_decimals_than_it_needs(rate, vi, en):
    assert (rate_text(rate, "vi"), rate_text(rate, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026", "5 February 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026", "31 January 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026", "9 March 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026", "10 December 2026"),
        (
            None,
            "ngày .... tháng .... năm ......",
            "ngày .... tháng .... năm ......",
        ),
    ],
)
def test_date_text_has_noughts_where_a_figure_could_be_put_before(day, vi, en):
    assert (date_text(day, "vi"), date_text(day, "en")) == (vi, en)


@pytest.mark.parametrize(("number", "text"), [(5, "05"), (25, "25"), (None, "")])
def test_number_of_a_document_has_two_digits_and_is_blank_in_a_draft(number, text):
    assert head(number=number).number_text == text


def test_labels_come_from_the_rule_set_and_the_vocabulary():
    with reading_in("vi"):
        terms = Terms(rulesets.load("hd27-2014"), vocabulary(), "vi")

        labels = [
            terms.level("members", "EXCELLENT"),
            terms.level("grassroots", "CLEAN_STRONG"),
            terms.level_in_brief("cells", "CLEAN_STRONG_EXEMPLARY"),
            terms.sum_of_levels("cells", "CLEAN_STRONG_ALL"),
            terms.kind("CELL"),
            terms.sector("COMMUNE"),
            terms.wording(),
        ]

    assert labels == [
        "Đủ tư cách, hoàn thành xuất sắc nhiệm vụ",
        "Trong sạch, vững mạnh",
        "TSVM tiêu biểu",
        "Trong sạch, vững mạnh (gồm cả tiêu biểu)",
        "chi bộ",
        "Xã",
        "đánh giá, phân loại",
    ]


def test_a_short_label_that_is_the_whole_one_is_not_explained():
    with reading_in("vi"):
        explained = Terms(
            rulesets.load("hd27-2014"), vocabulary(), "vi"
        ).levels_in_full("grassroots")

    assert explained.startswith("TSVM tiêu biểu: Trong sạch, vững mạnh tiêu biểu; ")
    assert explained.endswith("; HTNV: Hoàn thành nhiệm vụ.")


def test_an_organisation_without_a_level_is_said_to_be_not_assessed():
    with reading_in("en"):
        terms = Terms(rulesets.load("qd132-2018"), vocabulary(), "en")

        labels = [terms.level("cells", ""), terms.level_in_brief("cells", "")]

    assert labels == ["Not assessed", "Not assessed"]
