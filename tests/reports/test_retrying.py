"""A report that failed is made again: for who asks now, once, and on record."""

import pytest
from celery import current_app
from django.test import Client
from django.urls import reverse

from members.models import Event, Job
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services.posts import end_post
from reports.models import RollupReport
from reports.services import reporting
from reports.tasks import render_rollup
from tests.factories import PostFactory
from tests.members.queue import together
from tests.reports.asking import NOW, asked, made

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def failed(root, post, printed) -> RollupReport:
    """The report of a clerk whose post ended before it was made."""
    report = asked(root, by=post)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")
    return made(report)


@pytest.fixture
def successor(root, post):
    return PostFactory(unit=root.live_unit, role=Role.CLERK)


def retry(report, by) -> None:
    actor = actor_for(by.account)
    reporting.retry_report(report, actor=actor, now=NOW)


def test_a_second_attempt_is_made_for_who_asks_now_and_is_on_record(failed, successor):
    retry(failed, successor)

    report = RollupReport.objects.get()
    assert (report.status, report.requested_by, report.job.requested_by) == (
        "QUEUED",
        successor.account,
        successor.account,
    )
    assert Job.objects.count() == 2
    event = Event.objects.get(action="reports.retried")
    assert (event.account, event.post, event.unit, event.subject_id) == (
        successor.account,
        successor,
        successor.unit,
        report.pk,
    )
    assert made(report).status == "DONE"


@pytest.mark.django_db(transaction=True)
def test_a_message_that_arrives_at_once_finds_who_asked_again(
    failed, successor, monkeypatch
):
    monkeypatch.setattr(
        current_app, "send_task", lambda name, ids, **options: render_rollup(*ids)
    )
    client = Client()
    client.force_login(successor.account)

    client.post(reverse("reports:report_retry", args=[failed.pk]))

    report = RollupReport.objects.get()
    assert (report.status, report.error) == ("DONE", "")
    assert Event.objects.get(action="reports.retried").account == successor.account


@pytest.mark.parametrize("is_made", [False, True])
def test_what_did_not_fail_is_left_as_it_is(root, post, printed, is_made):
    report = asked(root, by=post)
    if is_made:
        made(report)
    colleague = PostFactory(unit=root.live_unit, role=Role.CLERK)

    retry(report, colleague)

    assert RollupReport.objects.get().requested_by == post.account
    assert Job.objects.count() == 1
    assert not Event.objects.filter(action="reports.retried").exists()


@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_is_an_attempt(failed, successor):
    together(lambda: retry(failed, successor))

    report = RollupReport.objects.get()
    assert (report.status, report.job) == ("QUEUED", Job.objects.latest("pk"))
    assert Job.objects.count() == 2
    assert Event.objects.filter(action="reports.retried").count() == 1
