"""What several tests of reports share."""

import pytest

from campaigns.models import Campaign, CampaignUnit
from members.policy import Role
from reports.services import sources
from tests.factories import PostFactory
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of


@pytest.fixture
def campaign(db) -> Campaign:
    return imported(contents(people=DISTRICT_PEOPLE))


@pytest.fixture
def root(campaign) -> CampaignUnit:
    return unit_of(campaign, "H")


@pytest.fixture
def post(root):
    return PostFactory(unit=root.live_unit, role=Role.CLERK)


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The documents that went to the renderer; what it draws costs nothing here."""
    documents: list[str] = []

    def draw(html: str) -> bytes:
        documents.append(html)
        return b"%PDF-1.7 " + html.encode()

    monkeypatch.setattr(sources, "html_to_pdf", draw)
    return documents
