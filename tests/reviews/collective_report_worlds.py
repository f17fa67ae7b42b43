"""A collective whose report is written and sent."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import CampaignBody
from members import queries as registry
from members.policy import Role
from reviews.models import CollectiveReport, CollectiveReportDraft, CollectiveReportText
from reviews.services import collective_reports as services
from tests.factories import (
    CampaignBodyFactory,
    CampaignUnitFactory,
    CollectiveReportDraftFactory,
    CollectiveReportFactory,
    GrassrootsFactory,
    PostFactory,
)
from tests.reviews.self_review_worlds import opened

NOW = datetime(2024, 11, 20, 3, tzinfo=UTC)
TODAY = date(2024, 11, 20)
State = CampaignBody.Report
DEGREES, POINTS = "collective-01-2023.1", "collective-01-2025.1"
ANSWERS = {
    "unity": "Giữ nguyên tắc", "unity_degree": "GOOD",
    "shortcomings": "Họp muộn", "direction": "Họp trước ngày 5",
    "level_collective": "GOOD",
}  # fmt: skip


def body_of(rule_set="qd124-2023", **campaign) -> CampaignBody:
    root = CampaignUnitFactory(campaign=opened(rule_set, **campaign))
    live = GrassrootsFactory(parent=root.live_unit)
    committee = CampaignUnitFactory(campaign=root.campaign, parent=root, live_unit=live)
    cell = CampaignUnitFactory(campaign=root.campaign, parent=committee)
    return CampaignBodyFactory(unit=cell)


@pytest.fixture
def body():
    return body_of()


def holder(unit, role=Role.SECRETARY):
    return registry.actor_for(PostFactory(unit=unit.live_unit, role=role).account)


@pytest.fixture
def committee(body):
    return holder(body.unit.parent)


def written(body, *, form=DEGREES, **answers) -> CollectiveReportDraft:
    CollectiveReportFactory(body=body, form=form)
    CampaignBody.objects.filter(pk=body.pk).update(report_state=State.DRAFT)
    body.refresh_from_db()
    content = {"answers": ANSWERS | answers, "items": []}
    return CollectiveReportDraftFactory(body=body, form=form, content=content)


def sent(body, actor, **columns) -> CollectiveReportText:
    return services.send(
        draft=written(body, **columns), version=1, actor=actor, now=NOW
    )


def state_of(body) -> str:
    return CampaignBody.objects.get(pk=body.pk).report_state


def report_of(body) -> CollectiveReport:
    return CollectiveReport.objects.get(body=body)
