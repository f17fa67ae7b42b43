"""Who of the invented people gets which status, level and reason. Pure.

The counts of the whole are stated; which unit they fall to is drawn, so that units
differ as real ones do, and the excellent are kept to the ceiling except where the
scenario says otherwise.
"""

import heapq
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaigns.contents import Status
from campaigns.rulesets.model import REASONS
from reviews.scenarios.model import STATUS_PATHS, Scenario

_TICKETS_AT_HOME = 6  # most of the exempt are old or ill


@dataclass(frozen=True, slots=True)
class Seat:
    """A place for one person: the row of the unit, and the grassroots unit's number."""

    unit: int
    grassroots: int
    is_home: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the campaign says of one person; level and reason are "" for none."""

    status: Status
    level: str = ""
    reason: str = ""


def deal(
    scenario: Scenario, seats: Sequence[Seat], rng: random.Random
) -> list[Outcome]:
    """Return one outcome a seat; together they are the scenario's counts.

    Raises: ValueError where the ceiling leaves no room for the excellent.
    """
    exempt = _exempt(scenario, seats, rng)
    others = [at for at in range(len(seats)) if at not in exempt]
    rng.shuffle(others)
    dealt = dict.fromkeys(exempt, Outcome(Status.EXEMPT))
    fixed = list(_below_good(scenario))
    dealt |= zip(others, fixed, strict=False)
    good = others[len(fixed) :]
    excellent = _excellent(scenario, seats, good, rng)
    for at in good:
        level = "EXCELLENT" if at in excellent else "GOOD"
        dealt[at] = Outcome(Status.ASSESSED, level)
    return [dealt[at] for at in range(len(seats))]


def _exempt(
    scenario: Scenario, seats: Sequence[Seat], rng: random.Random
) -> frozenset[int]:
    """Draw seats; whoever is at home has several tickets, of which the best counts."""
    tickets = [
        max(rng.random() for _ in range(_TICKETS_AT_HOME if seat.is_home else 1))
        for seat in seats
    ]
    order = sorted(range(len(seats)), key=tickets.__getitem__, reverse=True)
    return frozenset(order[: scenario.count(STATUS_PATHS[Status.EXEMPT])])


def _below_good(scenario: Scenario) -> Iterator[Outcome]:
    """Yield the outcomes of all who are neither exempt nor good or better."""
    for status, path in STATUS_PATHS.items():
        if status not in (Status.ASSESSED, Status.EXEMPT):
            yield from [Outcome(status)] * scenario.count(path)
    for reason in REASONS:
        outcome = Outcome(Status.ASSESSED, "NOT_COMPLETED", reason)
        yield from [outcome] * scenario.count(f"members.reasons.{reason}")
    satisfactory = Outcome(Status.ASSESSED, "SATISFACTORY")
    yield from [satisfactory] * scenario.count("members.levels.SATISFACTORY")


def _excellent(
    scenario: Scenario, seats: Sequence[Seat], good: Sequence[int], rng: random.Random
) -> frozenset[int]:
    """Choose the excellent among those rated good or better."""
    by_unit: dict[int, list[int]] = {}
    for at in sorted(good):
        by_unit.setdefault(seats[at].grassroots, []).append(at)
    above = {
        number
        for number, unit in enumerate(scenario.units)
        if unit.code in scenario.dealing.above
    }
    quotas = excellent_quotas(
        {number: len(people) for number, people in by_unit.items()},
        total=scenario.count("members.levels.EXCELLENT"),
        percent=scenario.dealing.excellent_percent,
        above=above,
        rng=rng,
    )
    return frozenset(
        at
        for number, people in by_unit.items()
        for at in rng.sample(people, quotas[number])
    )


def excellent_quotas(
    good_or_better: Mapping[int, int],
    *,
    total: int,
    percent: int,
    above: Collection[int],
    rng: random.Random,
) -> dict[int, int]:
    """Return how many of each unit's good or better are excellent, `total` in all.

    Each unit has at most `percent` of those that remain good, but those of `above`
    have one more than that.
    Raises: ValueError where `total` is out of reach.
    """
    caps = {unit: most_excellent(n, percent) for unit, n in good_or_better.items()}
    quotas = {unit: caps[unit] + 1 if unit in above else 0 for unit in caps}
    if sum(quotas.values()) > total:
        raise ValueError(f"more than {total} excellent in the units above the ceiling")
    weights = {unit: n * rng.uniform(0.6, 1.4) for unit, n in good_or_better.items()}
    open_units = [(0.5 / weights[unit], unit) for unit in caps if unit not in above]
    heapq.heapify(open_units)
    for _ in range(total - sum(quotas.values())):
        while open_units and quotas[open_units[0][1]] >= caps[open_units[0][1]]:
            heapq.heappop(open_units)
        if not open_units:
            raise ValueError(f"no room for {total} excellent under {percent} percent")
        unit = open_units[0][1]
        quotas[unit] += 1
        heapq.heapreplace(open_units, ((quotas[unit] + 0.5) / weights[unit], unit))
    return quotas


def most_excellent(good_or_better: int, percent: int) -> int:
    """Return the most that may be excellent of so many good or better, rounded down.

    The rest remains good, and is what the percent is of.
    """
    return good_or_better * percent // (100 + percent)
