"""Real Celery workers of a site, to be killed in the middle of their work."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from reports.management.processes import WORKER
from tests import restricted

ROOT = Path(__file__).resolve().parent.parent
CELERY = Path(sys.executable).parent / "celery"
PATIENCE_SECONDS = 60


def environment(**changes: str) -> dict[str, str]:
    """The environment of a site that has nothing of the test run's own settings."""
    ours = {"DATABASE_URL", "DATABASE_WORKER_URL", "REDIS_URL", "TUSOI_VAR"}
    kept = {key: value for key, value in os.environ.items() if key not in ours}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **changes}


def on_test_database(redis_url: str) -> dict[str, str]:
    """The environment of a site on the database and the files of this test."""
    to = connection.settings_dict
    who = quote(to["USER"]) + (f":{quote(to['PASSWORD'])}" if to["PASSWORD"] else "")
    where = quote(to["HOST"], safe="") + (f":{to['PORT']}" if to["PORT"] else "")
    worker = f"{restricted.WORKER}:{restricted.WORKER_PASSWORD}"
    return environment(
        DATABASE_URL=f"postgres://{who}@{where}/{to['NAME']}",
        DATABASE_WORKER_URL=f"postgres://{worker}@{where}/{to['NAME']}",
        REDIS_URL=redis_url,
        TUSOI_VAR=str(settings.VAR),
    )


class Worker:
    """A worker with its children and its clock, which start and end as one."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        _program, *arguments = WORKER.split()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [CELERY, *arguments],
                cwd=ROOT,
                env=env,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End all of it at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def worker(env: dict[str, str], log: Path) -> Iterator[Worker]:
    started = Worker(env, log)
    try:
        yield started
    finally:
        if started.process.poll() is None:
            started.kill()


def wait_until(is_so: Callable[[], object], *, log: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up_at, log.read_text()[-2000:]
        time.sleep(0.02)
