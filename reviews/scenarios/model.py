"""A scenario as values: what was published of one place and year, and what is chosen.

Pure. A scenario states units and counts; `reviews.scenarios.generation` invents the
people that make the counts true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from campaigns.contents import Status
from campaigns.rulesets import Label
from reviews.scenarios.plans import Plan
from reviews.scenarios.records import Records

MODES = ("FULL_TEXT", "RESULTS_ONLY")  # `Campaign.Mode`

# Where the roll-up counts the people of each status (docs/rules/figures.md § 2).
STATUS_PATHS = {
    Status.ASSESSED: "members.assessed",
    Status.EXEMPT: "members.exempt",
    Status.NOT_REVIEWED: "members.not_reviewed",
    Status.SUSPENDED: "members.not_assessed.SUSPENDED",
    Status.UNDER_SIX_MONTHS: "members.not_assessed.UNDER_SIX_MONTHS",
    Status.OTHER: "members.not_assessed.OTHER",
}


@dataclass(frozen=True, slots=True)
class Office:
    """A unit at the head of a tree, and the post of the clerk in its office."""

    code: str
    name: str
    kind: str
    clerk: Label


@dataclass(frozen=True, slots=True)
class Issuer:
    """What stands at the head of a report: who issues it, under whom, and where."""

    superior: str
    name: str
    place: str
    symbol: str  # what follows the number, "BC/HU"


@dataclass(frozen=True, slots=True)
class Grassroots:
    """A grassroots unit; its people are spread over `cells`, if it has any.

    Cells are names; their codes are the unit's with their place in the file, from
    ".01". `cell_levels` counts levels; what is left of the cells is not assessed.
    """

    code: str
    name: str
    sector: str
    level: str  # "" where not assessed
    members: int
    cells: tuple[str, ...]
    cell_levels: Mapping[str, int]

    @property
    def kind(self) -> str:
        """A committee where there are cells, else a single cell."""
        return "GRASSROOTS_COMMITTEE" if self.cells else "GRASSROOTS_CELL"


@dataclass(frozen=True, slots=True)
class Admissions:
    """How many of the people were admitted from one day until before another."""

    from_on: date
    until_on: date
    people: int


@dataclass(frozen=True, slots=True)
class Dealing:
    """What is chosen about the invented people, beside the counts.

    `peoples` are name sets with weights. No grassroots unit has more excellent than
    `excellent_percent` of its good members, but those of `above` have one more.
    In cells whose name begins like one of `homes` people live and grow old; in the
    others they work.
    """

    code_prefix: str
    peoples: Mapping[str, int]
    women_percent: int
    excellent_percent: int
    above: tuple[str, ...]
    homes: tuple[str, ...]
    admissions: tuple[Admissions, ...]  # newest first; the first is the year itself


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the scenario, published or chosen.

    A figure that the roll-up `holds` stands at `paths` of its JSON (dotted; several
    are summed), or is their percent of the sum of `percent_of`. For one that it
    cannot hold yet `why` says what is missing.
    """

    key: str
    value: int | str
    kind: str  # one of `tables.KINDS`
    holds: bool
    paths: tuple[str, ...]
    percent_of: tuple[str, ...]
    remark: str
    why: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A discrepancy in what was published, or another way to read it."""

    name: str
    figures: tuple[str, ...]  # keys
    remark: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One place and year, complete enough to build its tree and its people."""

    code: str
    title: Label
    theme: Label
    note: Label
    year: int
    rule_set: str
    mode: str
    issuer: Issuer
    root: Office
    neighbour: Office
    dealing: Dealing
    units: tuple[Grassroots, ...]
    figures: tuple[Figure, ...]
    discrepancies: tuple[Observation, ...]
    readings: tuple[Observation, ...]
    records: Records | None = None  # None: none are told
    plan: Plan | None = None  # what was planned, where anything is known of it

    def count(self, path: str) -> int:
        """Return the count that the scenario states for one path of the roll-up.

        Raises: KeyError where it states none.
        """
        for figure in self.figures:
            if figure.paths == (path,) and isinstance(figure.value, int):
                return figure.value
        raise KeyError(path)


def expectations(scenario: Scenario) -> tuple[Figure, ...]:
    """Return the figures that the scenario's roll-up has to show."""
    return tuple(figure for figure in scenario.figures if figure.holds)
