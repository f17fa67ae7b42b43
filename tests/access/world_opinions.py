"""What the two districts have of opinions of other bodies.

In each: the first cell has asked a committee at the place of residence about its first
two people, of whom the first is answered, and a mass organisation about itself; the
committee has asked its commission about somebody of the second cell.
"""

from campaigns.models import Campaign, CampaignUnit
from reviews.models import Opinion, OpinionRequest
from tests.access.world_collective_reports import body_of
from tests.access.world_pledges import participant
from tests.factories import (
    OpinionEntryFactory,
    OpinionFactory,
    OpinionRequestFactory,
    ResidenceExemptionFactory,
)

SOURCES = {".G.1": "RESIDENCE", ".G": "INSPECTION_COMMISSION"}


def add_opinions(code: str, campaign: Campaign) -> None:
    """Give a district what the addresses below name."""
    cell = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.G.1")
    committee = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.G")
    at_home = OpinionRequestFactory(unit=cell, goes_to=committee)
    came = OpinionFactory(
        request=at_home, participant=participant(code, ".G.1-1"), state="RECEIVED"
    )
    OpinionEntryFactory(opinion=came)
    OpinionFactory(request=at_home, participant=participant(code, ".G.1-2"))
    ResidenceExemptionFactory(participant=participant(code, ".G.1-3"))
    union = OpinionRequestFactory(
        unit=cell, goes_to=committee, source="MASS_ORGANISATION", body_name="Công đoàn"
    )
    OpinionFactory(request=union, participant=None, body=body_of(code, ".G.1"))
    commission = OpinionRequestFactory(
        unit=committee, source=SOURCES[".G"], body_name="UBKT Đảng ủy"
    )
    OpinionFactory(request=commission, participant=participant(code, ".G.2-1"))


def opinion_request(code: str, suffix: str) -> OpinionRequest:
    return OpinionRequest.objects.get(
        unit__code=f"{code}{suffix}", source=SOURCES[suffix]
    )


def opinion(code: str, suffix: str) -> Opinion:
    return Opinion.objects.get(participant=participant(code, suffix))
