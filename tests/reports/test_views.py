"""The pages of figures and reports: their cost, their downloads, their acts."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from members.models import Event, Job
from members.policy import Role
from reports.models import RollupReport
from tests.clients import english_client
from tests.factories import AccountFactory, PostFactory
from tests.reports.browsing import NOW, clerk_of, finished, page_of
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, unit_of

pytestmark = pytest.mark.django_db

# Session, account, posts and the post's title; the rest is the page's own.
# Two of each note the first use of the session.
QUERIES_OF_A_UNIT = 14
QUERIES_OF_HOME = 7
QUERIES_OF_A_REPORT = 14  # five of which tell whether the figures are still the same


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
        page = client.get(reverse("figures_home"))

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
    (card,) = (
        clerk_of(unit_of(small, "H")).get(reverse("figures_home")).context["cards"]
    )

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
    client = english_client()
    client.force_login(account)

    page = client.get(reverse("figures_home")).text

    link = f'class="btn btn-primary" href="{reverse("reviews:import_list")}"'
    assert (sentence in page, link in page) == (True, leads_to_import)
    opens_figures = role in {Role.CLERK, Role.SECRETARY}
    assert ("nothing to open yet" in page) is opens_figures


def test_short_names_of_levels_are_spelled_out_under_the_table_of_units(small):
    root = unit_of(small, "H")

    page = clerk_of(root).get(page_of(root))

    lines = page.context["member_lines"]
    assert len(lines) == 4
    for line in lines:
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

    assert page.context["crumbs"] == [
        ("Summaries and reports", reverse("figures_home"))
    ]
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
