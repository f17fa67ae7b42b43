"""The counts of a unit as columns: what stands beside what, and what sums what."""

from collections.abc import Mapping

from django.utils.translation import pgettext

from reports.documents.tables import Column, Kind
from reports.documents.terms import Terms
from reports.figures import (
    NOT_ASSESSED,
    Figures,
    MemberCounts,
    OrganisationCounts,
    UnitFigures,
)

COUNT_WIDTH = 11.5  # mm; "12.345" in 9.5 points
PERCENT_WIDTH = 11.5  # "100,00"
STATE_WIDTH = 13.0
SUM_WIDTH = 13.5  # "500.000"

PRINTED_SUBJECTS = ("members", "grassroots", "cells")  # as documents order them
ORGANISATIONS = ("grassroots", "cells")

# The statuses of people who are present and were not assessed, as the figures and as
# the rule set name them.
STATES = {
    "exempt": "EXEMPT",
    "not_reviewed": "NOT_REVIEWED",
    **{f"not_assessed.{code}": code for code in NOT_ASSESSED},
}


def counts_of(figures: Figures, subject: str) -> dict[str, int]:
    """Return one subject's counts by the keys of its columns."""
    if subject == "members":
        return _member_counts(figures.members)
    if subject == "cells":
        return organisation_counts_of(figures.cells)
    return organisation_counts_of(figures.grassroots)


def subjects_below(unit: UnitFigures) -> tuple[str, ...]:
    """Return which kinds of organisations a unit has below it."""
    return tuple(
        subject
        for subject in ORGANISATIONS
        if counts_of(unit.figures, subject)["total"]
    )


def comparable(before: Figures, now: Figures) -> tuple[str, ...]:
    """Return the subjects that were assessed both times by the same levels.

    Source: `docs/rules/documents.md` § 5: where the levels changed, nothing is
    estimated.
    """
    return tuple(
        subject
        for subject in PRINTED_SUBJECTS
        if _codes(before, subject) == _codes(now, subject)
        and counts_of(before, subject)["assessed"]
        and counts_of(now, subject)["assessed"]
    )


def _codes(figures: Figures, subject: str) -> list[str]:
    return [key for key in counts_of(figures, subject) if key.startswith("levels.")]


def _member_counts(counts: MemberCounts) -> dict[str, int]:
    return {
        "present": counts.present,
        "exempt": counts.exempt,
        "not_reviewed": counts.not_reviewed,
        **_under("not_assessed", counts.not_assessed),
        "assessed": counts.assessed,
        **_under("levels", counts.levels),
        **_under("reasons", counts.reasons),
    }


def organisation_counts_of(counts: OrganisationCounts) -> dict[str, int]:
    """Return the counts of organisations, or of collectives, by the same keys."""
    return {
        "total": counts.total,
        "not_assessed": counts.total - counts.assessed,
        "assessed": counts.assessed,
        **_under("levels", counts.levels),
        **_under("groups", counts.groups),
    }


def _under(name: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {f"{name}.{code}": count for code, count in counts.items()}


def columns_of(subject: str, terms: Terms) -> tuple[Column, ...]:
    """Return the columns of one subject: who there is, who was assessed, and how."""
    before = _states(terms) if subject == "members" else _totals()
    levels = tuple(f"levels.{code}" for code in terms.rule_set.scheme(subject).codes)
    assessed = Column(
        key="assessed",
        head=pgettext("table", "Assessed"),
        width=SUM_WIDTH,
        parts=levels,
    )
    return (*before, assessed, *_levels(subject, terms))


def _states(terms: Terms) -> tuple[Column, ...]:
    states = tuple(
        Column(
            key=key,
            head=terms.status(status),
            group=pgettext("table", "Not assessed"),
            width=STATE_WIDTH,
        )
        for key, status in STATES.items()
    )
    present = Column(
        key="present",
        head=pgettext("table", "Present"),
        width=SUM_WIDTH,
        parts=(*STATES, "assessed"),
    )
    return (present, *states)


def _totals() -> tuple[Column, ...]:
    return (
        Column(
            key="total",
            head=pgettext("table", "Total"),
            width=SUM_WIDTH,
            parts=("not_assessed", "assessed"),
        ),
        Column(
            key="not_assessed",
            head=pgettext("table", "Not assessed"),
            width=COUNT_WIDTH,
        ),
    )


def _levels(subject: str, terms: Terms) -> tuple[Column, ...]:
    """Return a count and a percent for each level, and for each sum of levels."""
    scheme = terms.rule_set.scheme(subject)
    columns: list[Column] = []
    for group in scheme.groups:
        parts = tuple(f"levels.{code}" for code in group.levels)
        columns += _counted(
            f"groups.{group.code}", terms.sum_of_levels(subject, group.code), parts
        )
    for code in scheme.codes:
        columns += _counted(f"levels.{code}", terms.level(subject, code))
    return tuple(columns)


def _counted(key: str, label: str, parts: tuple[str, ...] = ()) -> tuple[Column, ...]:
    return (
        Column(
            key=key,
            head=pgettext("a column of counts", "No."),
            group=label,
            width=COUNT_WIDTH,
            parts=parts,
        ),
        Column(
            key=f"percent.{key}",
            head="%",
            kind=Kind.PERCENT,
            group=label,
            width=PERCENT_WIDTH,
            of=key,
            base="assessed",
        ),
    )
