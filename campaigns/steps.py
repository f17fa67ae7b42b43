"""The steps of a campaign that have a time, and when a form still counts. Pure.

Source: docs/rules/phases.md.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

# Who began to write in time may finish: a form opened before the end counts as long.
GRACE = timedelta(minutes=15)


class HasEnd(Protocol):
    """Something that lasts until before a day."""

    @property
    def until_on(self) -> date:
        """The first day after it."""
        ...


class Lasting:
    """What lasts until before a day, and is read with its last day."""

    __slots__ = ()

    @property
    def last_day(self: HasEnd) -> date:
        """What people read."""
        return self.until_on - timedelta(days=1)


class Step(StrEnum):
    """What a phase is for (`docs/rules/phases.md` § 1), in the order of the year."""

    STUDY = "STUDY"
    PROGRAMME = "PROGRAMME"
    CRITERIA = "CRITERIA"
    PLEDGE = "PLEDGE"
    CHECK = "CHECK"
    SELF_REVIEW = "SELF_REVIEW"
    REVIEW_MEETING = "REVIEW_MEETING"
    PROPOSAL = "PROPOSAL"
    DECISION = "DECISION"
    REMEDIATION = "REMEDIATION"


# What cannot be done before something else is; a longer time for that moves this along.
_AFTER: dict[Step, Step] = {
    Step.PLEDGE: Step.CRITERIA,
    Step.CHECK: Step.PLEDGE,
    Step.REVIEW_MEETING: Step.SELF_REVIEW,
    Step.PROPOSAL: Step.REVIEW_MEETING,
    Step.DECISION: Step.PROPOSAL,
    Step.REMEDIATION: Step.DECISION,
}


def moved_by(step: Step) -> tuple[Step, ...]:
    """Return the steps of which a longer time moves this one: itself, and those before.

    Source: docs/rules/phases.md § 4.3.
    """
    before = _AFTER.get(step)
    return (step, *moved_by(before)) if before else (step,)


def moves(step: Step) -> tuple[Step, ...]:
    """Return the steps that a longer time for this one moves, itself first.

    Source: docs/rules/phases.md § 4.3.
    """
    return tuple(each for each in Step if step in moved_by(each))


def window_of(year: int) -> tuple[date, date]:
    """Return the first and the last day that phases of a campaign of the year have.

    Source: docs/rules/phases.md § 2.4.
    """
    return date(year - 1, 11, 1), date(year + 1, 6, 30)


def is_of_year(on: date, year: int, *, today: date) -> bool:
    """Tell whether something that a unit dates to a day can be of a campaign's year.

    Not before the first day of its window; later than the last only as far as today
    is, because what is rated again comes after the end.
    Source: docs/rules/phases.md § 2.5.
    """
    first, last = window_of(year)
    return first <= on <= max(last, today)


def is_in_time(ends: datetime, *, opened: datetime | None, now: datetime) -> bool:
    """Tell whether what is sent now, in a form opened then, comes before the end.

    `ends` is the first moment that is too late; `opened` None is a form of which
    nobody knows when it was opened.
    Source: docs/rules/phases.md § 3.1.
    """
    if now < ends:
        return True
    return opened is not None and opened < ends and now < ends + GRACE
