"""Requests for opinions, opinions with their words, and who needs none."""

from datetime import date

import factory

from reviews.models import (
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
)
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import CampaignUnitFactory, ParticipantFactory


class OpinionRequestFactory(Factory):
    """The unit decides on the levels itself, unless it is said otherwise."""

    class Meta:
        model = OpinionRequest

    unit = factory.SubFactory(CampaignUnitFactory)
    goes_to = factory.SelfAttribute("unit")
    source = "RESIDENCE"
    body_name = "Chi ủy khu phố 3"
    document = "CV 05-CV/CB"
    asked_on = date(2024, 11, 1)
    due_on = date(2024, 11, 20)
    asked_at = NOON


class OpinionFactory(Factory):
    """On a person; on a collective with `body=` and `participant=None`."""

    class Meta:
        model = Opinion

    request = factory.SubFactory(OpinionRequestFactory)
    goes_to = factory.SelfAttribute("request.goes_to")
    participant = factory.SubFactory(ParticipantFactory)


class OpinionEntryFactory(Factory):
    class Meta:
        model = OpinionEntry

    opinion = factory.SubFactory(OpinionFactory, state="RECEIVED")
    text = "Gương mẫu, dự họp đầy đủ"
    document = "NX 7"
    signed_on = date(2024, 11, 10)
    came_on = date(2024, 11, 12)
    at = NOON


class ResidenceExemptionFactory(Factory):
    class Meta:
        model = ResidenceExemption

    participant = factory.SubFactory(ParticipantFactory)
    category = "BARRACKS"
    recorded_at = NOON
