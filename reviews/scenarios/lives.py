"""Dates of birth, admission and full membership of invented people. Pure.

Dates are texts of `members.dates`; they fit what the campaign says of the person.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from campaigns.contents import Status
from reviews.scenarios.model import Dealing, Scenario
from reviews.scenarios.outcomes import Outcome, Seat

_PARTY_FOUNDED = date(1930, 2, 3)
_ADMITTED_FROM_AGE, _ADMITTED_TO_AGE = 19, 40
# Of those born before 1950 many know the year only, some the month.
_DATES_KNOWN_FROM = 1950
_YEAR_ONLY, _MONTH_AT_MOST = 0.45, 0.6

_USUAL_LEVELS = ("GOOD", "SATISFACTORY")  # of people admitted lately

Window = tuple[date, date]  # from a day until before another


@dataclass(frozen=True, slots=True)
class Ages:
    """Between which ages people are, and at which most are."""

    low: int
    high: int
    most: int


_AT_WORK, _AT_HOME = Ages(24, 61, 40), Ages(24, 84, 52)
_EXEMPT_AT_WORK, _EXEMPT_AT_HOME = Ages(28, 60, 45), Ages(66, 93, 75)
_NEWLY_ADMITTED = Ages(20, 38, 27)


@dataclass(frozen=True, slots=True)
class Life:
    """Dates of one person, "" for none."""

    born_on: str
    admitted_on: str
    official_on: str


def lives(
    scenario: Scenario,
    seats: Sequence[Seat],
    outcomes: Sequence[Outcome],
    rng: random.Random,
) -> list[Life]:
    """Return the dates of each person, by seat."""
    windows = _admission_windows(scenario.dealing, scenario.year, outcomes, rng)
    before = (_PARTY_FOUNDED, scenario.dealing.admissions[-1].from_on)
    found = []
    for at, (seat, outcome) in enumerate(zip(seats, outcomes, strict=True)):
        ages = _NEWLY_ADMITTED if at in windows else _ages(seat, outcome)
        window = windows.get(at, before)
        found.append(_life(rng, year=scenario.year, ages=ages, admitted=window))
    return found


def _admission_windows(
    dealing: Dealing, year: int, outcomes: Sequence[Outcome], rng: random.Random
) -> Mapping[int, Window]:
    """Return when those whom the scenario counts as admitted were admitted, by seat."""
    this_year, *earlier = dealing.admissions
    half_year = date(year, 7, 1)
    new = [at for at, it in enumerate(outcomes) if it.status is Status.UNDER_SIX_MONTHS]
    others = [at for at, it in enumerate(outcomes) if it.level in _USUAL_LEVELS]
    rng.shuffle(others)
    pool = iter(others)
    windows = dict.fromkeys(new, (half_year, this_year.until_on))
    first_half = islice(pool, this_year.people - len(new))
    windows |= dict.fromkeys(first_half, (this_year.from_on, half_year))
    for span in earlier:
        people = islice(pool, span.people)
        windows |= dict.fromkeys(people, (span.from_on, span.until_on))
    return windows


def _ages(seat: Seat, outcome: Outcome) -> Ages:
    if outcome.status is Status.EXEMPT:
        return _EXEMPT_AT_HOME if seat.is_home else _EXEMPT_AT_WORK
    return _AT_HOME if seat.is_home else _AT_WORK


def _life(rng: random.Random, *, year: int, ages: Ages, admitted: Window) -> Life:
    """Return dates of somebody of that age, admitted in that window of time."""
    # Whoever was admitted before a day had been old enough then.
    low = max(ages.low, year - admitted[1].year + _ADMITTED_FROM_AGE + 1)
    age = int(rng.triangular(low, ages.high + 1, max(low, ages.most)))
    born = _day(rng, date(year - age, 1, 1), date(year - age + 1, 1, 1))
    first = max(admitted[0], born.replace(year=born.year + _ADMITTED_FROM_AGE))
    last = min(admitted[1], born.replace(year=born.year + _ADMITTED_TO_AGE))
    admitted_on = _day(rng, first, last)
    official_on = admitted_on.replace(year=admitted_on.year + 1)
    return Life(
        born_on=_remembered(rng, born),
        admitted_on=admitted_on.isoformat(),
        official_on=official_on.isoformat() if official_on.year <= year else "",
    )


def _day(rng: random.Random, first: date, until: date) -> date:
    """Return a day of [first, until), at most the 28th, which every month has."""
    day = date.fromordinal(rng.randrange(first.toordinal(), until.toordinal()))
    return max(first, day.replace(day=min(day.day, 28)))


def _remembered(rng: random.Random, born: date) -> str:
    if born.year >= _DATES_KNOWN_FROM:
        return born.isoformat()
    luck = rng.random()
    if luck < _YEAR_ONLY:
        return f"{born:%Y}"
    return f"{born:%Y-%m}" if luck < _MONTH_AT_MOST else born.isoformat()
