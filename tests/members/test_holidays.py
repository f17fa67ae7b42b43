"""Working days: the data, what is made up for, and the refusals of the file."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.holidays import BadHolidays, holidays, read_holidays

SHIPPED = holidays()
# Official days off as they were announced.
ANNOUNCED = {
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 09-01 09-02",
    2026: (
        "01-01 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 09-01 09-02 11-24"
    ),
}  # fmt: skip
ROW = """
[[yearly]]
month = 1
day = 1
name = { vi = "Tết Dương lịch", en = "New Year" }
source = "Bộ luật Lao động 2019, Điều 112"
certainty = "R"
"""
days = st.dates(date(2023, 6, 1), date(2031, 6, 1))


@pytest.mark.parametrize("year", ANNOUNCED)
def test_the_days_off_of_a_year_are_those_that_were_announced(year):
    days_of_year = (date(year, 1, 1) + timedelta(days=at) for at in range(366))
    off = [
        f"{day:%m-%d}"
        for day in days_of_year
        if day.year == year and day.weekday() < 5 and not SHIPPED.is_working_day(day)
    ]

    assert " ".join(off) == ANNOUNCED[year]


@given(day=days)
def test_the_nearest_working_days_enclose_a_day(day):
    before, after = SHIPPED.at_or_before(day), SHIPPED.at_or_after(day)

    assert before <= day <= after
    assert SHIPPED.is_working_day(before)
    assert SHIPPED.is_working_day(after)
    assert SHIPPED.is_working_day(day) == (before == after)


@given(day=days, count=st.integers(1, 10))
def test_so_many_working_days_lie_between(day, count):
    begin = SHIPPED.before(day, count)

    between = [begin + timedelta(days=at) for at in range((day - begin).days)]
    assert sum(map(SHIPPED.is_working_day, between)) == count


def test_a_day_made_up_in_january_belongs_to_the_year_before():
    text = ROW.replace("month = 1\nday = 1", "month = 12\nday = 31")

    own = read_holidays(text)

    assert own.is_working_day(date(2022, 12, 31)) is False  # a Saturday
    assert own.is_working_day(date(2023, 1, 2)) is False
    assert own.is_working_day(date(2023, 1, 3)) is True


def test_a_site_has_a_file_of_its_own(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(ROW, encoding="utf-8")

    assert holidays(str(path)).is_working_day(date(2024, 4, 30)) is True


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("[[yearly", "own.toml: file: is not TOML"),
        (ROW.replace("day = 1", "day = 32"), "own.toml: yearly[0].day: is no day of"),
        (
            ROW.replace("day = 1", 'day = "1"'),
            "own.toml: yearly[0].day: is not a whole",
        ),
        (ROW.replace('"R"', '"X"'), 'own.toml: yearly[0].certainty: "X" is none of'),
        (ROW + "colour = 1", "own.toml: yearly[0].colour: is no known key"),
        (
            ROW.replace("yearly", "dated").replace(
                "month = 1\nday = 1", "from_on = 2024-02-03\nuntil_on = 2024-02-02"
            ),
            "own.toml: dated[0].until_on: is before from_on",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(text, refusal):
    with pytest.raises(BadHolidays) as refused:
        read_holidays(text, file="own.toml")

    assert str(refused.value).startswith(refusal)
