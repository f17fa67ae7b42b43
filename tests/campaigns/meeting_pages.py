"""The pages of meetings of a cell, and who opens them."""

from datetime import UTC, datetime

from django.test import Client
from django.urls import reverse

from campaigns.models import (
    Campaign,
    Meeting,
)
from members.policy import Role
from tests.factories import (
    CampaignFactory,
    CampaignUnitFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)


def cell_of_a_campaign():
    campaign = CampaignFactory(
        state=Campaign.State.OPEN,
        opened_at=datetime(2024, 1, 15, 5, tzinfo=UTC),
        rule_set_resolved={},
    )
    root = CampaignUnitFactory(campaign=campaign)
    return CampaignUnitFactory(campaign=campaign, parent=root)


def three_in(cell):
    return [
        PlacementFactory(
            unit=cell,
            participant=ParticipantFactory(
                campaign=cell.campaign, full_name=name, sort_key=name.lower()
            ),
        ).participant
        for name in ("An", "Bảy", "Cúc")
    ]


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def secretary_of(unit) -> Client:
    return client_of(PostFactory(unit=unit, role=Role.SECRETARY).account)


def address(of, name="detail", *more):
    if isinstance(of, Meeting):
        more, of = (of.pk, *more), of.unit
    short = name if name.startswith(("guest", "task")) else f"meeting_{name}"
    return reverse(f"meetings:{short}", args=[of.campaign_id, of.live_unit_id, *more])
