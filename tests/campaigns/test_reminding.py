"""When a reminder falls due, by the paragraphs of docs/rules/reminders.md § 3."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.reminding import (
    Hours,
    Slot,
    To,
    day_of,
    due_slots,
    may_send,
    oldest_to_send,
    slots_of,
)
from members.holidays import holidays

SHIPPED = holidays()
HOURS = Hours(7, 19)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
last_days = st.dates(date(2024, 1, 1), date(2030, 12, 1))
wishes = st.integers(-40, 40)


@pytest.mark.parametrize(
    ("last_day", "days", "on"),
    [
        # Thursday 28 March 2024
        (date(2024, 3, 28), -3, date(2024, 3, 25)),
        (date(2024, 3, 28), 0, date(2024, 3, 28)),
        (date(2024, 3, 28), 1, date(2024, 3, 29)),
        # Sunday 31 March: before and at come on the Friday, after on the Monday
        (date(2024, 3, 31), -1, date(2024, 3, 29)),
        (date(2024, 3, 31), 0, date(2024, 3, 29)),
        (date(2024, 3, 28), 2, date(2024, 4, 1)),
        # the New Year of the moon, 8 to 14 February
        (date(2024, 2, 14), -1, date(2024, 2, 7)),
        (date(2024, 2, 7), 1, date(2024, 2, 15)),
        # 30 April and 1 May
        (date(2024, 5, 1), 0, date(2024, 4, 29)),
        (date(2024, 4, 29), 1, date(2024, 5, 2)),
    ],
    ids=str,
)
def test_3_2_a_wish_falls_due_on_a_working_day(last_day, days, on):
    assert day_of(last_day, days, SHIPPED) == on


@pytest.mark.parametrize(
    ("last_day", "days", "warned", "on"),
    [
        (date(2024, 3, 28), 1, date(2024, 3, 27), date(2024, 3, 29)),
        (date(2024, 3, 31), 1, date(2024, 3, 28), date(2024, 4, 1)),
        (date(2024, 2, 15), 0, date(2024, 2, 6), date(2024, 2, 15)),
    ],
    ids=str,
)
def test_3_5_what_goes_up_is_preceded_by_a_warning(last_day, days, warned, on):
    assert slots_of(To.ABOVE, days, last_day, SHIPPED) == (
        Slot(To.SECRETARY, warned, last_day, days),
        Slot(To.ABOVE, on, last_day, days),
    )


@given(last_day=last_days, days=wishes, to=st.sampled_from(To))
def test_3_2_every_slot_is_a_working_day_on_its_side_of_the_last_one(
    last_day, days, to
):
    *_warning, slot = slots_of(to, days, last_day, SHIPPED)

    assert SHIPPED.is_working_day(slot.on)
    if days <= 0:
        assert slot.on <= last_day + timedelta(days=days)
    else:
        assert slot.on >= last_day + timedelta(days=days)


@given(last_day=last_days, days=wishes, to=st.sampled_from(To))
def test_3_2_on_its_day_each_slot_is_found(last_day, days, to):
    for slot in slots_of(to, days, last_day, SHIPPED):
        assert slot in set(due_slots(to, days, slot.on, SHIPPED))


@given(today=last_days, days=wishes, to=st.sampled_from(To))
def test_3_3_nothing_falls_due_on_a_day_off(today, days, to):
    found = list(due_slots(to, days, today, SHIPPED))

    assert {slot.on for slot in found} <= {today}
    assert bool(found) == SHIPPED.is_working_day(today)


@given(last_day=last_days, days=wishes)
def test_3_5_two_working_days_lie_between_warning_and_going_up(last_day, days):
    warning, up = slots_of(To.ABOVE, days, last_day, SHIPPED)

    between = range((up.on - warning.on).days)
    days_between = [warning.on + timedelta(days=at) for at in between]
    assert sum(map(SHIPPED.is_working_day, days_between)) == 2


@pytest.mark.parametrize(
    ("at", "sends"),
    [
        (datetime(2024, 3, 28, 6, 59, tzinfo=VIETNAM), False),
        (datetime(2024, 3, 28, 7, 0, tzinfo=VIETNAM), True),
        (datetime(2024, 3, 28, 18, 59, tzinfo=VIETNAM), True),
        (datetime(2024, 3, 28, 19, 0, tzinfo=VIETNAM), False),
        (datetime(2024, 3, 30, 12, 0, tzinfo=VIETNAM), False),  # a Saturday
        (datetime(2024, 4, 30, 12, 0, tzinfo=VIETNAM), False),  # a holiday
    ],
    ids=str,
)
def test_3_4_nothing_is_sent_at_night_or_on_a_day_off(at, sends):
    assert may_send(at, HOURS, SHIPPED) is sends


def test_3_4_what_waited_over_days_off_still_goes_out_and_no_more():
    assert oldest_to_send(date(2024, 4, 1), SHIPPED) == date(2024, 3, 29)
    assert oldest_to_send(date(2024, 2, 15), SHIPPED) == date(2024, 2, 7)
