"""All pledges of a cell in one file, and what each author reads of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import CampaignUnit, Participant
from members.models import Event
from members.policy import Role
from reports.services import written as printing
from tests.factories import (
    CampaignFactory,
    CampaignUnitFactory,
    PlacementFactory,
    PledgeAnswerFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell() -> CampaignUnit:
    campaign = CampaignFactory(
        state="OPEN", opened_at=timezone.now(), rule_set_resolved={}, mode="FULL_TEXT"
    )
    root = CampaignUnitFactory(campaign=campaign)
    return CampaignUnitFactory(campaign=campaign, parent=root)


def confirm_one(cell: CampaignUnit) -> None:
    person = PlacementFactory(
        unit=cell, participant__pledge_state=Participant.Pledge.CONFIRMED
    ).participant
    PledgeAnswerFactory(text__pledge__participant=person)


def test_a_cell_is_printed_by_as_many_queries_however_many_people(cell, monkeypatch):
    monkeypatch.setattr(printing, "html_to_pdf", lambda html: html.encode())
    secretary = Client()
    secretary.force_login(PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account)
    page = reverse("unit_pledges_print", args=[cell.campaign_id, cell.live_unit_id])

    def queries_for(more: int) -> int:
        for _one in range(more):
            confirm_one(cell)
        with CaptureQueriesContext(connection) as asked:
            assert secretary.get(page).status_code == 200
        return len(asked)

    queries_for(1)  # the chain of the unit's events begins
    few, many = queries_for(1), queries_for(4)

    assert few == many
    opened = Event.objects.filter(action="pledges.opened", unit=cell.live_unit)
    assert opened.count() == 1 + 2 + 6
