"""The counts of a unit's records over a period, and since its congress term began."""

from campaigns.figures import Period
from campaigns.queries.record_figures import activities_of, since_the_term_began
from members.models import PartyUnit
from reports.documents.record_figures import RecordFigures


def record_figures_of(unit: PartyUnit, period: Period) -> RecordFigures:
    """Return both counts of a unit that the caller got by a scope; 21 queries.

    The term is the one that runs on the last day of the period, and its days go to there.
    """
    term = since_the_term_began(unit, period.until_on)
    return RecordFigures(
        unit=unit.name,
        period=period,
        activities=activities_of(unit, period),
        term=term,
        in_term=activities_of(unit, term) if term else None,
    )
