"""What was done at a campaign's unit and below over the year of the campaign."""

from campaigns.figures import Activities, Period
from campaigns.models import CampaignUnit
from campaigns.queries.record_figures import activities_of
from campaigns.queries.year import Year, year_of


def done_in_the_year(unit: CampaignUnit) -> tuple[Year, Activities]:
    """Return the steps of the year, and what was recorded over it; 21 queries.

    The caller got the unit by a scope. Records are those of the live unit as its tree
    stands today (docs/rules/records.md § 4.1).
    """
    period = Period.of_year(unit.campaign.year)
    return year_of(unit), activities_of(unit.live_unit, period)
