"""The levels of a file within each unit for which a ceiling is counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from operator import attrgetter

from campaigns.contents import NO_PARENT, Contents, grassroots_units
from campaigns.rulesets import Ceiling
from members.vocabulary import vocabulary
from reviews import ceilings
from reviews.ceilings import CeilingCounts


def ceiling_counts(contents: Contents, ceiling: Ceiling) -> list[CeilingCounts]:
    """Return the levels within each unit for which a ceiling is counted.

    Who has no level counts for nothing but gives the unit its row, as in a report. From
    columns that are not written yet what `reports.queries.fold` reads off the tallies;
    tests/reviews/test_notes.py holds that both say the same.
    Source: docs/rules/ceilings.md § 4.
    """
    levels: dict[int, Counter[str]] = defaultdict(Counter)
    for holder, level in _rated(contents, ceiling):
        counted = levels[holder]
        if level:
            counted[level] += 1
    levels.pop(NO_PARENT, None)
    units = contents.units
    return [
        CeilingCounts(units.code[at], units.name[at], ceiling.subject, counted)
        for at, counted in levels.items()
    ]


def _rated(contents: Contents, ceiling: Ceiling) -> Iterable[tuple[int, str]]:
    """Return who or what was rated as (index of the ceiling unit, level)."""
    units, people, kinds = contents.units, contents.people, vocabulary().kinds
    rows = range(len(units))
    holder_of = {
        "CELL": rows,
        "GRASSROOTS": grassroots_units(units),
        "SUPERIOR": units.parent,
    }[ceilings.counted_within(ceiling)]
    rated: Iterable[tuple[int, str]]
    if ceiling.subject == "members":
        rated = zip(people.unit, people.level, strict=True)
    else:
        is_of = attrgetter("is_cell" if ceiling.subject == "cells" else "is_grassroots")
        rated = ((at, units.level[at]) for at in rows if is_of(kinds[units.kind[at]]))
    return ((holder_of[at], level) for at, level in rated)
