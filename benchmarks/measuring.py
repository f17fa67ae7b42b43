"""Two ways of doing the same thing, timed in turns."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result: our way in times of the plain one."""

    name: str
    ratio: float
    goal: float
    detail: str

    @property
    def holds(self) -> bool:
        """Whether our way takes no longer than the goal allows."""
        return self.ratio <= self.goal

    def as_json(self) -> dict[str, str | float | bool]:
        """Return the line as it stands in `var/bench.json`."""
        return {
            "name": self.name,
            "ratio": round(self.ratio, 3),
            "goal": self.goal,
            "holds": self.holds,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds of each round, ours beside the plain way's."""

    ours: tuple[float, ...]
    plain: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """Return how many times as long ours takes: the ratio of the medians."""
        return median(self.ours) / median(self.plain)

    def __str__(self) -> str:
        return f"ours {_seconds(self.ours)}, plain {_seconds(self.plain)}"


def in_turns(
    ours: Callable[[], object], plain: Callable[[], object], *, rounds: int
) -> Times:
    """Time both in turns, so that a busy neighbour slows down both.

    Each runs once beforehand: who goes first would pay for imports and caches.
    """
    ours()
    plain()
    pairs = [(timed(ours)[0], timed(plain)[0]) for _ in range(rounds)]
    return Times(tuple(one for one, _ in pairs), tuple(other for _, other in pairs))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that the work takes, and its result.

    What was there before is set apart from the collector, or the work would pay for
    walking through it.
    """
    gc.collect()
    gc.freeze()
    started = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - started
    gc.unfreeze()
    return seconds, result


def _seconds(times: tuple[float, ...]) -> str:
    return f"{median(times):.3g} s ({min(times):.3g}–{max(times):.3g})"
