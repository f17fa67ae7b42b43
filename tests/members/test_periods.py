from datetime import date
from importlib import resources

import pytest

from members.periods import BadPeriods, Period, periods, read_periods

TEXT = (resources.files("members") / "data" / "periods.toml").read_text("utf-8")


def test_the_shipped_periods_say_how_long_and_how_sure():
    found = periods()

    assert {
        name: (each.length, each.unit, each.certainty)
        for name in (
            "age_of_admission",
            "probation",
            "comment_of_the_cell_left",
            "transfer",
            "answer_to_a_request",
        )
        for each in [getattr(found, name)]
    } == {
        "age_of_admission": (18, "years", "R"),
        "probation": (12, "months", "S2"),
        "comment_of_the_cell_left": (6, "months", "S"),
        "transfer": (60, "working days", "S2"),
        "answer_to_a_request": (2, "working days", "S2"),
    }


@pytest.mark.parametrize(
    ("length", "unit", "day", "over"),
    [
        (18, "years", date(2008, 2, 29), date(2026, 2, 28)),
        (12, "months", date(2024, 2, 29), date(2025, 2, 28)),
        (6, "months", date(2026, 8, 31), date(2027, 2, 28)),
        (1, "working days", date(2026, 11, 27), date(2026, 11, 30)),  # a Friday
        (1, "working days", date(2026, 11, 28), date(2026, 11, 30)),
        (5, "working days", date(2026, 11, 29), date(2026, 12, 4)),
        (60, "working days", date(2026, 11, 25), date(2027, 2, 17)),
    ],
)
def test_a_period_is_over_on_a_day(length, unit, day, over):
    assert Period(length, unit, "", "S").after(day) == over


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        (
            "length = 12",
            "length = 0",
            "probation.length: is not a whole number above 0",
        ),
        ("length = 12", "length = true", "probation.length: is not a whole number"),
        ('unit = "working days"', 'unit = "weeks"', "transfer.unit"),
        ('certainty = "S"', 'certainty = "X"', "comment_of_the_cell_left.certainty"),
        ("[transfer]", "[transfers]", "transfer: is missing"),
        ("[probation]", "more = 1\n[probation]", "more"),
        ("length = 12", "length = 12\nmonths = 12", "probation.months"),
        ("[transfer]", "[transfer", "file: is not TOML"),
    ],
)
def test_a_bad_file_says_where_and_why(old, new, refusal):
    with pytest.raises(BadPeriods) as bad:
        read_periods(TEXT.replace(old, new, 1))

    assert refusal in str(bad.value)
