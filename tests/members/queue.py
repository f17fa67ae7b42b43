"""Jobs in the middle of their life, and how other connections see them."""

import threading
from contextlib import closing
from datetime import timedelta

from django.db import connection

from members import jobs
from members.models import Job
from tests.factories import JobFactory

PAST, FUTURE = timedelta(seconds=-1), timedelta(minutes=1)


def running(**columns):
    """A job that a worker took; its lease ends `lease` from now by the database."""
    lease = columns.pop("lease", FUTURE)
    job = JobFactory(**{"status": Job.Status.RUNNING, "attempts": 1, **columns})
    Job.objects.filter(pk=job.pk).update(lease_until=jobs._database_time(lease))
    job.refresh_from_db()
    return job


def state_of(job):
    return Job.objects.values_list("status", "attempts", "percent", "error").get(
        pk=job.pk
    )


def together(act, count=8):
    """Run the act in so many threads at once, each with a connection of its own."""
    start, results = threading.Barrier(count), []

    def run():
        with closing(connection):
            start.wait(10)
            results.append(act())

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def threads_of(kind):
    return [each for each in threading.enumerate() if type(each).__name__ == kind]


def seen_elsewhere(job, read):
    """What another connection reads of the job, as a page that polls does."""
    found = []

    def look():
        with closing(connection):
            found.append(read(Job.objects.get(pk=job.pk)))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0]


def wait_until(holds, *, seconds=10):
    """Wait for something that another thread does."""
    tick = threading.Event()
    for _ in range(seconds * 20):
        if holds():
            return True
        tick.wait(0.05)
    return False
