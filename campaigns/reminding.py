"""When a reminder falls due, for whom, and when it may be sent. Pure.

Source: docs/rules/reminders.md § 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from members.holidays import Holidays

DAY = timedelta(days=1)
WARNED_BEFORE = 2  # working days


class Matter(StrEnum):
    """What somebody is reminded of, in the order of the year.

    Source: docs/rules/reminders.md § 3.
    """

    STUDY = "STUDY"
    PROGRAMME = "PROGRAMME"
    CRITERIA = "CRITERIA"
    PLEDGE = "PLEDGE"
    PEAK = "PEAK"
    MEETING = "MEETING"
    SELF_REVIEW = "SELF_REVIEW"
    RESULTS = "RESULTS"


# What people do one by one; the rest is a unit's, and has no person to remind.
OF_PEOPLE = (Matter.STUDY, Matter.PLEDGE, Matter.SELF_REVIEW)
# What the committee of a cell alone is told.
STAYS_BELOW = (Matter.MEETING,)


class To(StrEnum):
    """Who is reminded."""

    PERSON = "PERSON"  # whoever has not done it
    SECRETARY = "SECRETARY"  # the committee of the cell
    ABOVE = "ABOVE"  # the level above, in numbers


@dataclass(frozen=True, slots=True)
class Slot:
    """That somebody is reminded on a working day of a last day.

    `days` is how the plan has it: after the last day, minus: before.
    """

    to: To
    on: date
    last_day: date
    days: int


@dataclass(frozen=True, slots=True)
class Hours:
    """The time of day in which e-mails go out: from an hour until before another."""

    first: int
    until: int


def day_of(last_day: date, days: int, holidays: Holidays) -> date:
    """Return the working day on which a wish falls due.

    What is due before the last day or on it comes earlier, what is due after it later.
    Source: docs/rules/reminders.md § 3.2.
    """
    day = last_day + days * DAY
    return holidays.at_or_before(day) if days <= 0 else holidays.at_or_after(day)


def slots_of(to: To, days: int, last_day: date, holidays: Holidays) -> tuple[Slot, ...]:
    """Return the slots of a wish: what goes up is preceded by a warning.

    Source: docs/rules/reminders.md § 3.2, § 3.5.
    """
    on = day_of(last_day, days, holidays)
    slot = Slot(to, on, last_day, days)
    if to is not To.ABOVE:
        return (slot,)
    warning = Slot(To.SECRETARY, warned_by(on, holidays), last_day, days)
    return warning, slot


def warned_by(on: date, holidays: Holidays) -> date:
    """Return the last day on which a warning counts for what goes up on a day.

    Source: docs/rules/reminders.md § 3.5.
    """
    return holidays.before(on, WARNED_BEFORE)


def due_slots(to: To, days: int, today: date, holidays: Holidays) -> Iterator[Slot]:
    """Yield the slots of a wish that fall due today, for every last day that has one.

    Source: docs/rules/reminders.md § 3.2.
    """
    # The longest holidays, twice, and the warning: no last day lies further off.
    for number in range(-30, 31):
        last_day = today + (number - days) * DAY
        for slot in slots_of(to, days, last_day, holidays):
            if slot.on == today:
                yield slot


def may_send(at: datetime, hours: Hours, holidays: Holidays) -> bool:
    """Tell whether e-mails go out at a local time.

    Source: docs/rules/reminders.md § 3.4.
    """
    is_daytime = hours.first <= at.hour < hours.until
    return is_daytime and holidays.is_working_day(at.date())


def oldest_to_send(today: date, holidays: Holidays) -> date:
    """Return the day before which a reminder is too old to be sent.

    Source: docs/rules/reminders.md § 3.4.
    """
    return holidays.before(today, 1)
