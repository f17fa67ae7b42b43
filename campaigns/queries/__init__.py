"""Reads that are made of several rows."""

from campaigns.queries.reorganisations import (
    CampaignCounts,
    ChangedUnits,
    Offer,
    changed_units,
    counts_of,
    offers_of,
)

__all__ = [
    "CampaignCounts",
    "ChangedUnits",
    "Offer",
    "changed_units",
    "counts_of",
    "offers_of",
]
