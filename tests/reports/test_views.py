"""The pages of figures and reports: their cost, their downloads, their acts."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from campaigns.models import CampaignUnit
from members.models import Event, Job
from members.policy import Role
from reports.models import RollupReport
from reports.services.sources import source_of
from tests.factories import AccountFactory, PostFactory, RollupReportFactory
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 1, 5, 5, tzinfo=UTC)
# Session, account, posts and the post's title; the rest is the page's own.
# Two of each note the first use of the session.
QUERIES_OF_A_UNIT = 13
QUERIES_OF_HOME = 7
QUERIES_OF_A_REPORT = 12  # five of which tell whether the figures are still the same


@pytest.fixture(autouse=True)
def own_language():
    """A request leaves its language behind; the next test is to find its own."""
    with override("vi"):
        yield


def wide(committees: int) -> str:
    """A district of so many committees with three cells each."""
    lines = ["H - SUPERIOR - -"]
    for at in range(committees):
        lines.append(f"G{at} H GRASSROOTS_COMMITTEE COMMUNE GOOD")
        lines += [f"G{at}.{cell} G{at} CELL - EXCELLENT" for cell in range(3)]
    return "\n".join(lines)


@pytest.fixture
def small():
    return imported(contents(people=DISTRICT_PEOPLE))


@pytest.fixture
def large():
    people = {f"G{at}.0": "EXCELLENT GOOD" for at in range(40)}
    return imported(contents(wide(40), people))


@pytest.fixture(params=["small", "large"])
def campaign(request):
    return request.getfixturevalue(request.param)


def clerk_of(unit: CampaignUnit) -> Client:
    post = PostFactory(unit=unit.live_unit, role=Role.CLERK)
    client = Client(headers={"accept-language": "en"})
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


def test_a_page_of_figures_costs_the_same_for_every_size(
    campaign, django_assert_num_queries
):
    root = unit_of(campaign, "H")
    client = clerk_of(root)

    with django_assert_num_queries(QUERIES_OF_A_UNIT):
        page = client.get(page_of(root))

    assert page.status_code == 200


def test_the_first_page_costs_the_same_for_every_number_of_campaigns(
    campaign, django_assert_num_queries
):
    root = unit_of(campaign, "H")
    client = clerk_of(root)
    for year in range(2012, 2015):
        imported(contents(wide(2)), campaign_code=f"dot-{year}", year=year)

    with django_assert_num_queries(QUERIES_OF_HOME):
        page = client.get(reverse("home"))

    assert [card.campaign.year for card in page.context["cards"]] == [
        2024,
        2014,
        2013,
        2012,
    ]


def test_the_page_of_a_report_costs_the_same_for_every_size(
    campaign, django_assert_num_queries
):
    root = unit_of(campaign, "H")
    client = clerk_of(root)
    report = finished(root)

    with django_assert_num_queries(QUERIES_OF_A_REPORT):
        client.get(reverse("reports:report_detail", args=[report.pk]))


def test_the_first_page_shows_the_outermost_unit_with_its_sums(small):
    (card,) = clerk_of(unit_of(small, "H")).get(reverse("home")).context["cards"]

    assert (card.unit.code, card.members_present, card.assessed) == ("H", 12, 7)
    assert card.url == page_of(unit_of(small, "H"))


@pytest.mark.parametrize(
    ("role", "sentence", "leads_to_import"),
    [
        (Role.CLERK, "They come with a workbook of results.", True),
        (Role.SECRETARY, "No campaign has figures yet", False),
        (Role.PROPAGANDA_DEPARTMENT, "nothing will appear here", False),
        (Role.OUTSIDE, "nothing will appear here", False),
        (None, "No post in force is recorded for this account", False),
    ],
)
def test_an_empty_first_page_says_why_it_is_empty(role, sentence, leads_to_import):
    account = PostFactory(role=role).account if role else AccountFactory()
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)

    page = client.get(reverse("home")).text

    link = f'class="btn btn-primary" href="{reverse("reviews:import_list")}"'
    assert (sentence in page, link in page) == (True, leads_to_import)
    opens_figures = role in {Role.CLERK, Role.SECRETARY}
    assert ("nothing to open yet" in page) is opens_figures


def test_short_names_of_levels_are_spelled_out_under_the_table_of_units(small):
    root = unit_of(small, "H")

    page = clerk_of(root).get(page_of(root))

    for line in page.context["member_lines"]:
        assert f'<abbr title="{line.label}">{line.short}</abbr>' in page.text
        assert f"{line.short}: {line.label}" in page.text


def test_one_drills_down_to_the_cell_and_back(small):
    client = clerk_of(unit_of(small, "H"))

    root = client.get(page_of(unit_of(small, "H")))
    committee = client.get(page_of(unit_of(small, "X")))

    assert {child.name: child.url for child in root.context["children"]} == {
        f"Đơn vị {code}": page_of(unit_of(small, code)) for code in "WXYZ"
    }
    assert [name for name, _url in committee.context["crumbs"]] == [
        "Summaries and reports",
        "Đơn vị H",
    ]


def test_who_is_below_sees_no_way_up(small):
    client = clerk_of(unit_of(small, "X"))

    page = client.get(page_of(unit_of(small, "X")))

    assert page.context["crumbs"] == [("Summaries and reports", reverse("home"))]
    assert client.get(page_of(unit_of(small, "H"))).status_code == 404


def test_a_report_is_asked_for_once_and_watched(small):
    root = unit_of(small, "H")
    client = clerk_of(root)

    first = client.post(page_of(root, "reports:report_request"))
    second = client.post(page_of(root, "reports:report_request"))

    report = RollupReport.objects.get()
    assert first["Location"] == second["Location"] == f"/reports/{report.pk}/"
    assert report.language == "en"
    fragment = client.get(first["Location"], headers={"hx-request": "true"})
    assert fragment.content.decode().strip().startswith("<div")
    assert "HX-Request" in fragment["Vary"]


def test_the_report_is_among_those_of_the_unit(small):
    root = unit_of(small, "H")
    report = finished(root)

    (row,) = clerk_of(root).get(page_of(root)).context["reports"]

    assert (row.url, row.status, row.requested_by, row.is_superseded) == (
        f"/reports/{report.pk}/",
        "DONE",
        "the server",
        False,
    )


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

    summary = re.search(r"<summary>\s*(Party members.*?)</summary>", page.text, re.S)

    assert "the permitted number is exceeded in" in summary[1]


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


@pytest.mark.parametrize(
    ("extension", "kind", "content"),
    [
        ("pdf", "application/pdf", b"%PDF-1.7"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            b"PK",
        ),
    ],
)
def test_a_download_has_its_name_and_is_on_record(small, extension, kind, content):
    root = unit_of(small, "H")
    report = finished(root)

    response = clerk_of(root).get(
        reverse("reports:report_file", args=[report.pk, extension])
    )

    assert response.getvalue() == content
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "Cache-Control",
            "Content-Security-Policy",
            "X-Content-Type-Options",
        )
    } == {
        "Content-Type": kind,
        "Content-Disposition": f'attachment; filename="dot-2024-H.{extension}"',
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    event = Event.objects.get(action="reports.downloaded")
    assert (event.unit_id, event.subject_id, event.data) == (
        root.live_unit_id,
        report.pk,
        {"file": getattr(report, extension).name},
    )
    assert event.account_id is not None
    assert event.post_id is not None


@pytest.mark.parametrize("extension", ["docx", "json", "PDF"])
def test_another_kind_of_file_is_not_found(small, extension):
    root = unit_of(small, "H")
    report = finished(root)

    response = clerk_of(root).get(
        reverse("reports:report_file", args=[report.pk, extension])
    )

    assert response.status_code == 404
    assert not Event.objects.filter(action="reports.downloaded").exists()


def test_a_report_that_is_not_finished_has_no_file(small):
    root = unit_of(small, "H")
    client = clerk_of(root)
    client.post(page_of(root, "reports:report_request"))
    report = RollupReport.objects.get()

    response = client.get(reverse("reports:report_file", args=[report.pk, "pdf"]))

    assert response.status_code == 404


def test_a_failed_report_says_why_and_can_be_made_again(small):
    root = unit_of(small, "H")
    client = clerk_of(root)
    page = client.post(page_of(root, "reports:report_request"))["Location"]
    Job.objects.update(status="FAILED", error="Pango is missing.", finished_at=NOW)

    assert "Pango is missing." in client.get(page).content.decode()
    client.post(f"{page}retry/")

    assert RollupReport.objects.get().job.status == "QUEUED"


def test_a_finished_report_is_not_made_again(small):
    root = unit_of(small, "H")
    report = finished(root)

    clerk_of(root).post(reverse("reports:report_retry", args=[report.pk]))

    assert Job.objects.count() == 0


def test_a_report_outlives_a_second_import(small):
    root = unit_of(small, "H")
    report = finished(root)
    client = clerk_of(root)

    imported(contents(people={"X1": "GOOD"}))

    page = client.get(reverse("reports:report_detail", args=[report.pk]))
    assert page.status_code == 200


def test_reasons_that_occur_are_listed(small):
    root = unit_of(small, "H")

    page = clerk_of(root).get(page_of(root))

    assert [(line.label, line.count) for line in page.context["reason_lines"]] == [
        ("Not stated", 1)
    ]


def test_a_cell_has_neither_children_nor_a_picture(small):
    cell = unit_of(small, "X1")

    page = clerk_of(cell).get(page_of(cell))

    assert (page.context["children"], page.context["chart"]) == ([], "")
    assert "Subordinate party organisations" not in page.text
