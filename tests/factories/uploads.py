"""Workbooks that were sent, and reports that were asked for."""

import factory
from django.core.files.base import ContentFile

from members.models import (
    RollImport,
)
from reports.models import CellPapers, RollupReport
from reviews.models import ResultsImport
from tests.factories.accounts import AccountFactory
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import CampaignFactory
from tests.factories.units import DistrictFactory


class ResultsImportFactory(Factory):
    """An upload that waits to be read; the file itself is not there."""

    class Meta:
        model = ResultsImport

    campaign_code = factory.Sequence(lambda n: f"nhap-{n}-2024")
    campaign_name = "Kiểm điểm, xếp loại chất lượng năm 2024"
    year = 2024
    rule_set_code = "qd124-2023"
    within = factory.SubFactory(DistrictFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = NOON
    file = "imports/ket-qua.xlsx"
    file_name = "ket-qua.xlsx"
    file_sha256 = "0" * 64


class RollImportFactory(Factory):
    """A roll that waits to be read; the file itself is not there."""

    class Meta:
        model = RollImport

    within = factory.SubFactory(DistrictFactory)
    uploaded_by = factory.SubFactory(AccountFactory)
    uploaded_at = NOON
    file = "imports/danh-sach.xlsx"
    file_name = "danh-sach.xlsx"
    file_sha256 = "0" * 64


class RollupReportFactory(Factory):
    """A report that was asked for and has no job."""

    class Meta:
        model = RollupReport

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SelfAttribute("campaign.root_unit")
    requested_by = factory.SubFactory(AccountFactory)
    requested_at = NOON


class CellPapersFactory(Factory):
    """Papers of a cell that were made, with a file."""

    class Meta:
        model = CellPapers

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.SelfAttribute("campaign.root_unit")
    requested_by = factory.SubFactory(AccountFactory)
    requested_at = NOON
    finished_at = NOON
    file = factory.LazyFunction(
        lambda: ContentFile(b"%PDF-1.7 papers", name="cell-papers/made.pdf")
    )
