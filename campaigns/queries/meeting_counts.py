"""Counts of meetings, ratings and tasks by ranges of paths, for boards and reports.

Each is one grouped query. The key is the path of a unit directly below, or the path of
the unit itself for what is its own; their sum is the unit with all below it.
Source: docs/rules/meetings.md § 8.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import ExtractMonth, ExtractYear, Left

from campaigns.models import CampaignUnit, Meeting, MeetingRating, MeetingTask
from members.models import within
from members.paths import SEGMENT
from members.row_security import Purpose, opened_for

Held = Counter[tuple[int, int, str]]  # by year, month and kind


@dataclass(frozen=True, slots=True)
class RatingCounts:
    """How many meetings were rated, and their points."""

    meetings: int = 0
    given: int = 0
    most: int = 0

    def __add__(self, other: "RatingCounts") -> "RatingCounts":
        return RatingCounts(
            self.meetings + other.meetings,
            self.given + other.given,
            self.most + other.most,
        )

    @property
    def average(self) -> Decimal | None:
        """Points of a hundred, to one decimal half up; None where nothing is rated."""
        if not self.most:
            return None
        exact = Decimal(100 * self.given) / self.most
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Tasks that meetings gave; `due` are those whose day has come, without a result."""

    given: int = 0
    done: int = 0
    not_done: int = 0
    due: int = 0

    def __add__(self, other: "TaskCounts") -> "TaskCounts":
        return TaskCounts(
            self.given + other.given,
            self.done + other.done,
            self.not_done + other.not_done,
            self.due + other.due,
        )


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit directly below with all that is below it."""

    unit: CampaignUnit
    regular: int
    others: int
    ratings: RatingCounts
    tasks: TaskCounts


def meetings_held(unit: CampaignUnit) -> dict[str, Held]:
    """Count meetings held by month and kind; those of bodies that take part left out."""
    rows = (
        Meeting.objects.held()
        .filter(within([unit.path], "unit__path"), unit__campaign=unit.campaign_id)
        .filter(body=None)
        .annotate(
            below=_below(unit, "unit__path"),
            year=ExtractYear("on"),
            month=ExtractMonth("on"),
        )
        .values_list("below", "year", "month", "kind")
        .annotate(count=Count("pk"))
        .order_by()
    )
    held: dict[str, Held] = defaultdict(Counter)
    for below, year, month, kind, count in rows:
        held[below][year, month, kind] += count
    return dict(held)


def ratings_of(unit: CampaignUnit) -> dict[str, RatingCounts]:
    """Sum the points of rated meetings."""
    rows = (
        MeetingRating.objects.filter(
            within([unit.path], "meeting__unit__path"),
            meeting__unit__campaign=unit.campaign_id,
        )
        .annotate(below=_below(unit, "meeting__unit__path"))
        .values_list("below")
        .annotate(meetings=Count("pk"), all_given=Sum("given"), all_most=Sum("most"))
        .order_by()
    )
    return {below: RatingCounts(*counts) for below, *counts in rows}


@opened_for(Purpose.MEETING)
def tasks_given(unit: CampaignUnit, *, today: date) -> dict[str, TaskCounts]:
    """Count tasks by what became of them; numbers alone, whoever asks.

    The caller got the unit by a scope.
    """
    none, done, not_done = (Q(result=each) for each in ("", "DONE", "NOT_DONE"))
    rows = (
        MeetingTask.objects.filter(
            within([unit.path], "meeting__unit__path"),
            meeting__unit__campaign=unit.campaign_id,
        )
        .annotate(below=_below(unit, "meeting__unit__path"))
        .values_list("below")
        .annotate(
            given=Count("pk"),
            done=Count("pk", filter=done),
            not_done=Count("pk", filter=not_done),
            due=Count("pk", filter=none & Q(due_on__lte=today)),
        )
        .order_by()
    )
    return {below: TaskCounts(*counts) for below, *counts in rows}


def lines_below(
    unit: CampaignUnit, below: Iterable[CampaignUnit], *, today: date
) -> list[UnitLine]:
    """Return a line for each of the units directly below; three queries."""
    held, ratings = meetings_held(unit), ratings_of(unit)
    tasks = tasks_given(unit, today=today)
    lines = []
    for each in below:
        counts: Held = held.get(each.path, Counter())
        regular = sum(n for (*_, kind), n in counts.items() if kind == "REGULAR")
        lines.append(
            UnitLine(
                unit=each,
                regular=regular,
                others=counts.total() - regular,
                ratings=ratings.get(each.path, RatingCounts()),
                tasks=tasks.get(each.path, TaskCounts()),
            )
        )
    return lines


def _below(unit: CampaignUnit, path: str) -> Left:
    return Left(F(path), len(unit.path) + SEGMENT)
