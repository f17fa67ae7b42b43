"""The list of reports: what is being made, found again, cancelled."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Event, Job
from members.policy import SYSTEM, Role
from members.queries import actor_for
from reports.models import RollupReport
from reports.queries.queue import PAGE_SIZE
from reports.services import reporting
from tests.clients import english_client
from tests.factories import PostFactory
from tests.reports.asking import NOW, asked, made
from tests.reports.browsing import clerk_of, finished
from tests.small_worlds import unit_of

pytestmark = pytest.mark.usefixtures("english")
LIST = "/reports/"


def listed(client, **sought) -> list[str]:
    """The units of the rows, in their order."""
    page = client.get(LIST, sought).text
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


@pytest.fixture
def mixed(campaign):
    """One that was made, one that waits, one that stopped, of two units."""
    asked(unit_of(campaign, "X"))
    report = asked(unit_of(campaign, "H"))
    Job.objects.filter(pk=report.job_id).update(
        status="FAILED", error="Pango is missing.", finished_at=NOW
    )
    finished(unit_of(campaign, "H"), language="vi")
    return campaign


def test_it_tells_state_and_cause_and_offers_what_fits(mixed):
    page = clerk_of(unit_of(mixed, "H")).get(LIST).text

    assert "Pango is missing." in page
    waiting, failed, done = (
        RollupReport.objects.get(unit__code="X"),
        RollupReport.objects.get(job__status="FAILED"),
        RollupReport.objects.get(finished_at__isnull=False),
    )
    for name, reports in (("cancel", [waiting]), ("retry", [failed])):
        for report in (waiting, failed, done):
            address = reverse(f"reports:report_{name}", args=[report.pk])
            assert (f'action="{address}"' in page) == (report in reports)
    assert 'hx-trigger="every 5s"' in page


def test_it_is_found_by_unit_campaign_state_and_day(mixed):
    client = clerk_of(unit_of(mixed, "H"))
    day = timezone.localtime(RollupReport.objects.get(unit__code="X").requested_at)
    x, h = "Đơn vị X", "Đơn vị H"

    assert listed(client) == [h, h, x]
    assert listed(client, q="x") == [x]
    assert listed(client, q="vị h") == [h, h]
    assert listed(client, state="DONE") == [h]
    assert listed(client, state="FAILED") == [h]
    assert listed(client, state="QUEUED") == [x]
    assert listed(client, campaign=str(mixed.pk)) == [h, h, x]
    assert listed(client, campaign=str(mixed.pk + 1)) == []
    assert x in listed(client, day=f"{day:%d/%m/%Y}")
    assert listed(client, day=f"{day + timedelta(days=400):%d/%m/%Y}") == []
    for odd in ({"campaign": "9" * 30}, {"campaign": "²"}, {"state": "x"}):
        assert client.get(LIST, odd).status_code == 200
    assert (
        "This is no day of the calendar" in client.get(LIST, {"day": "32/1/2025"}).text
    )


def test_only_reports_in_reach_are_listed(mixed):
    assert listed(clerk_of(unit_of(mixed, "X"))) == ["Đơn vị X"]
    stranger = english_client()
    stranger.force_login(PostFactory(role=Role.CLERK).account)
    assert listed(stranger) == []
    propaganda = english_client()
    propaganda.force_login(PostFactory(role=Role.PROPAGANDA_DEPARTMENT).account)
    assert propaganda.get(LIST).status_code == 404


def test_it_tells_of_a_later_report_with_other_figures(campaign):
    root = unit_of(campaign, "H")
    first = finished(root, figures_digest="a" * 64)
    client = clerk_of(root)
    assert "have changed since" not in client.get(LIST).text
    same = finished(root, figures_digest="a" * 64)
    RollupReport.objects.filter(pk=same.pk).update(finished_at=NOW + timedelta(1))
    assert "have changed since" not in client.get(LIST).text

    RollupReport.objects.filter(pk=same.pk).update(figures_digest="b" * 64)

    assert client.get(LIST).text.count("have changed since") == 1
    assert first.figures_digest == "a" * 64


@pytest.mark.parametrize("count", [1, PAGE_SIZE + 1])
def test_the_list_costs_the_same_for_every_size(
    campaign, count, django_assert_num_queries
):
    root = unit_of(campaign, "H")
    client = clerk_of(root)
    for _number in range(count):
        finished(root)
    client.get(LIST)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        found = listed(client)

    assert len(found) == min(count, PAGE_SIZE)


QUERIES_OF_THE_LIST = 8


def cancel(report, post) -> None:
    reporting.cancel_report(report, actor=actor_for(post.account), now=NOW)


def test_what_waits_is_cancelled_and_never_made(root, post, printed):
    report = asked(root, by=post)

    cancel(report, post)

    assert made(report).status == "CANCELLED"
    assert printed == []
    assert Event.objects.get(action="reports.cancelled").account == post.account


def test_what_is_being_made_is_cancelled_and_not_written(root, post, monkeypatch):
    report = asked(root, by=post)

    def draw_slowly(html: str) -> bytes:
        cancel(report, post)
        return b"%PDF"

    monkeypatch.setattr("reports.services.sources.html_to_pdf", draw_slowly)

    after = made(report)

    assert (after.status, after.finished_at, after.pdf.name) == ("CANCELLED", None, "")


def test_a_cancelled_one_is_made_again(root, post, printed):
    report = asked(root, by=post)
    cancel(report, post)
    page = clerk_of(root).get(reverse("reports:report_detail", args=[report.pk])).text

    assert "Somebody has cancelled this report" in page
    reporting.retry_report(report, actor=SYSTEM, now=NOW)
    report.refresh_from_db()
    assert made(report).status == "DONE"


def test_what_has_ended_is_not_cancelled(root, post, printed):
    report = made(asked(root, by=post))

    cancel(report, post)

    assert RollupReport.objects.get(pk=report.pk).status == "DONE"
    assert not Event.objects.filter(action="reports.cancelled").exists()
