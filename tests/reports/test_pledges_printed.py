"""All pledges of a cell in one file, and what each author reads of it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from campaigns.models import PLEDGES, CampaignUnit, Participant
from members import limits
from members.models import Event
from members.models.events import OPENINGS
from members.policy import Role
from members.queries import openings_of, post_name
from members.services import bulk_reading
from reports.documents.writers import CONTENT_TYPES
from reports.services import written as printing
from reviews.models import SELF_REVIEWS
from tests.factories import (
    CampaignFactory,
    CampaignUnitFactory,
    PlacementFactory,
    PledgeAnswerFactory,
    PostFactory,
)
from tests.reports.printouts import MAIN, document_of, paragraphs_of

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
    monkeypatch.setattr(printing, "write", lambda _printout, _extension: b"")
    secretary = Client()
    secretary.force_login(PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account)

    def queries_for(more: int, extension: str = "pdf") -> int:
        for _one in range(more):
            confirm_one(cell)
        unit = (cell.campaign_id, cell.live_unit_id)
        with CaptureQueriesContext(connection) as asked:
            page = reverse("unit_pledges_print", args=[*unit, extension])
            assert secretary.get(page).status_code == 200
        return len(asked)

    queries_for(1)  # the chain of the unit's events begins
    few, many = queries_for(1), queries_for(4)
    in_word = queries_for(0, "docx")

    assert few == many == in_word
    opened = Event.objects.filter(action="pledges.opened", unit=cell.live_unit)
    assert opened.count() == 1 + 2 + 6 + 6


def test_a_cell_is_one_file_for_word_with_a_section_for_each(cell):
    for _one in range(3):
        confirm_one(cell)
    secretary = Client()
    secretary.force_login(PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account)
    unit = (cell.campaign_id, cell.live_unit_id)

    given = secretary.get(reverse("unit_pledges_print", args=[*unit, "docx"]))

    assert given["Content-Type"] == CONTENT_TYPES["docx"]
    assert f'filename="cam-ket-{cell.code}.docx"' in given["Content-Disposition"]
    content = b"".join(given.streaming_content)
    assert len([*document_of(content).iter(f"{MAIN}sectPr")]) == 3
    heading = f"BẢN CAM KẾT\nTU DƯỠNG, RÈN LUYỆN, PHẤN ĐẤU NĂM {cell.campaign.year}"
    assert paragraphs_of(content).count(heading) == 3


def test_printing_many_is_told_once_and_each_reads_of_it(cell, monkeypatch):
    monkeypatch.setattr(printing, "write", lambda _printout, _extension: b"")
    shrunk = replace(limits.limits(), people_opened=1)
    monkeypatch.setattr(bulk_reading, "limits", lambda: shrunk)
    for _one in range(2):
        confirm_one(cell)
    post = PostFactory(unit=cell.live_unit, role=Role.SECRETARY)
    secretary = Client()
    secretary.force_login(post.account)
    page = reverse(
        "unit_pledges_print", args=[cell.campaign_id, cell.live_unit_id, "pdf"]
    )

    secretary.get(page)
    secretary.get(page)

    told = Event.objects.get(action="members.opened_in_bulk")
    assert (told.post, told.unit, told.data) == (post, cell.live_unit, {"people": 2})
    somebody = Participant.objects.filter(campaign=cell.campaign).first()
    with override("en"):
        readers = {opening.post for opening in openings_of(somebody.member)}
        expected = f"{post_name(post)} (read the pledge)"
    assert readers == {expected}


def test_every_kind_of_document_is_counted():
    assert {PLEDGES.opened, SELF_REVIEWS.opened} == set(OPENINGS) - {"members.opened"}
