"""A district that plans its campaign, and who works on it by the pages."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import CampaignUnit
from campaigns.services import opening
from members.policy import Role
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
    PhaseFactory,
    PostFactory,
    UnitFactory,
)
from tests.small_worlds import BY_COMMAND

TODAY = timezone.localdate


def page(name, *args):
    return reverse(f"plans:{name}", args=args)


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


class World:
    """A district with a committee, a cell, two people; its clerk, the cell's secretary."""

    def __init__(self):
        self.district = DistrictFactory(code="H")
        self.committee = GrassrootsFactory(code="G", parent=self.district)
        self.cell = UnitFactory(code="G1", parent=self.committee)
        self.people = [
            MemberFactory(code=code, cell=self.cell) for code in ("P1", "P2")
        ]
        self.clerk = self.post(self.district, Role.CLERK)
        self.secretary = self.post(self.cell, Role.SECRETARY)
        self.member = client_of(AccountFactory(member=self.people[0]))

    def post(self, unit, role):
        return client_of(PostFactory(unit=unit, role=role).account)

    def draft(self, **columns):
        campaign = opening.create_campaign(
            code="dot", name="Đợt", year=TODAY().year, root_unit=self.district,
            rule_set_code="qd366-2025",
        )  # fmt: skip
        for name, value in columns.items():
            setattr(campaign, name, value)
        campaign.save()
        return campaign

    def opened(self):
        campaign = self.draft()
        today = TODAY()
        PhaseFactory(
            campaign=campaign,
            from_on=today - timedelta(days=20),
            until_on=today,
        )
        return opening.open_campaign(
            campaign=campaign, **{**BY_COMMAND, "now": timezone.now()}
        )

    def unit(self, campaign, live):
        return CampaignUnit.objects.get(campaign=campaign, live_unit=live)


def errors(answer):
    assert answer.status_code == 422
    return {name: list(texts) for name, texts in answer.context["form"].errors.items()}
