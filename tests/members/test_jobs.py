from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from config.celery import app
from members import jobs, tasks
from members.models import Job
from tests.factories import AccountFactory, JobFactory
from tests.members.queue import FUTURE, PAST, running, state_of, together

pytestmark = pytest.mark.django_db

Status = Job.Status


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """The messages that reach the broker: task and job, in their order."""
    messages = []

    def send_task(name, args, *, expires, **options):
        assert 60 < expires < 600
        messages.append((name, *args))

    monkeypatch.setattr(current_app, "send_task", send_task)
    return messages


def test_an_opened_job_waits_and_wakes_a_worker_after_the_commit(
    sent, django_capture_on_commit_callbacks
):
    account = AccountFactory()

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.open_job(kind="rollup", subject_id=7, requested_by=account.pk)
        assert sent == []

    assert (job.kind, job.subject_id, job.requested_by) == ("rollup", 7, account)
    assert state_of(job) == (Status.QUEUED, 0, 0, "")
    assert sent == [("reports.tasks.render_rollup", job.pk)]


def test_asked_again_it_is_the_same_job_until_it_has_ended():
    first = jobs.open_job(kind="rollup", subject_id=7, requested_by=None)
    jobs.claim(first.pk)

    again = jobs.open_job(kind="rollup", subject_id=7, requested_by=AccountFactory().pk)
    other = jobs.open_job(kind="rollup", subject_id=8, requested_by=None)
    other_kind = jobs.open_job(kind="results_import", subject_id=7, requested_by=None)
    Job.objects.filter(pk=first.pk).update(status=Status.DONE, finished_at=Now())
    later = jobs.open_job(kind="rollup", subject_id=7, requested_by=None)

    assert again == first
    assert len({first, other, other_kind, later}) == 4


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_open_one_job():
    opened = together(
        lambda: jobs.open_job(kind="rollup", subject_id=7, requested_by=None)
    )

    assert len(opened) == 8
    assert set(opened) == {Job.objects.get()}


@pytest.mark.django_db(transaction=True)
def test_of_eight_claims_at_once_one_wins():
    job = JobFactory()

    claims = together(lambda: jobs.claim(job.pk))

    assert [claim for claim in claims if claim] == [job]
    assert len(claims) == 8
    assert state_of(job) == (Status.RUNNING, 1, 0, "")


def test_a_claim_takes_a_lease_by_the_clock_of_the_database(time_machine):
    time_machine.move_to("2031-01-01")  # the worker's clock is wrong
    job = JobFactory(percent=50, error="before")

    claimed = jobs.claim(job.pk)

    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now = cursor.fetchone()[0]
    assert state_of(job) == (Status.RUNNING, 1, 0, "")
    assert (
        timedelta(seconds=-1)
        < claimed.lease_until - now - jobs.LEASE
        < timedelta(seconds=5)
    )
    assert abs(claimed.started_at - now) < timedelta(seconds=5)


@pytest.mark.parametrize(("lease", "won"), [(PAST, True), (FUTURE, False)])
def test_what_a_dead_worker_left_is_claimed_once_its_lease_is_over(lease, won):
    job = running(lease=lease)

    claimed = jobs.claim(job.pk)

    assert (claimed is not None) is won
    assert state_of(job)[:2] == (Status.RUNNING, 2 if won else 1)


@pytest.mark.parametrize("status", [Status.DONE, Status.FAILED, Status.CANCELLED])
def test_an_ended_job_is_not_claimed(status):
    job = JobFactory(status=status, finished_at=timezone.now())

    assert jobs.claim(job.pk) is None
    assert state_of(job) == (status, 0, 0, "")


def test_a_job_that_is_gone_is_not_claimed():
    assert jobs.claim(0) is None


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("lease", [PAST, None])
def test_begun_three_times_and_never_finished_it_has_failed(lease):
    job = (
        running(attempts=3, lease=lease)
        if lease
        else JobFactory(attempts=3, status=Status.QUEUED)
    )

    assert jobs.claim(job.pk) is None

    job.refresh_from_db()
    assert (job.status, job.attempts, job.lease_until) == (Status.FAILED, 3, None)
    assert job.error == "The work was begun three times and never finished."
    assert job.finished_at is not None


def test_the_third_attempt_itself_may_still_run():
    job = running(attempts=3)

    assert jobs.claim(job.pk) is None
    assert state_of(job) == (Status.RUNNING, 3, 0, "")


def test_a_finished_job_is_done():
    job = running()

    assert jobs.finish(job)

    job.refresh_from_db()
    assert (job.status, job.percent, job.lease_until) == (Status.DONE, 100, None)
    assert job.finished_at is not None


def test_who_lost_the_job_to_another_worker_neither_finishes_nor_fails_it():
    lost = running(lease=PAST)
    jobs.claim(lost.pk)

    assert not jobs.finish(lost)
    jobs.fail(lost, error="x", final=True)

    assert state_of(lost) == (Status.RUNNING, 2, 0, "")


@pytest.mark.parametrize(
    ("attempts", "final", "status"),
    [
        (1, False, Status.QUEUED),
        (2, False, Status.QUEUED),
        (3, False, Status.FAILED),
        (1, True, Status.FAILED),
    ],
)
def test_a_failure_gives_the_job_back_until_the_third_attempt(attempts, final, status):
    job = running(attempts=attempts)

    jobs.fail(job, error="out of paper", final=final)

    job.refresh_from_db()
    assert (job.status, job.error, job.lease_until) == (status, "out of paper", None)
    assert (job.finished_at is not None) is (status == Status.FAILED)


def test_the_sweep_sends_again_what_is_overdue_and_nothing_else(sent):
    overdue = {"created_at": timezone.now() - timedelta(seconds=11)}
    waiting = JobFactory(**overdue)
    abandoned = running(lease=PAST, kind="results_import", **overdue)
    running(**overdue)
    JobFactory()
    JobFactory(status=Status.DONE, finished_at=timezone.now(), **overdue)
    JobFactory(status=Status.FAILED, finished_at=timezone.now(), **overdue)

    tasks.sweep_jobs()

    assert sorted(sent) == [
        ("reports.tasks.render_rollup", waiting.pk),
        ("reviews.tasks.apply_import", abandoned.pk),
    ]


def test_the_sweep_sends_the_oldest_first_and_counts(sent):
    now = timezone.now()
    young, old = (JobFactory(created_at=now - timedelta(minutes=age)) for age in (1, 2))

    assert jobs.sweep() == 2
    assert [pk for _, pk in sent] == [old.pk, young.pk]


@pytest.mark.parametrize(
    ("age", "woken_ago", "is_sent"),
    [(11, 11, True), (11, 1, False), (300, 59, False), (300, 61, True)],
)
def test_the_sweep_sends_after_ten_seconds_and_then_every_minute(
    sent, age, woken_ago, is_sent
):
    now = timezone.now()
    JobFactory(
        created_at=now - timedelta(seconds=age),
        woken_at=now - timedelta(seconds=woken_ago),
    )

    assert [jobs.sweep(), jobs.sweep()] == [int(is_sent), 0]


def test_what_failed_or_was_left_needs_no_minute_to_be_sent_again():
    long_ago = timezone.now() - timedelta(minutes=5)
    job = JobFactory(created_at=long_ago)
    jobs.wake_worker(job)

    jobs.fail(jobs.claim(job.pk), error="out of paper")

    assert jobs.sweep() == 1


@pytest.mark.parametrize("fault", [OperationalError("down"), ConnectionRefusedError()])
def test_a_broker_that_is_down_delays_and_loses_nothing(
    monkeypatch, caplog, fault, django_capture_on_commit_callbacks
):
    def send_task(*args, **options):
        raise fault

    monkeypatch.setattr(current_app, "send_task", send_task)

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.open_job(kind="rollup", subject_id=7, requested_by=None)

    job.refresh_from_db()
    assert (job.status, job.woken_at) == (Status.QUEUED, None)
    assert caplog.messages == [f"job {job.pk}: no broker; the sweep will send it"]


def test_a_real_broker_that_nobody_runs_is_told_by_celery_like_this(
    monkeypatch, caplog
):
    monkeypatch.undo()
    job = JobFactory()

    quickly = {"max_retries": 0, "interval_start": 0}
    with app.connection_for_write(
        "redis://127.0.0.1:1/0", transport_options=quickly
    ) as nowhere:
        monkeypatch.setattr(app, "producer_or_acquire", nowhere.Producer)
        monkeypatch.setattr(jobs, "current_app", app)
        jobs.wake_worker(job)

    assert caplog.messages == [f"job {job.pk}: no broker; the sweep will send it"]


def test_every_kind_of_job_has_a_task_and_every_task_with_a_job_a_kind():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.split(".")[0] in settings.INSTALLED_APPS}

    timed = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert set(settings.JOB_TASKS.values()) | timed == ours
    assert len(set(settings.JOB_TASKS.values())) == len(settings.JOB_TASKS)
    assert "members.tasks.sweep_jobs" in timed


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"percent": 101}, "job_percent_to_100"),
        ({"status": Status.DONE}, "job_ends_at_a_moment"),
        ({"subject_id": 7}, "job_one_open_per_subject"),
    ],
)
def test_the_database_refuses_what_can_never_be_true(columns, constraint):
    JobFactory(subject_id=7)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        JobFactory(**columns)
