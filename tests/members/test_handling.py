"""The frame around the work of a job: lease, progress, end, failure."""

import logging
import threading

import pytest
from django.db import DatabaseError, transaction

from members import jobs
from members.models import Job
from tests.factories import AccountFactory
from tests.members.queue import (
    PAST,
    running,
    seen_elsewhere,
    state_of,
    threads_of,
    wait_until,
)

pytestmark = pytest.mark.django_db

Status = Job.Status


class Refusal(Exception):
    """What the work refuses, told to who asked."""


def test_work_that_ends_is_done():
    job = running()

    with jobs.handling(job) as on_progress:
        on_progress(40)

    assert state_of(job) == (Status.DONE, 1, 100, "")


def test_a_refusal_is_told_and_final():
    job = running()

    with jobs.handling(job, refusals=(Refusal,)):
        raise Refusal("The unit was closed.")

    assert state_of(job) == (Status.FAILED, 1, 0, "The unit was closed.")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("attempts", "status"), [(1, Status.QUEUED), (3, Status.FAILED)]
)
def test_any_other_exception_gives_the_job_back_and_is_raised(attempts, status):
    job = running(attempts=attempts)

    with (
        pytest.raises(ZeroDivisionError),
        jobs.handling(job, refusals=(Refusal,)),
    ):
        raise ZeroDivisionError

    fault = "The work stopped because of a fault in the program."
    assert state_of(job) == (status, attempts, 0, fault)


def test_a_worker_that_is_stopped_leaves_the_job_to_its_lease():
    job = running()

    with pytest.raises(SystemExit), jobs.handling(job):
        raise SystemExit

    assert state_of(job) == (Status.RUNNING, 1, 0, "")
    assert threads_of("_Pulse") == []


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_work_sits_in_a_transaction(monkeypatch):
    monkeypatch.setattr(jobs, "PROGRESS_SECONDS", 0.02)
    job = running()

    with jobs.handling(job) as on_progress, transaction.atomic():
        AccountFactory()
        on_progress(40)
        assert wait_until(lambda: seen_elsewhere(job, lambda row: row.percent) == 40)
        assert seen_elsewhere(job, lambda row: row.status) == Status.RUNNING

    assert state_of(job) == (Status.DONE, 1, 100, "")
    assert threads_of("_Pulse") == []


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_work_goes_on(monkeypatch):
    monkeypatch.setattr(jobs, "PROGRESS_SECONDS", 0.02)
    monkeypatch.setattr(jobs, "BEATS_PER_RENEWAL", 2)
    job = running(lease=PAST)

    with jobs.handling(job):
        assert wait_until(
            lambda: seen_elsewhere(job, lambda row: row.lease_until) > job.lease_until
        )
        assert jobs.claim(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_progress_that_cannot_be_written_stops_nothing(monkeypatch, caplog):
    monkeypatch.setattr(jobs, "PROGRESS_SECONDS", 0.02)
    job = running()
    mine = jobs._mine

    def broken(row):
        if threading.current_thread() is not threading.main_thread():
            raise DatabaseError("gone")
        return mine(row)

    monkeypatch.setattr(jobs, "_mine", broken)

    with caplog.at_level(logging.WARNING), jobs.handling(job) as on_progress:
        on_progress(40)
        assert wait_until(lambda: caplog.messages)

    assert caplog.messages[0] == f"job {job.pk}: progress could not be written"
    assert state_of(job) == (Status.DONE, 1, 100, "")
