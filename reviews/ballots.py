"""What a count of ballots says: whether it is a count, and which level follows. Pure.

Nothing here knows a voter: only numbers come in.
Source: docs/rules/ballots.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

SMALLEST_HIDDEN = 5  # § 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The papers of one round, as the tellers counted them; all of them whole numbers."""

    convoked: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int


class Fault(StrEnum):
    """What does not add up in the papers of a round (§ 3.1)."""

    NEGATIVE = "NEGATIVE"
    MORE_PRESENT_THAN_CONVOKED = "MORE_PRESENT_THAN_CONVOKED"
    MORE_ISSUED_THAN_PRESENT = "MORE_ISSUED_THAN_PRESENT"
    MORE_RETURNED_THAN_ISSUED = "MORE_RETURNED_THAN_ISSUED"
    RETURNED_IS_NO_SUM = "RETURNED_IS_NO_SUM"


@dataclass(frozen=True, slots=True)
class Votes:
    """What the valid papers say of one person: by level, and lines left blank."""

    by_level: Mapping[str, int]  # a missing code is 0
    unmarked: int = 0

    @property
    def total(self) -> int:
        """On how many papers the person's line was read."""
        return sum(self.by_level.values()) + self.unmarked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from the votes on one person; `level` None where nothing does.

    `votes` are those that decide (for that level, or, `CUMULATIVE`, for it and the
    better ones); without a level the most that any reached.
    """

    level: str | None
    votes: int
    needed: int
    base: int


def faults_of(papers: Papers) -> tuple[Fault, ...]:
    """Return what does not add up, in the order of the page; none if all does.

    Source: docs/rules/ballots.md § 3.1.
    """
    counts = (
        papers.convoked,
        papers.present,
        papers.issued,
        papers.returned,
        papers.valid,
        papers.invalid,
    )
    wrong = {
        Fault.NEGATIVE: min(counts) < 0,
        Fault.MORE_PRESENT_THAN_CONVOKED: papers.present > papers.convoked,
        Fault.MORE_ISSUED_THAN_PRESENT: papers.issued > papers.present,
        Fault.MORE_RETURNED_THAN_ISSUED: papers.returned > papers.issued,
        Fault.RETURNED_IS_NO_SUM: papers.returned != papers.valid + papers.invalid,
    }
    return tuple(fault for fault, is_wrong in wrong.items() if is_wrong)


def missing(votes: Votes, papers: Papers) -> int:
    """Return how many papers the votes on one person lack; negative: too many.

    Source: docs/rules/ballots.md § 3.2.
    """
    return papers.valid - votes.total


def has_quorum(present: int, convoked: int, share: Fraction) -> bool:
    """Tell whether enough of those convoked are present.

    Source: docs/rules/ballots.md § 2.2.
    """
    return convoked > 0 and present >= share * convoked


def outcome_of(
    votes: Votes, papers: Papers, *, majority: str, levels: Sequence[str]
) -> Outcome:
    """Return the level that follows from the votes on one person.

    `majority` is one of `rulesets.procedure.MAJORITIES`, `levels` the scheme's codes,
    best first.
    Source: docs/rules/ballots.md § 4.
    """
    base = _base(papers, majority)
    needed = base // 2 + 1
    reached = _reached(votes, levels, is_cumulative=majority == "CUMULATIVE")
    # At most one level has more than half; of sums the first that has it is the best.
    for level, count in reached.items():
        if count >= needed:
            return Outcome(level=level, votes=count, needed=needed, base=base)
    most = max(votes.by_level.values(), default=0)
    return Outcome(level=None, votes=most, needed=needed, base=base)


def is_kept(in_favour: int, papers: Papers, *, majority: str) -> bool:
    """Tell whether the round of the best leaves somebody the best level.

    Source: docs/rules/ballots.md § 5.3.
    """
    return in_favour >= _base(papers, majority) // 2 + 1


def hides_counts(convoked: int) -> bool:
    """Tell whether the counts say nearly what each one wrote.

    Source: docs/rules/ballots.md § 1.3.
    """
    return convoked <= SMALLEST_HIDDEN


def _base(papers: Papers, majority: str) -> int:
    return {
        "HALF_OF_CONVOKED": papers.convoked,
        "HALF_OF_PRESENT": papers.present,
        "HALF_OF_VALID": papers.valid,
        "CUMULATIVE": papers.convoked,
    }[majority]


def _reached(
    votes: Votes, levels: Sequence[str], *, is_cumulative: bool
) -> dict[str, int]:
    """What each level reaches, best first: its own votes, or with those for better."""
    reached, so_far = {}, 0
    for level in levels:
        own = votes.by_level.get(level, 0)
        so_far += own
        reached[level] = so_far if is_cumulative else own
    return reached
