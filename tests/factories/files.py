"""Files of units with what they propose, and decisions on them."""

from datetime import date

import factory

from reviews.models import (
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    Proposal,
    UnitFile,
)
from tests.factories.base import Factory
from tests.factories.campaigns import CampaignUnitFactory, ParticipantFactory
from tests.factories.pledges import SENT_AT


class UnitFileFactory(Factory):
    """A first version that is on its way."""

    class Meta:
        model = UnitFile

    unit = factory.SubFactory(CampaignUnitFactory)
    number = 1
    goes_to = factory.SelfAttribute("unit.parent")
    state = "SENT"
    minutes = "BB 03"
    minutes_on = date(2024, 11, 10)
    sent_at = SENT_AT


class ProposalFactory(Factory):
    class Meta:
        model = Proposal

    file = factory.SubFactory(UnitFileFactory)
    participant = factory.SubFactory(ParticipantFactory)
    level = "GOOD"


class DecisionFactory(Factory):
    class Meta:
        model = Decision

    unit = factory.SubFactory(CampaignUnitFactory)
    document = factory.Sequence(lambda n: f"{n}-QĐ/ĐU")
    on = date(2024, 11, 28)
    minutes = "BB 12"
    minutes_on = date(2024, 11, 27)
    present = 13
    votes_for = 13
    votes_against = 0
    signed_by = "Trần Văn Bình"
    recorded_at = SENT_AT


class DecisionLineFactory(Factory):
    class Meta:
        model = DecisionLine

    decision = factory.SubFactory(DecisionFactory)
    participant = factory.SubFactory(ParticipantFactory)
    proposed_level = "GOOD"
    level = "GOOD"


class LevelNoticeFactory(Factory):
    class Meta:
        model = LevelNotice

    participant = factory.SubFactory(ParticipantFactory)
    decision = factory.SubFactory(DecisionFactory)
    way = "PAPER"
    given_on = date(2024, 12, 2)
    recorded_at = SENT_AT


class LevelRequestFactory(Factory):
    """One that is on its way."""

    class Meta:
        model = LevelRequest

    participant = factory.SubFactory(ParticipantFactory)
    decision = factory.SubFactory(DecisionFactory)
    goes_to = factory.SelfAttribute("decision.unit")
    level = "GOOD"
    text = "Xin xem lại việc được giao thêm"
    filed_at = SENT_AT


class LevelRevisionFactory(Factory):
    class Meta:
        model = LevelRevision

    participant = factory.SubFactory(ParticipantFactory)
    decision = factory.SubFactory(DecisionFactory)
    previous_level = "SATISFACTORY"
    level = "GOOD"
    note = "Đã xem lại hồ sơ"
