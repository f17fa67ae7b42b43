"""What is asked for gets done: real workers are killed, messages doubled and lost.

Nobody waits a minute for a lease here: the tests move its end into the past.
"""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from celery import Celery, current_app
from django.conf import settings
from django.utils import timezone

from deploy.test_services import private_redis
from members import jobs
from members.models import Job
from members.policy import SYSTEM
from reports.models import RollupReport
from reports.services import reporting
from reports.tasks import render_rollup
from tests import restricted, small_worlds
from tests.workers import ROOT, environment, on_test_database, wait_until, worker

TASK = settings.JOB_TASKS["rollup"]
LONG_AGO = timedelta(minutes=5)


@pytest.fixture(scope="module")
def broker():
    """A Redis of our own, to be emptied."""
    with private_redis() as url:
        yield url


@pytest.fixture
def site(broker, transactional_db, monkeypatch) -> dict[str, str]:
    """A site whose messages go to that Redis."""
    sender = Celery("sender", broker=broker, set_as_current=False)
    app = current_app._get_current_object()
    monkeypatch.setattr(app, "send_task", sender.send_task)
    yield on_test_database(broker)
    sender.close()


@pytest.fixture
def log(tmp_path) -> Path:
    log = tmp_path / "worker.log"
    log.touch()
    return log


def asked() -> RollupReport:
    """A report on a small district that somebody has asked for."""
    contents = small_worlds.contents(people=small_worlds.DISTRICT_PEOPLE)
    campaign = small_worlds.imported(contents)
    return reporting.request_report(
        unit=small_worlds.unit_of(campaign, "H"),
        language="vi",
        actor=SYSTEM,
        now=timezone.now(),
    )


def state() -> dict[str, object]:
    """What there is of the only job and its report."""
    job, report = Job.objects.get(), RollupReport.objects.get()
    return {
        "status": job.status,
        "attempts": job.attempts,
        "files": sorted(Path(file.name).suffix for file in (report.pdf, report.xlsx)),
        "finished": report.finished_at is not None,
    }


def roles_logged_in() -> set[str]:
    """As whom others than this test ask the database."""
    found = restricted.value_of(
        "SELECT usename FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    return {name for (name,) in found if name}


def is_done() -> bool:
    return Job.objects.get().status == Job.Status.DONE


def is_running() -> bool:
    return Job.objects.get().status == Job.Status.RUNNING


def done_after(attempts: int) -> dict[str, object]:
    files = [".pdf", ".xlsx"]
    return {"status": "DONE", "attempts": attempts, "files": files, "finished": True}


def age_jobs() -> None:
    """Let leases end, and what waits have waited for long."""
    ago = timezone.now() - LONG_AGO
    Job.objects.update(created_at=ago, woken_at=ago)
    Job.objects.filter(status=Job.Status.RUNNING).update(lease_until=ago)


def test_a_worker_killed_at_its_work_is_followed_by_the_next(site, log):
    asked()
    with worker(site, log) as killed:
        wait_until(is_running, log=log)
        assert roles_logged_in() == {restricted.WORKER}
        killed.kill()
    assert state() == {
        "status": "RUNNING",
        "attempts": 1,
        "files": ["", ""],
        "finished": False,
    }

    age_jobs()
    assert jobs.sweep() == 1
    render_rollup(Job.objects.get().pk)  # as the next worker does, only sooner
    assert state() == done_after(2)


@pytest.mark.long
def test_a_job_of_a_killed_worker_is_found_without_anyones_hand(site, log):
    asked()
    with worker(site, log) as killed:
        wait_until(is_running, log=log)
        killed.kill()

    age_jobs()
    with worker(site, log):  # its clock sweeps every ten seconds
        wait_until(is_done, log=log)
    assert state() == done_after(2)


@pytest.mark.long
def test_a_doubled_message_has_one_effect(site, log):
    report = asked()
    for _ in range(3):
        current_app.send_task(TASK, [report.job_id])
    with worker(site, log):
        wait_until(is_done, log=log)
        first = RollupReport.objects.values().get()
        current_app.send_task(TASK, [report.job_id])
        with redis.Redis.from_url(site["REDIS_URL"]) as client:
            wait_until(lambda: client.llen("celery") == 0, log=log)

    assert state() == done_after(1)
    assert RollupReport.objects.values().get() == first


@pytest.mark.long
def test_a_message_lost_by_the_broker_is_sent_again(site, log):
    asked()
    with redis.Redis.from_url(site["REDIS_URL"]) as client:
        assert client.llen("celery") == 1
        client.flushdb()
        age_jobs()
        with worker(site, log):
            wait_until(is_done, log=log)

    assert state() == done_after(1)


ASK = """
from django.utils import timezone
from members.policy import SYSTEM
from reports.services import reporting
from tests import small_worlds

contents = small_worlds.contents(people=small_worlds.DISTRICT_PEOPLE)
unit = small_worlds.unit_of(small_worlds.imported(contents), "H")
reporting.request_report(
    unit=unit, language="vi", actor=SYSTEM, now=timezone.now()
)
"""


@pytest.mark.long
def test_an_embedded_site_finishes_what_a_killed_worker_left(tmp_path, log):
    env = environment(TUSOI_VAR=str(tmp_path / "var"))
    for command in (["migrate", "-v", "0"], ["shell", "-v", "0", "-c", ASK]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True
        )
    database = sqlite3.connect(tmp_path / "var" / "db.sqlite3", isolation_level=None)

    def job() -> tuple[str, int]:
        return database.execute("SELECT status, attempts FROM members_job").fetchone()

    with worker(env, log) as killed:
        wait_until(lambda: job() == ("RUNNING", 1), log=log)
        killed.kill()
    database.execute("UPDATE members_job SET lease_until = '2000-01-01 00:00:00'")
    database.execute("UPDATE members_job SET created_at = '2000-01-01 00:00:00'")
    with worker(env, log):
        wait_until(lambda: job()[0] != "RUNNING", log=log)
        wait_until(lambda: job() == ("DONE", 2), log=log)

    files = database.execute("SELECT pdf, xlsx FROM reports_rollupreport").fetchone()
    assert all((tmp_path / "var" / "files" / name).is_file() for name in files)
    database.close()
