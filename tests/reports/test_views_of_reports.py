"""What a page says of a report: its language, whether its figures still stand."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from campaigns.models import CampaignUnit
from reports.models import RollupReport
from reports.services.sources import source_of
from tests.reports.browsing import clerk_of, finished, page_of
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_language():
    """A request leaves its language behind; the next test is to find its own."""
    with override("vi"):
        yield


@pytest.fixture
def small():
    return imported(contents(people=DISTRICT_PEOPLE))


def test_the_reports_of_a_unit_are_told_apart_by_their_language(small):
    root = unit_of(small, "H")
    reports = {language: finished(root, language=language) for language in ("vi", "en")}
    client = clerk_of(root)

    listed = client.get(page_of(root))
    names = []
    for report in reports.values():
        address = reverse("reports:report_file", args=[report.pk, "pdf"])
        file = client.get(address)
        names.append(file["Content-Disposition"])
        file.getvalue()  # reading it to the end closes the file

    assert re.findall(r'data-label="Language">(.*?)<', listed.text) == [
        "English",
        "Tiếng Việt",
    ]
    assert names == [
        'attachment; filename="dot-2024-H.pdf"',
        'attachment; filename="dot-2024-H-en.pdf"',
    ]


CHANGED = "have changed since"


def made_of_the_figures_of_now(unit: CampaignUnit) -> RollupReport:
    digest = source_of(unit, language="vi").figures_digest
    return finished(unit, figures_digest=digest)


def pages_of(report: RollupReport, unit: CampaignUnit) -> dict[str, bool]:
    """Whether the list and the page of a report say that the figures have changed."""
    client = clerk_of(unit)
    addresses = {
        "list": page_of(unit),
        "page": reverse("reports:report_detail", args=[report.pk]),
    }
    return {name: CHANGED in client.get(at).text for name, at in addresses.items()}


def test_a_report_says_when_the_figures_have_changed_since(small):
    report = made_of_the_figures_of_now(unit_of(small, "H"))
    before = pages_of(report, unit_of(small, "H"))

    imported(contents(people={"X1": "GOOD"}))

    assert before == {"list": False, "page": False}
    assert pages_of(report, unit_of(small, "H")) == {"list": True, "page": True}


def test_a_report_stands_where_only_other_units_have_changed(small):
    report = made_of_the_figures_of_now(unit_of(small, "Y"))
    people = {**DISTRICT_PEOPLE, "X1": "GOOD"}

    imported(contents(people=people))

    assert pages_of(report, unit_of(small, "Y")) == {"list": False, "page": False}


def test_how_many_exceed_is_read_without_unfolding(small):
    page = clerk_of(unit_of(small, "H")).get(page_of(unit_of(small, "H")))

    line = re.search(r"<li>(Party members.*?)</li>\s*</ul>\s*<details", page.text, re.S)

    assert "the permitted number is exceeded in" in line[1]


def test_the_page_and_the_documents_use_the_same_words(small):
    root = unit_of(small, "H")
    page = clerk_of(root).get(page_of(root)).text
    with override("en"):
        document = source_of(root, language="en").html

    words = (
        "Exempt from party work and meetings",
        "Not yet reviewed",
        "Permitted number of the best level",
        *sentences_on_ceilings(page),
    )
    assert [(word in page, word in document) for word in words] == [
        (True, True) for _word in words
    ]


def sentences_on_ceilings(page: str) -> list[str]:
    found = re.findall(r"[^\n<>]+the permitted number is exceeded in[^<]+", page)
    assert found
    return [sentence.strip() for sentence in found]
