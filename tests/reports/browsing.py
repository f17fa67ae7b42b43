"""A clerk at the pages of figures, and a report to be found there."""

from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from campaigns.models import CampaignUnit
from members.policy import Role
from reports.models import RollupReport
from tests.clients import english_client
from tests.factories import PostFactory, RollupReportFactory

NOW = datetime(2025, 1, 5, 5, tzinfo=UTC)


def clerk_of(unit: CampaignUnit) -> Client:
    post = PostFactory(unit=unit.live_unit, role=Role.CLERK)
    client = english_client()
    client.force_login(post.account)
    return client


def page_of(unit: CampaignUnit, name: str = "unit_figures") -> str:
    return reverse(name, args=[unit.campaign_id, unit.live_unit_id])


def finished(unit: CampaignUnit, **columns: object) -> RollupReport:
    report = RollupReportFactory.build(
        campaign=unit.campaign,
        unit=unit.live_unit,
        requested_by=None,
        finished_at=NOW,
        input_digest="d" * 64,
        **columns,
    )
    report.pdf.save("test/report.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.xlsx.save("test/report.xlsx", ContentFile(b"PK"), save=False)
    report.save()
    return report
