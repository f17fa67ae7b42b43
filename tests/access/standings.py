"""Whom the access matrix asks as, who sees what of which unit, and what a case is."""

from dataclasses import dataclass

from tests.access import world as worlds

EVERYONE = (
    *worlds.POSTS,
    "other clerk",
    "former clerk",
    "clerk elect",
    "overdue clerk",
    "technical",
    "member",
)
CLERKS = {"clerk", "overdue clerk"}
# Who sees the figures and reports of the district, of the committee below it, of its
# first cell; a working team sees the committee as a whole, and no report, which would
# show its cells. What a closed cell left is seen by those who see all of the committee.
DISTRICT = CLERKS | {"upper committee", "inspection", "organisation"}
COMMITTEE = DISTRICT | {"grassroots committee"}
COMMITTEE_AS_A_WHOLE = COMMITTEE | {"working team"}
CELL = COMMITTEE | {"cell secretary", "working team of a cell"}
# Who keeps the roll of A.G.1, who receives what it sends to A.G.2, who reads both.
KEEPERS = CLERKS | {"cell secretary"}
NEIGHBOURS = {"neighbour secretary", "other clerk"}
RECEIVERS = CLERKS | {"neighbour secretary"}
READERS = CLERKS | {"cell secretary", "neighbour secretary", "grassroots committee"}
COMMITTEES_OF_CELLS = {"cell secretary", "neighbour secretary"}
READ_WITH_REASON = {"upper committee", "inspection"}
OF_THE_ROLL = KEEPERS | {"grassroots committee", "member"}
# Whose offices decide on units: each those below its own.
OFFICES = CLERKS | {"other clerk"}
# Whoever has figures of any unit of A or B.
WITH_FIGURES = CELL | {"working team", "neighbour secretary", "other clerk"}


@dataclass(frozen=True)
class Case:
    """One address with one object: who gets through, and what they get."""

    name: str
    path: str  # of the district that is asked about, by the names of `address`
    seen_by: set[str]
    method: str = "get"
    status: int = 200
    sent_on: frozenset[str] = frozenset()  # whom it leads to their own page
    is_personal: bool = False  # no clerk gets through, of whatever district

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.path}"


def paper(
    name: str, of: str, seen_by: set[str], *, is_personal: bool = True
) -> tuple[Case, ...]:
    """A paper of one object, which whoever gets it as PDF gets for Word too."""
    return tuple(
        Case(name, f"{name} {extension} {of}", seen_by, is_personal=is_personal)
        for extension in ("pdf", "docx")
    )
