"""What the two districts have of levels of organisations.

In each somebody has recorded what the first cell proposes of itself, and the committee
has decided on the second.
"""

from campaigns.models import Campaign, CampaignUnit
from reviews.models import BodyDecision, BodyProposal
from tests.access.world_collective_reports import body_of
from tests.factories import (
    BodyDecisionFactory,
    BodyDecisionLineFactory,
    BodyProposalFactory,
)


def add_levels_of_organisations(code: str, campaign: Campaign) -> None:
    """Give a district what the addresses name."""
    committee = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.G")
    BodyProposalFactory(body=body_of(code, ".G.1"))
    decision = BodyDecisionFactory(unit=committee)
    BodyDecisionLineFactory(decision=decision, body=body_of(code, ".G.2"))


def body_proposal(code: str, suffix: str) -> BodyProposal:
    return BodyProposal.objects.get(body=body_of(code, suffix))


def body_decision(code: str, suffix: str) -> BodyDecision:
    return BodyDecision.objects.get(unit__code=f"{code}{suffix}")
