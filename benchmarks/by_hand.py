"""A roll-up by one SQL statement, written by hand for the province's rule set."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from django.db import connection

from campaigns.models import CampaignUnit
from members.paths import SEGMENT, subtree_range
from members.vocabulary import vocabulary
from reports.figures import (
    Figures,
    MemberCounts,
    OrganisationCounts,
    Rollup,
    UnitFigures,
    UnitHead,
)
from reviews import ceilings
from reviews.ceilings import CeilingCounts, CeilingRow

# Everything that a roll-up holds, by one pass over the tallies for the sums (of each
# child and of all, by sector and without), one for the ceilings, one for the heads.
STATEMENT = """
WITH tally AS (
    SELECT t.*, u.path, u.grassroots_id
    FROM campaigns_tally t JOIN campaigns_campaignunit u ON u.id = t.unit_id
    WHERE u.campaign_id = %(campaign)s AND u.path >= %(lower)s AND u.path < %(upper)s
), sums AS (
    SELECT substr(path, 1, %(child)s) AS path, sector, subject,
        sum(present) AS present, sum(exempt) AS exempt,
        sum(not_reviewed) AS not_reviewed, sum(suspended) AS suspended,
        sum(under_six_months) AS under_six_months,
        sum(other_not_assessed) AS other_not_assessed,
        sum(excellent) AS excellent, sum(good) AS good,
        sum(satisfactory) AS satisfactory, sum(not_completed) AS not_completed,
        sum(reason_degradation) AS degradation,
        sum(reason_under_half_of_targets) AS under_half,
        sum(reason_state_rating) AS state_rating,
        sum(reason_disciplined) AS disciplined,
        sum(reason_other) AS other, sum(reason_unstated) AS unstated
    FROM tally GROUP BY 1, 2, 3
)
SELECT 'figures', coalesce(path, ''), subject, sector, '', '', '',
    sum(present)::int, sum(exempt)::int, sum(not_reviewed)::int,
    sum(suspended)::int, sum(under_six_months)::int, sum(other_not_assessed)::int,
    sum(excellent)::int, sum(good)::int, sum(satisfactory)::int,
    sum(not_completed)::int, sum(degradation)::int, sum(under_half)::int,
    sum(state_rating)::int, sum(disciplined)::int, sum(other)::int, sum(unstated)::int
FROM sums GROUP BY subject, CUBE (path, sector)
UNION ALL
SELECT 'ceiling', h.path, lower(t.subject), '', h.code, h.name, '',
    sum(t.excellent)::int, sum(t.good)::int, sum(t.satisfactory)::int,
    sum(t.not_completed)::int, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM tally t JOIN campaigns_campaignunit h
    ON h.id = CASE t.subject WHEN 'GRASSROOTS' THEN t.unit_id ELSE t.grassroots_id END
WHERE t.present > 0 GROUP BY h.path, h.code, h.name, t.subject
UNION ALL
SELECT 'head', u.path, u.kind, coalesce(nullif(u.sector, ''), u.figure_sector),
    u.code, u.name, b.level,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM campaigns_campaignunit u JOIN campaigns_campaignbody b
    ON b.unit_id = u.id AND b.kind = 'ORGANISATION'
WHERE u.id = %(unit)s OR u.parent_id = %(unit)s AND u.closed_on IS NULL
"""

LEVELS = ("EXCELLENT", "GOOD", "SATISFACTORY", "NOT_COMPLETED")
NO_SUMS = (0,) * 16
WHOLE = ""  # the path of the sums of everything
ALL_SECTORS = None

Sums: TypeAlias = Sequence[int]
# By sector, then by subject.
Sectors: TypeAlias = Mapping[str | None, Mapping[str, Sums]]


def rollup_by_hand(unit: CampaignUnit) -> Rollup:
    """Return what `rollup_of` returns, for this one rule set and this shape of tree."""
    sums: dict[str, Any] = defaultdict(lambda: defaultdict(dict))
    counts: dict[str, list[CeilingCounts]] = defaultdict(list)
    heads: dict[str, UnitHead] = {}
    child = len(unit.path) + SEGMENT
    for what, path, first, sector, code, name, level, *numbers in _rows(unit, child):
        if what == "figures":
            sums[path][sector][first] = numbers
        elif what == "ceiling":
            levels = dict(zip(LEVELS, numbers, strict=False))
            counts[path[:child]].append(CeilingCounts(code, name, first, levels))
        else:
            heads[path] = UnitHead(code, name, first, sector, level)
    rules = unit.campaign.rules
    own = heads.pop(unit.path)
    rows = {path: ceilings.check(rules, found) for path, found in counts.items()}
    children = [
        _unit(head, sums[path], rows.get(path, ()))
        for path, head in sorted(heads.items(), key=lambda item: item[1].code.encode())
    ]
    every = sorted(
        (row for of in rows.values() for row in of), key=lambda row: row.unit
    )
    return Rollup(
        unit.campaign.code,
        rules.code,
        _unit(own, sums[WHOLE], tuple(every)),
        tuple(children),
    )


def _rows(unit: CampaignUnit, child: int) -> Iterator[tuple[Any, ...]]:
    lower, upper = subtree_range(unit.path)
    given: dict[str, int | str] = {
        "campaign": unit.campaign_id,
        "unit": unit.pk,
        "lower": lower,
        "upper": upper,
        "child": child,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, given)
        yield from cursor.fetchall()


def _unit(
    head: UnitHead, sectors: Sectors, rows: tuple[CeilingRow, ...]
) -> UnitFigures:
    by_sector = {
        sector: _figures(sectors[sector])
        for sector in vocabulary().sectors
        if sector in sectors
    }
    whole = _figures(sectors.get(ALL_SECTORS, {}))
    return UnitFigures(head, whole, by_sector, rows)


def _figures(subjects: Mapping[str, Sums]) -> Figures:
    return Figures(
        _members(subjects.get("MEMBERS", NO_SUMS)),
        _organisations(subjects.get("CELLS", NO_SUMS)),
        _organisations(subjects.get("GRASSROOTS", NO_SUMS)),
    )


def _members(sums: Sums) -> MemberCounts:
    present, exempt, not_reviewed, suspended, under_six_months, other = sums[:6]
    excellent, good, satisfactory, not_completed = sums[6:10]
    degradation, under_half, state_rating, disciplined, others, unstated = sums[10:]
    return MemberCounts(
        present,
        exempt,
        not_reviewed,
        {
            "SUSPENDED": suspended,
            "UNDER_SIX_MONTHS": under_six_months,
            "OTHER": other,
        },
        excellent + good + satisfactory + not_completed,
        _levels(sums),
        {
            "DEGRADATION": degradation,
            "UNDER_HALF_OF_TARGETS": under_half,
            "STATE_RATING": state_rating,
            "DISCIPLINED": disciplined,
            "OTHER": others,
            "UNSTATED": unstated,
        },
    )


def _organisations(sums: Sums) -> OrganisationCounts:
    return OrganisationCounts(sums[0], sum(sums[6:10]), _levels(sums), {})


def _levels(sums: Sums) -> dict[str, int]:
    return dict(zip(LEVELS, sums[6:10], strict=True))
