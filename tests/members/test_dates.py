from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.dates import (
    NotADate,
    display_day,
    display_partial,
    earliest,
    latest,
    parse_partial,
    stored_day,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
STORED = st.builds(
    lambda day, cut: day.isoformat()[:cut], DAYS, st.sampled_from([4, 7, 10])
)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("17/05/1960", "1960-05-17"),
        ("7/5/1960", "1960-05-07"),
        ("17-05-1960", "1960-05-17"),
        ("17.5.1960", "1960-05-17"),
        ("1960-05-17", "1960-05-17"),
        ("29/02/2020", "2020-02-29"),
        ("05/1960", "1960-05"),
        ("5.1960", "1960-05"),
        ("5-1960", "1960-05"),
        ("1960-05", "1960-05"),
        ("1960", "1960"),
        (" 1960\u00a0", "1960"),
        ("1900", "1900"),
        ("31/12/2100", "2100-12-31"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_parse_partial_takes_what_people_write(text, stored):
    assert parse_partial(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "30/02/1960",
        "29/02/1900",
        "32/01/1960",
        "00/05/1960",
        "05/13/1960",
        "13/1960",
        "0/1960",
        "1960-00",
        "1960-13-01",
        "1960-02-30",
        "1899",
        "31/12/1899",
        "2101",
        "01/2101",
        "17/05/60",
        "17/05-1960",
        "17//1960",
        "17/05/1960 08:30",
        "1960/05/17",
        "1960-5-17",
        "19600517",
        "-1960",
        "năm 1960",
        "١٩٦٠",
        "17/05/19６0",
        "²/5/1960",
        "1960\n1961",
    ],
)
def test_parse_partial_refuses_anything_else_and_keeps_it_for_the_message(text):
    with pytest.raises(NotADate) as refusal:
        parse_partial(text)
    assert refusal.value.text == text


@pytest.mark.parametrize(
    "value",
    [date(1960, 5, 17), datetime(1960, 5, 17, 8, 30)],  # noqa: DTZ001 -- cells have no zone
)
def test_a_day_is_stored_without_its_time(value):
    assert stored_day(value) == "1960-05-17"


@pytest.mark.parametrize("value", [date(1899, 12, 31), date(2101, 1, 1)])
def test_a_day_of_a_far_year_is_not_stored(value):
    with pytest.raises(NotADate):
        stored_day(value)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("1960-05-17", "17/05/1960"),
        ("1960-05", "05/1960"),
        ("1960", "1960"),
        ("", ""),
    ],
)
def test_display_partial_shows_what_is_known(stored, shown):
    assert display_partial(stored) == shown


@pytest.mark.parametrize(
    ("stored", "first", "last"),
    [
        ("1960", date(1960, 1, 1), date(1960, 12, 31)),
        ("1960-02", date(1960, 2, 1), date(1960, 2, 29)),
        ("1961-02", date(1961, 2, 1), date(1961, 2, 28)),
        ("1960-05-17", date(1960, 5, 17), date(1960, 5, 17)),
    ],
)
def test_earliest_and_latest_are_the_bounds_of_what_is_known(stored, first, last):
    assert (earliest(stored), latest(stored)) == (first, last)


@pytest.mark.parametrize("bound", [earliest, latest])
@pytest.mark.parametrize(
    "stored", ["", "17/05/1960", "1960-", "1960-5", "1960-13", "1960-02-30"]
)
def test_what_is_not_stored_so_has_no_bounds(bound, stored):
    with pytest.raises(NotADate):
        bound(stored)


@given(STORED)
def test_what_is_shown_can_be_typed_again(stored):
    assert parse_partial(display_partial(stored)) == stored
    assert parse_partial(stored) == stored


@given(st.lists(STORED))
def test_stored_dates_sort_as_text_in_time_and_the_vaguer_first(many):
    assert sorted(many) == sorted(many, key=lambda text: (earliest(text), len(text)))


def test_a_day_is_shown_as_people_write_it():
    assert [display_day(day) for day in (date(1960, 5, 7), None)] == ["07/05/1960", ""]
