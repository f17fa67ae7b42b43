"""Who sees which rows, worked out once more: slow, plain, from nothing but the tables.

Tests compare `visible_to` and row-level security with this; it shares no line of code
with either. A new table goes into the module of its subject.
"""

from zoneinfo import ZoneInfo

from django.utils import timezone

from campaigns.models import (
    CampaignBody,
    CampaignUnit,
    Meeting,
    Programme,
    StudySession,
    TeamVisit,
    WorkingTeam,
)
from members.models import Account, PartyUnit
from tests.members.seen_rows import (
    collectives,
    levels,
    meetings,
    opinions,
    pledges,
    registry,
    remediation,
    reviews,
    self_reviews,
    work,
)
from tests.members.seen_rows.eyes import Eyes

SEES = {
    **registry.SEES,
    **work.SEES,
    **meetings.SEES,
    **pledges.SEES,
    **self_reviews.SEES,
    **collectives.SEES,
    **reviews.SEES,
    **levels.SEES,
    **remediation.SEES,
    **opinions.SEES,
}
# Rows that everybody sees, or nobody asks for here; others hang on them.
BESIDE = (
    Account,
    CampaignBody,
    CampaignUnit,
    Meeting,
    PartyUnit,
    Programme,
    StudySession,
    TeamVisit,
    WorkingTeam,
)


class World:
    """All rows of a small world, read once."""

    def __init__(self) -> None:
        self.rows = {
            model: {row["id"]: row for row in model.objects.values()}
            for model in (*SEES, *BESIDE)
        }
        self.today = timezone.localdate(timezone=ZoneInfo("Asia/Ho_Chi_Minh"))

    def seen_by(self, account_id: int) -> dict[str, set[int]]:
        """The numbers of the rows that an account sees, by model."""
        eyes = Eyes(self.rows, SEES, account_id, self.today)
        return {
            model.__name__: {
                pk for pk, row in self.rows[model].items() if sees(eyes, row)
            }
            for model, sees in SEES.items()
        }
