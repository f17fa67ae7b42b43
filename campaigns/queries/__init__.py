"""Reads that are made of several rows."""

from campaigns.queries.late_changes import changes_of, waiting_for
from campaigns.queries.reorganisations import (
    CampaignCounts,
    ChangedUnits,
    changed_units,
    counts_of,
    offers_of,
)

__all__ = [
    "CampaignCounts",
    "ChangedUnits",
    "changed_units",
    "changes_of",
    "counts_of",
    "offers_of",
    "waiting_for",
]
