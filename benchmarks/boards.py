"""The board of a province, against one grouped SQL statement written by hand for it."""

from django.db import connection

from benchmarks.measuring import Row, in_turns
from campaigns.models import CampaignUnit
from campaigns.queries.progress import PledgeProgress
from members.paths import SEGMENT, subtree_range
from members.policy import SYSTEM
from reports.queries import boards

GOAL = 1.3
STATEMENT = """
SELECT head.code, head.name, head.live_unit_id,
    sums.owed, sums.draft, sums.sent, sums.returned, sums.confirmed,
    sums.free
FROM (
    SELECT substr(u.path, 1, %(child)s) AS path,
        sum(t.present - t.exempt - t.suspended)::int AS owed,
        sum(t.pledge_draft)::int AS draft, sum(t.pledge_sent)::int AS sent,
        sum(t.pledge_returned)::int AS returned,
        sum(t.pledge_confirmed)::int AS confirmed,
        sum(t.exempt + t.suspended)::int AS free
    FROM campaigns_tally t JOIN campaigns_campaignunit u ON u.id = t.unit_id
    WHERE u.campaign_id = %(campaign)s AND t.subject = 'MEMBERS'
        AND u.path >= %(lower)s AND u.path < %(upper)s
    GROUP BY 1
) sums JOIN campaigns_campaignunit head
    ON head.campaign_id = %(campaign)s AND head.path = sums.path
    AND head.parent_id = %(parent)s AND head.closed_on IS NULL
ORDER BY head.code COLLATE "C"
"""


def measure(unit: CampaignUnit, *, rounds: int) -> Row:
    """Make the rows of the unit's board both ways, in turns."""
    _own, ours = boards.board_of(unit, SYSTEM, sort="name")
    assert ours == board_by_hand(unit), "the two ways give different rows"
    times = in_turns(
        lambda: boards.board_of(unit, SYSTEM, sort="name"),
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
            },
        )
        return [
            boards.BoardRow(
                code,
                name,
                boards.board_url(unit.campaign_id, live_unit),
                PledgeProgress(*counts),
            )
            for code, name, live_unit, *counts in cursor.fetchall()
        ]
