"""What several tests of results coming in share."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from members.policy import Role
from members.queries import actor_for
from reviews.models import ResultsImport
from reviews.services.workbooks import receiving
from tests.factories import DistrictFactory, PostFactory
from tests.reviews.result_books import book_of
from tests.reviews.result_sheets import PERSON, TREE
from tests.reviews.uploads import NOW


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
        return receiving.receive(
            receiving.NewUpload(**asked),
            actor=actor_for(post.account),
            now=NOW,
        )

    return receive


@pytest.fixture
def book(tmp_path):
    """Write a results workbook, `ket-qua.xlsx`."""

    def write(units=TREE, people=(PERSON,), *, name="ket-qua.xlsx") -> Path:
        file = tmp_path / name
        file.write_bytes(book_of(units, people))
        return file

    return write


@pytest.fixture
def run(capsys):
    """Run `import_results`; what it wrote on stdout and stderr, line by line."""

    def import_results(file, **options):
        asked = {"campaign": "yen-lac-2017", "rule_set": "hd27-2014", **options}
        call_command("import_results", file, **asked)
        told = capsys.readouterr()
        return told.out.splitlines(), told.err.splitlines()

    return import_results
