"""Figures that a unit signed."""

from datetime import date

import factory

from members.policy import Role
from reports.models import Submission, SubmissionPart
from tests.factories.accounts import PostFactory
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import CampaignUnitFactory


class SubmissionFactory(Factory):
    """The first version, with three members and nothing below."""

    class Meta:
        model = Submission

    unit = factory.SubFactory(CampaignUnitFactory)
    number = 1
    digest = "0" * 64
    head = factory.LazyAttribute(
        lambda row: {
            "code": row.unit.code,
            "name": row.unit.name,
            "kind": row.unit.kind,
            "sector": row.unit.figure_sector,
            "level": "",
        }
    )
    own = factory.LazyFunction(lambda: {"": {"MEMBERS": {"present": 3, "good": 3}}})
    total = factory.SelfAttribute("own")
    limits = factory.LazyFunction(list)
    above = factory.LazyFunction(list)
    on_behalf_of = "Ban Chấp hành"
    signatory = factory.SubFactory(
        PostFactory, unit=factory.SelfAttribute("..unit.live_unit"), role=Role.SECRETARY
    )
    signed_by = "Nguyễn Văn An"
    signed_as = Role.SECRETARY
    document = "25-BC/ĐU"
    on = date(2024, 12, 1)
    minutes = "3-BB/ĐU"
    minutes_on = date(2024, 11, 30)
    recorded_at = NOON


class SubmissionPartFactory(Factory):
    """A child that had not signed."""

    class Meta:
        model = SubmissionPart

    submission = factory.SubFactory(SubmissionFactory)
    unit = factory.SubFactory(CampaignUnitFactory)
    part = None
    head = factory.LazyAttribute(
        lambda row: {
            "code": row.unit.code,
            "name": row.unit.name,
            "kind": row.unit.kind,
            "sector": row.unit.figure_sector,
            "level": "",
        }
    )
