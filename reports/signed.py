"""Signed figures: counts that stay, their digest, their sums, and what differs. Pure.

Counts go by sector, subject and column, as the tallies do; what is 0 is left out, so
that equal figures are equal and have one digest.
Source: docs/rules/sign-off.md.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Columns = Mapping[str, int]
Counts = Mapping[str, Mapping[str, Columns]]  # by sector, by subject
# Code and name of the unit that a ceiling counts in, subject, counts by level.
Limit = tuple[str, str, str, Columns]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is another now; `sector` is "" where it is of all sectors."""

    subject: str
    column: str
    before: int
    after: int
    sector: str = ""


def without_noughts(counts: Counts) -> dict[str, dict[str, dict[str, int]]]:
    """Return the counts without what is 0, and without what is empty then."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for sector, subjects in counts.items():
        for subject, columns in subjects.items():
            kept = {name: count for name, count in columns.items() if count}
            if kept:
                found.setdefault(sector, {})[subject] = kept
    return found


def summed(parts: Iterable[Counts]) -> dict[str, dict[str, dict[str, int]]]:
    """Return the sum of counts: a unit's own and those of its children.

    Source: docs/rules/sign-off.md § 2.
    """
    found: dict[str, dict[str, dict[str, int]]] = {}
    for part in parts:
        for sector, subjects in part.items():
            for subject, columns in subjects.items():
                sums = found.setdefault(sector, {}).setdefault(subject, {})
                for name, count in columns.items():
                    sums[name] = sums.get(name, 0) + count
    return found


def over_sectors(counts: Counts) -> dict[str, dict[str, int]]:
    """Return the counts by subject and column, whatever the sector."""
    return summed({"": subjects} for subjects in counts.values()).get("", {})


def changes(before: Counts, after: Counts) -> tuple[Change, ...]:
    """Return exactly which figures are others: over all sectors, else by sector.

    Where the figures of a subject are the same and only stand in other sectors, the
    lines are those of the sectors.
    Source: docs/rules/sign-off.md § 4.
    """
    found = list(_changes(over_sectors(before), over_sectors(after)))
    told = {change.subject for change in found}
    for sector in sorted({*before, *after}):
        found += [
            change
            for change in _changes(
                before.get(sector, {}), after.get(sector, {}), sector=sector
            )
            if change.subject not in told
        ]
    return tuple(found)


def _changes(
    before: Mapping[str, Columns], after: Mapping[str, Columns], *, sector: str = ""
) -> Iterable[Change]:
    for subject in sorted({*before, *after}):
        was, now = before.get(subject, {}), after.get(subject, {})
        for column in dict.fromkeys((*was, *now)):
            if was.get(column, 0) != now.get(column, 0):
                yield Change(
                    subject, column, was.get(column, 0), now.get(column, 0), sector
                )


def limits_summed(limits: Iterable[Sequence[Any]]) -> list[Limit]:
    """Return the counts of ceilings, one row for each unit and subject, by code."""
    names: dict[tuple[str, str], str] = {}
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for code, name, subject, levels in limits:
        names.setdefault((code, subject), name)
        counted = sums.setdefault((code, subject), {})
        for level, count in levels.items():
            counted[level] = counted.get(level, 0) + count
    return [
        (code, names[code, subject], subject, levels)
        for (code, subject), levels in sorted(sums.items())
    ]


def canonical(value: object) -> str:
    """Return JSON that is the same for equal values: keys in order, no blanks."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(
    *,
    campaign: str,
    rule_set: str,
    unit: Mapping[str, str],
    own: Counts,
    children: Iterable[tuple[Mapping[str, str], str]],
) -> str:
    """Return the digest of signed figures, 64 letters and digits.

    Over the unit's own figures, and of each child what is said of it with the digest of
    its signed figures, "" where it has none. `rule_set` is the digest of the resolved
    one.
    Source: docs/rules/sign-off.md § 3.
    """
    written = canonical(
        {
            "campaign": campaign,
            "rule_set": rule_set,
            "unit": unit,
            "own": without_noughts(own),
            "children": [
                [head, digest]
                for head, digest in sorted(
                    children, key=lambda child: child[0]["code"].encode()
                )
            ],
        }
    )
    return hashlib.sha256(written.encode()).hexdigest()
