"""Who is not reviewed, and why; levels of organisations, proposed and decided."""

from datetime import date

import factory

from reviews.models import (
    BodyDecision,
    BodyDecisionLine,
    BodyProposal,
    UnreviewedReason,
)
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import (
    CampaignBodyFactory,
    CampaignUnitFactory,
    ParticipantFactory,
)


class UnreviewedReasonFactory(Factory):
    class Meta:
        model = UnreviewedReason

    participant = factory.SubFactory(ParticipantFactory)
    code = "ILL"
    recorded_at = NOON


class BodyProposalFactory(Factory):
    """What a collective proposes of itself."""

    class Meta:
        model = BodyProposal

    body = factory.SubFactory(CampaignBodyFactory)
    party = "OWN"
    party_name = "Chi ủy"
    level = "GOOD"
    on = date(2024, 11, 20)
    recorded_at = NOON


class BodyDecisionFactory(Factory):
    class Meta:
        model = BodyDecision

    unit = factory.SubFactory(CampaignUnitFactory)
    document = factory.Sequence(lambda n: f"{n}-QĐ/ĐU")
    on = date(2024, 11, 28)
    minutes = "BB 14"
    minutes_on = date(2024, 11, 27)
    present = 13
    votes_for = 12
    votes_against = 0
    signed_by = "Trần Văn Bình"
    recorded_at = NOON


class BodyDecisionLineFactory(Factory):
    class Meta:
        model = BodyDecisionLine

    decision = factory.SubFactory(BodyDecisionFactory)
    body = factory.SubFactory(CampaignBodyFactory)
    level = "GOOD"
