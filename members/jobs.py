"""The queue: claim by one UPDATE, lease by the database's clock, repair by a sweep.

The row decides; the message in the broker only wakes a worker early. A lost, doubled
or late message changes nothing.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from members import row_security
from members.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
PROGRESS_SECONDS = 0.5
BEATS_PER_RENEWAL = 30
OVERDUE = timedelta(seconds=10)
BETWEEN_MESSAGES = timedelta(seconds=60)
# Longer than between two messages, since the worker compares it with its own clock.
MESSAGE_EXPIRES = timedelta(minutes=5)


def _database_time(offset: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + Value(offset), output_field=DateTimeField())


def open_job(*, kind: str, subject_id: int, requested_by: int | None) -> Job:
    """Return the one open job of this kind for the subject, made if there is none.

    `requested_by` is the id of an account, None for a command. Asked twice, by a
    double click or by two people, it is the same row. Call it in
    the transaction of the act that wants the work done.
    """
    with transaction.atomic():
        job, _made = Job.objects.open().get_or_create(
            kind=kind, subject_id=subject_id, defaults={"requested_by_id": requested_by}
        )
    transaction.on_commit(lambda: wake_worker(job))
    return job


def wake_worker(job: Job) -> None:
    """Send the job's id to a worker. A broker that is down delays, it loses nothing."""
    this = Job.objects.filter(pk=job.pk)
    this.update(woken_at=Now())
    try:
        current_app.send_task(
            settings.JOB_TASKS[job.kind],
            [job.pk],
            retry=False,
            expires=MESSAGE_EXPIRES.total_seconds(),
        )
    except (OperationalError, OSError):
        this.update(woken_at=None)
        logger.warning("job %s: no broker; the sweep will send it", job.pk)


def claim(job_id: int) -> Job | None:
    """Take the job for this worker; None if another has it or it is finished.

    One UPDATE decides, so two workers can never both win. A job that was begun three
    times and never finished has failed.
    """
    waiting = Job.objects.claimable().filter(pk=job_id)
    won = waiting.filter(attempts__lt=Job.MAX_ATTEMPTS).update(
        status=Job.Status.RUNNING,
        attempts=F("attempts") + 1,
        woken_at=None,
        lease_until=_database_time(LEASE),
        started_at=Now(),
        percent=0,
        error="",
    )
    if won:
        return Job.objects.get(pk=job_id)
    spent = waiting.filter(attempts__gte=Job.MAX_ATTEMPTS)
    spent.update(
        status=Job.Status.FAILED,
        error=_("The work was begun three times and never finished."),
        finished_at=Now(),
        lease_until=None,
    )
    return None


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(
        pk=job.pk, status=Job.Status.RUNNING, attempts=job.attempts
    )


def finish(job: Job) -> bool:
    """Mark the job done; False if another worker has taken it over meanwhile."""
    changed = _mine(job).update(
        status=Job.Status.DONE, percent=100, finished_at=Now(), lease_until=None
    )
    return bool(changed)


def cancel(job_id: int) -> bool:
    """End a job that waits or runs; False if it has ended already.

    A worker that has it learns so at its next step and writes nothing.
    """
    changed = (
        Job.objects.open()
        .filter(pk=job_id)
        .update(status=Job.Status.CANCELLED, finished_at=Now(), lease_until=None)
    )
    return bool(changed)


def hold_unless_cancelled(job_id: int) -> bool:
    """Hold a job until the end of the transaction; False if it was cancelled.

    Asked right before the work is written, so that either of both wins.
    """
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    return job.status != Job.Status.CANCELLED


def fail(job: Job, *, error: str, final: bool = False) -> None:
    """Put the job back for another worker, or end it after the third attempt.

    `error` is for the person who asked; `final` ends it at once, for a refusal that
    another attempt would only repeat.
    """
    if final or job.attempts >= Job.MAX_ATTEMPTS:
        _mine(job).update(
            status=Job.Status.FAILED, error=error, finished_at=Now(), lease_until=None
        )
    else:
        _mine(job).update(status=Job.Status.QUEUED, error=error, lease_until=None)


def sweep() -> int:
    """Wake a worker for every job that waits too long or was left by a dead one.

    Once after ten seconds, for a message that was lost; then every minute, or what
    waits behind a long import would fill the broker.
    Shape: the number of jobs sent again.
    """
    overdue = Job.objects.claimable().filter(created_at__lt=_database_time(-OVERDUE))
    unheard = overdue.filter(
        Q(woken_at__isnull=True)
        | Q(woken_at__lt=F("created_at") + Value(OVERDUE))
        | Q(woken_at__lt=_database_time(-BETWEEN_MESSAGES))
    )
    jobs = list(unheard.order_by("created_at"))
    for job in jobs:
        wake_worker(job)
    return len(jobs)


@contextmanager
def handling(
    job: Job, *, refusals: tuple[type[Exception], ...] = ()
) -> Iterator[Callable[[int], None]]:
    """Run the body as the work of a claimed job: lease, progress, end, failure.

    Gives the function that notes how far the work is, in percent. A refusal is told
    to who asked and ends the job; any other exception gives it to another worker
    until the third attempt, and is raised again so that it is logged.
    The database is asked as who asked for the work.
    """
    pulse = _Pulse(job)
    pulse.start()
    try:
        with row_security.asked_by(job.requested_by_id):
            yield pulse.note
    except refusals as refusal:
        pulse.end()
        fail(job, error=str(refusal), final=True)
    except Exception:
        pulse.end()
        fail(job, error=_("The work stopped because of a fault in the program."))
        raise
    else:
        pulse.end()
        finish(job)
    finally:
        pulse.end()


class _Pulse(threading.Thread):
    """Writes progress and renews the lease from a connection of its own.

    The work itself may sit in one long transaction, in which nobody would see it.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(daemon=True)
        self.job = job
        self.percent = 0
        self.ended = threading.Event()

    def note(self, percent: int) -> None:
        self.percent = percent

    def end(self) -> None:
        self.ended.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        written, beats = 0, 0
        while not self.ended.wait(PROGRESS_SECONDS):
            beats += 1
            if self.percent != written or beats % BEATS_PER_RENEWAL == 0:
                written = self.percent
                self._write(written)
        connection.close()

    def _write(self, percent: int) -> None:
        try:
            _mine(self.job).update(percent=percent, lease_until=_database_time(LEASE))
        except DatabaseError:
            logger.warning("job %s: progress could not be written", self.job.pk)
            connection.close()
