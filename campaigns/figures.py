"""Counts of records over a period, as summaries of a year state them. Pure.

Source: docs/rules/records.md § 4 and § 5.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

GROUPS = ("INSPECTION", "SIGNS", "SUPERVISION", "STATE")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from one until before another."""

    from_on: date
    until_on: date

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """Return a calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    def holds(self, other: "Period") -> bool:
        """Tell whether all days of another period are in this one."""
        return self.from_on <= other.from_on and other.until_on <= self.until_on

    def meets(self, other: "Period") -> bool:
        """Tell whether both have a day in common."""
        return self.from_on < other.until_on and other.from_on < self.until_on


@dataclass(frozen=True, slots=True)
class Before:
    """A figure from before the system, of a unit with all below it."""

    kind: str
    path: str
    period: Period
    value: int


@dataclass(frozen=True, slots=True)
class Visits:
    """Inspections of one group: visits, and whom they went to, apart."""

    visits: int = 0  # to organisations
    organisations: int = 0
    member_visits: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Disciplined:
    """How many different organisations and members."""

    organisations: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Programme:
    """Visits of the programmes that fall due, what is done of them, what came beside."""

    planned: int = 0
    done: int = 0
    unplanned: int = 0


@dataclass(frozen=True, slots=True)
class Activities:
    """What was recorded over a period, for a unit with all below it."""

    admitted: int = 0
    struck_off_probationary: int = 0
    struck_off_full: int = 0
    expelled_from_roll: int = 0
    disciplined: Disciplined = Disciplined()
    expelled: int = 0
    forms: Mapping[str, Disciplined] = field(default_factory=dict)
    groups: Mapping[str, Visits] = field(default_factory=dict)
    commended: Disciplined = Disciplined()
    fields: Mapping[str, Disciplined] = field(default_factory=dict)
    programme: Programme = Programme()
    before: Mapping[str, int] = field(default_factory=dict)  # by kind; in the counts
    left_out: tuple[str, ...] = ()  # kinds whose figures reach out of the period

    def group(self, code: str) -> Visits:
        """Return the visits of a group, none where there were none."""
        return self.groups.get(code, Visits())


# Where a figure from before the system is counted, by its kind in `lists.toml`.
BEFORE_KINDS = (
    "ADMITTED",
    "STRUCK_OFF_FULL",
    "STRUCK_OFF_PROBATIONARY",
    "DISCIPLINED",
    "EXPELLED",
    "ORGANISATIONS_DISCIPLINED",
    "INSPECTIONS",
    "SUPERVISED",
    "COMMENDED",
)


def counted_before(
    figures: Iterable[Before], period: Period
) -> tuple[list[Before], tuple[str, ...]]:
    """Return the figures that count in a period, and the kinds of those that cannot.

    Of two one above the other the outer counts, of two over each other the longer. One
    that reaches out of the period says nothing of its part inside.
    """
    by_place = sorted(
        figures,
        key=lambda each: (
            len(each.path),
            each.period.from_on.toordinal() - each.period.until_on.toordinal(),
            each.period.from_on,
            each.path,
        ),
    )
    taken: list[Before] = []
    left_out: set[str] = set()
    for figure in by_place:
        if not period.holds(figure.period):
            if period.meets(figure.period):
                left_out.add(figure.kind)
        elif not any(_covers(other, figure) for other in taken):
            taken.append(figure)
    return taken, tuple(kind for kind in BEFORE_KINDS if kind in left_out)


def _covers(outer: Before, inner: Before) -> bool:
    return (
        outer.kind == inner.kind
        and inner.path.startswith(outer.path)
        and outer.period.meets(inner.period)
    )


def with_before(recorded: Activities, figures: Collection[Before]) -> Activities:
    """Return the counts with figures from before the system in them, and named."""
    sums: dict[str, int] = {}
    for each in figures:
        sums[each.kind] = sums.get(each.kind, 0) + each.value
    more = sums.get
    inspected = recorded.group("INSPECTION")
    supervised = recorded.group("SUPERVISION")
    return replace(
        recorded,
        admitted=recorded.admitted + more("ADMITTED", 0),
        struck_off_full=recorded.struck_off_full + more("STRUCK_OFF_FULL", 0),
        struck_off_probationary=recorded.struck_off_probationary
        + more("STRUCK_OFF_PROBATIONARY", 0),
        expelled=recorded.expelled + more("EXPELLED", 0),
        disciplined=Disciplined(
            recorded.disciplined.organisations + more("ORGANISATIONS_DISCIPLINED", 0),
            recorded.disciplined.members + more("DISCIPLINED", 0),
        ),
        groups={
            **recorded.groups,
            "INSPECTION": replace(
                inspected, visits=inspected.visits + more("INSPECTIONS", 0)
            ),
            "SUPERVISION": replace(
                supervised,
                organisations=supervised.organisations + more("SUPERVISED", 0),
            ),
        },
        commended=replace(
            recorded.commended,
            members=recorded.commended.members + more("COMMENDED", 0),
        ),
        before=sums,
    )


def leaves(activities: Activities) -> Iterator[tuple[str, int]]:
    """Return every count with its dotted path, as files and tests name it."""
    yield "admissions", activities.admitted
    yield "removals.struck_off.probationary", activities.struck_off_probationary
    yield "removals.struck_off.full", activities.struck_off_full
    yield "removals.expelled", activities.expelled_from_roll
    yield "discipline.organisations", activities.disciplined.organisations
    yield "discipline.members", activities.disciplined.members
    yield "discipline.expelled", activities.expelled
    for code in GROUPS:
        visits, name = activities.group(code), code.lower()
        yield f"{name}.visits", visits.visits
        yield f"{name}.organisations", visits.organisations
        yield f"{name}.member_visits", visits.member_visits
        yield f"{name}.members", visits.members
    yield "programme.planned", activities.programme.planned
    yield "programme.done", activities.programme.done
    yield "programme.unplanned", activities.programme.unplanned
    yield "commendations.organisations", activities.commended.organisations
    yield "commendations.members", activities.commended.members
    for code, counts in activities.fields.items():
        yield f"commendations.fields.{code}.organisations", counts.organisations
        yield f"commendations.fields.{code}.members", counts.members
