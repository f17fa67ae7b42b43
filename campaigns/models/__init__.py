"""Campaigns and their frozen worlds: units, bodies, people, tallies."""

from campaigns.models.bodies import CampaignBody
from campaigns.models.campaign import Campaign, CampaignUnit
from campaigns.models.people import LateChange, Participant, Placement
from campaigns.models.tally import COUNTED, LEVEL_COLUMNS, REASON_COLUMNS, Tally

__all__ = [
    "COUNTED",
    "LEVEL_COLUMNS",
    "REASON_COLUMNS",
    "Campaign",
    "CampaignBody",
    "CampaignUnit",
    "LateChange",
    "Participant",
    "Placement",
    "Tally",
]
