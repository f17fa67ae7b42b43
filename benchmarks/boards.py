"""The board of a province, against one grouped SQL statement written by hand for it."""

from datetime import date

from django.db import connection

from benchmarks.measuring import Row, in_turns
from campaigns.models import CampaignUnit
from campaigns.queries.progress import PeopleProgress, UnitsProgress
from members.paths import SEGMENT, subtree_range
from members.policy import SYSTEM
from reports.queries import boards

GOAL = 1.3
STATEMENT = """
SELECT head.code, head.name, head.live_unit_id,
    sums.owed, sums.draft, sums.sent, sums.returned, sums.confirmed, sums.free,
    sums.review_sent, sums.reviewed, sums.study_owed, sums.studied, sums.to_check,
    sums.checked, counts.units, coalesce(programmes.adopted, 0)
FROM (
    SELECT left(u.path, %(child)s) AS path,
        sum(t.present - t.exempt - t.suspended)::int AS owed,
        sum(t.pledge_draft)::int AS draft, sum(t.pledge_sent)::int AS sent,
        sum(t.pledge_returned)::int AS returned,
        sum(t.pledge_confirmed)::int AS confirmed,
        sum(t.exempt + t.suspended)::int AS free,
        sum(t.review_sent)::int AS review_sent,
        sum(t.review_confirmed + t.review_reviewed)::int AS reviewed,
        sum(t.study_owed)::int AS study_owed, sum(t.studied)::int AS studied,
        count(*) FILTER (WHERE t.pledge_confirmed > 0 AND (
            t.pledge_confirmed_from < %(until_on)s OR t.pledge_confirmed_from IS NULL
        )) AS to_check,
        count(*) FILTER (WHERE t.pledge_confirmed > 0 AND (
            t.pledge_confirmed_from < %(until_on)s OR t.pledge_confirmed_from IS NULL
        ) AND t.unit_id IN (
            SELECT r.unit_id FROM campaigns_checkround r
                JOIN campaigns_campaignunit of ON of.id = r.unit_id
            WHERE of.campaign_id = %(campaign)s
                AND r."on" >= %(from_on)s AND r."on" < %(until_on)s
        )) AS checked
    FROM campaigns_tally t JOIN campaigns_campaignunit u ON u.id = t.unit_id
    WHERE u.campaign_id = %(campaign)s AND t.subject = 'MEMBERS'
        AND u.path >= %(lower)s AND u.path < %(upper)s
    GROUP BY 1
) sums JOIN (
    SELECT left(u.path, %(child)s) AS path, count(*) AS units
    FROM campaigns_campaignunit u
    WHERE u.campaign_id = %(campaign)s AND u.closed_on IS NULL
        AND u.path >= %(lower)s AND u.path < %(upper)s
    GROUP BY 1
) counts USING (path) LEFT JOIN (
    SELECT left(u.path, %(child)s) AS path, count(*) AS adopted
    FROM campaigns_programme p JOIN campaigns_campaignunit u ON u.id = p.unit_id
    WHERE u.campaign_id = %(campaign)s AND u.closed_on IS NULL
        AND u.path >= %(lower)s AND u.path < %(upper)s AND p.state <> 'DRAFT'
    GROUP BY 1
) programmes USING (path) JOIN campaigns_campaignunit head
    ON head.campaign_id = %(campaign)s AND head.path = sums.path
    AND head.parent_id = %(parent)s AND head.closed_on IS NULL
ORDER BY head.code COLLATE "C"
"""
MONTH = 11  # is over, and the board shows its checks


def measure(unit: CampaignUnit, *, rounds: int) -> Row:
    """Make the rows of the unit's board both ways, in turns."""
    today = date(unit.campaign.year, MONTH + 1, 15)
    _own, ours = boards.board_of(unit, SYSTEM, sort="name", today=today)
    assert ours == board_by_hand(unit), "the two ways give different rows"
    times = in_turns(
        lambda: boards.board_of(unit, SYSTEM, sort="name", today=today),
        lambda: board_by_hand(unit),
        rounds=rounds,
    )
    return Row(
        name=f"board of {len(ours)} units below / one grouped statement by hand",
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times}; {sum(row.pledges.owed for row in ours):,} who owe a pledge",
    )


def board_by_hand(unit: CampaignUnit) -> list[boards.BoardRow]:
    """Return the rows below the unit by one statement."""
    lower, upper = subtree_range(unit.path)
    with connection.cursor() as cursor:
        cursor.execute(
            STATEMENT,
            {
                "campaign": unit.campaign_id,
                "parent": unit.pk,
                "lower": lower,
                "upper": upper,
                "child": len(unit.path) + SEGMENT,
                "from_on": date(unit.campaign.year, MONTH, 1),
                "until_on": date(unit.campaign.year, MONTH + 1, 1),
            },
        )
        return [
            boards.BoardRow(
                code,
                name,
                boards.board_url(unit.campaign_id, live_unit),
                PeopleProgress(*counts[:-2]),
                UnitsProgress(*counts[-2:]),
            )
            for code, name, live_unit, *counts in cursor.fetchall()
        ]
