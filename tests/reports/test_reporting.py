"""Reports are asked for once, made by a worker, and tell when they cannot be."""

import threading

import pytest
from django.db import connection, transaction

from campaigns.models import Campaign
from members.models import Event, Job, PartyUnit
from members.policy import SYSTEM, Role
from members.services.posts import end_post
from reports import tasks
from reports.documents.pdf import DocumentNotRendered
from reports.models import RollupReport
from reports.services import sources
from tests.factories import PostFactory
from tests.reports.asking import NOW, asked, made
from tests.restricted import restricted
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported, together, unit_of

pytestmark = pytest.mark.usefixtures("english")


THREADS = 8


def test_a_request_queues_a_job_and_is_on_record(root, post):
    report = asked(root, by=post)

    assert (report.status, report.job.kind, report.job.requested_by) == (
        "QUEUED",
        "rollup",
        post.account,
    )
    event = Event.objects.get(action="reports.requested")
    assert (event.account, event.post, event.unit_id, event.subject_id) == (
        post.account,
        post,
        root.live_unit_id,
        report.pk,
    )


def test_a_request_of_the_server_says_so(root):
    asked(root)

    event = Event.objects.get(action="reports.requested")
    assert (event.account, event.system_reason) == (None, "command")


def test_asked_twice_it_is_the_same_report(root, post):
    first = asked(root, by=post)

    assert asked(root, by=post) == first
    assert (RollupReport.objects.count(), Job.objects.count()) == (1, 1)
    assert Event.objects.filter(action="reports.requested").count() == 1


def test_the_server_sees_every_report(root, post):
    report = asked(root, by=post)

    assert list(RollupReport.objects.visible_to(SYSTEM)) == [report]


def test_another_language_or_unit_is_another_report(campaign, root):
    reports = {
        asked(root).pk,
        asked(root, language="vi").pk,
        asked(unit_of(campaign, "X")).pk,
    }

    assert len(reports) == 3


def test_after_a_finished_report_a_new_one_is_made(root, printed):
    first = made(asked(root))

    assert asked(root) != first


def test_a_report_that_failed_is_tried_again_in_the_name_of_who_asks_again(
    root, post, printed
):
    first = asked(root, by=post)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")
    assert made(first).status == "FAILED"
    colleague = PostFactory(unit=root.live_unit, role=Role.CLERK)

    again = asked(root, by=colleague)

    assert again == first
    assert (again.requested_by, again.job.requested_by) == (colleague.account,) * 2
    assert made(again).status == "DONE"


@pytest.mark.django_db(transaction=True)
def test_a_report_is_asked_for_while_an_import_holds_the_campaign():
    campaign = imported(contents(people=DISTRICT_PEOPLE))
    root = unit_of(campaign, "H")
    is_held, was_asked = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Campaign.objects.select_for_update(no_key=True))
            list(PartyUnit.objects.select_for_update(no_key=True))
            is_held.set()
            assert was_asked.wait(10)

    def ask() -> None:
        assert is_held.wait(10)
        asked(root)
        was_asked.set()

    together(hold, ask)

    assert RollupReport.objects.get().status == "QUEUED"


@pytest.mark.django_db(transaction=True)
def test_eight_people_who_ask_at_once_get_one_report():
    root = unit_of(imported(contents(people=DISTRICT_PEOPLE)), "H")
    start, found = threading.Barrier(THREADS), []

    def ask() -> None:
        try:
            start.wait()
            found.append(asked(root).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [RollupReport.objects.get().pk] * THREADS
    assert Job.objects.count() == 1


def test_who_lost_the_post_meanwhile_gets_no_report(root, post, printed):
    report = asked(root, by=post)
    end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")

    report = made(report)

    assert (report.status, report.job.attempts, printed) == ("FAILED", 1, [])
    assert report.error == "Your post no longer gives access to reports on this unit."
    assert report.pdf.name == ""


def test_a_renderer_that_cannot_is_told_to_who_asked(root, monkeypatch):
    def fail(html: str) -> bytes:
        raise DocumentNotRendered("Pango is missing.")

    monkeypatch.setattr(sources, "html_to_pdf", fail)

    report = made(asked(root))

    assert (report.status, report.error, report.finished_at) == (
        "FAILED",
        "Pango is missing.",
        None,
    )
    assert report.is_finished


def test_another_fault_is_tried_three_times_and_told_without_its_text(
    root, monkeypatch
):
    def burn(html: str) -> bytes:
        raise RuntimeError("Nguyễn Văn An")

    monkeypatch.setattr(sources, "html_to_pdf", burn)
    report = asked(root)
    for _attempt in range(Job.MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            made(report)

    report = RollupReport.objects.get(pk=report.pk)
    assert (report.status, report.error) == (
        "FAILED",
        "The work stopped because of a fault in the program.",
    )


def test_a_late_message_makes_nothing(root, printed):
    report = made(asked(root))

    assert made(report) == report
    assert len(printed) == 1


def test_a_report_without_a_job_has_failed():
    report = RollupReport()

    assert (report.status, report.percent, report.error, report.is_finished) == (
        "FAILED",
        0,
        "",
        True,
    )


def test_the_worker_knows_who_asked_under_the_second_lock(root, post, monkeypatch):
    report = asked(root, by=post)
    seen = []
    monkeypatch.setattr(
        tasks.reporting,
        "build_report",
        lambda report, **_rest: seen.append(report.requested_by),
    )
    with restricted():
        tasks.render_rollup(report.job.pk)

    assert seen == [post.account]
