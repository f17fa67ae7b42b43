"""What several tests of results coming in share."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from members.policy import Role
from members.queries import actor_for
from reviews.models import ResultsImport
from reviews.services import workbooks
from tests.factories import DistrictFactory, PostFactory
from tests.reviews.result_books import book_of
from tests.reviews.uploads import NOW


@pytest.fixture
def english():
    """The language of the source, in which sentences are compared."""
    with override("en"):
        yield


@pytest.fixture
def district():
    return DistrictFactory(code="H", name="Đảng bộ huyện Yên Lạc", kind="DISTRICT")


@pytest.fixture
def post(district):
    return PostFactory(unit=district, role=Role.CLERK)


@pytest.fixture
def upload(district, post):
    """Send a workbook as the district's clerk."""

    def receive(content=None, **changes) -> ResultsImport:
        asked = {
            "file": SimpleUploadedFile("kết quả.xlsx", content or book_of()),
            "within": district,
            "campaign_code": "yen-lac-2017",
            "campaign_name": "Năm 2017",
            "rule_set_code": "hd27-2014",
            "year": 2017,
            "language": "en",
            **changes,
        }
        return workbooks.receive(
            workbooks.Upload(**asked),
            by=post.account,
            actor=actor_for(post.account),
            now=NOW,
        )

    return receive
