"""A step of an upload that failed: done again for who asks now, once, and on record."""

import pytest
from celery import current_app
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign
from config.celery import app
from members.models import Event, Job
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services import uploads
from members.services.posts import end_post
from reviews.models import ResultsImport
from reviews.services.workbooks import working
from tests.factories import PostFactory
from tests.members.queue import together
from tests.reviews.uploads import NOW, confirm, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

BOTH_STEPS = pytest.mark.parametrize("is_confirmed", [False, True])


@pytest.fixture
def failed(upload, post):
    """An upload whose step failed before its clerk left the post."""

    def fail(*, is_confirmed: bool) -> ResultsImport:
        received = confirm(read(upload())) if is_confirmed else upload()
        Job.objects.filter(status="QUEUED").update(status="FAILED", finished_at=NOW)
        end_post(post=post, actor=SYSTEM, now=NOW, system_reason="test")
        return ResultsImport.objects.get(pk=received.pk)

    return fail


@pytest.fixture
def successor(district, post):
    return PostFactory(unit=district, role=Role.CLERK)


def retry(received, by) -> None:
    actor = actor_for(by.account)
    uploads.retry(received, actor=actor, now=NOW)


def test_a_reading_that_failed_three_times_can_be_queued_again(
    upload, post, monkeypatch
):
    received = upload()

    def burn(*args, **kwargs):
        raise RuntimeError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(working, "read_workbook", burn)
        for _attempt in range(Job.MAX_ATTEMPTS):
            with pytest.raises(RuntimeError):
                read(received)
    received = ResultsImport.objects.get(pk=received.pk)
    assert (received.state, received.status, received.is_waiting) == (
        "READING",
        "FAILED",
        False,
    )

    retry(received, post)

    assert read(received).state == "READY"


def test_a_second_attempt_to_read_is_for_who_asks_now_and_on_record(failed, successor):
    received = failed(is_confirmed=False)

    retry(received, successor)

    received = read(received)
    assert (received.state, received.refusal, received.confirmed_by) == (
        "READY",
        "",
        None,
    )
    event = Event.objects.get(action="results.retried")
    assert (event.account, event.post, event.unit, event.data) == (
        successor.account,
        successor,
        successor.unit,
        {"file": received.file_sha256},
    )


def test_a_second_attempt_to_write_is_in_the_name_of_who_asks_now(failed, successor):
    received = failed(is_confirmed=True)

    retry(received, successor)

    received = read(received)
    assert (received.state, received.confirmed_by, received.job.requested_by) == (
        "DONE",
        successor.account,
        successor.account,
    )
    assert Event.objects.get(action="results.created").account == successor.account


@BOTH_STEPS
@pytest.mark.django_db(transaction=True)
def test_a_message_that_arrives_at_once_finds_who_asked_again(
    failed, successor, monkeypatch, is_confirmed
):
    received = failed(is_confirmed=is_confirmed)
    monkeypatch.setattr(
        current_app, "send_task", lambda name, ids, **options: app.tasks[name](*ids)
    )
    client = Client()
    client.force_login(successor.account)

    client.post(reverse("reviews:import_retry", args=[received.pk]))

    received = ResultsImport.objects.get(pk=received.pk)
    assert (received.state, received.refusal) == (
        "DONE" if is_confirmed else "READY",
        "",
    )
    assert Campaign.objects.count() == is_confirmed


@BOTH_STEPS
@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_is_an_attempt(failed, successor, is_confirmed):
    received = failed(is_confirmed=is_confirmed)
    jobs = Job.objects.count()

    together(lambda: retry(received, successor))

    received = ResultsImport.objects.get(pk=received.pk)
    assert (received.status, received.job) == ("QUEUED", Job.objects.latest("pk"))
    assert Job.objects.count() == jobs + 1
    assert Event.objects.filter(action="results.retried").count() == 1


@pytest.mark.parametrize("ends", ["READY", "DONE"])
def test_a_late_click_takes_no_step_back(upload, post, ends):
    received = upload()
    if ends == "DONE":
        confirm(read(received))
    late = ResultsImport.objects.get(pk=received.pk)
    Job.objects.filter(pk=late.job_id).update(status="FAILED", finished_at=NOW)
    assert late.status == "FAILED"
    retry(late, post)
    assert read(late).state == ends
    jobs = Job.objects.count()

    retry(late, post)

    received = ResultsImport.objects.get(pk=late.pk)
    assert (received.state, Job.objects.count()) == (ends, jobs)
    assert Event.objects.filter(action="results.retried").count() == 1
