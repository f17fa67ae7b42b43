"""The processes of an embedded site: a Celery worker and a web server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

WORKER = (
    "celery --app config worker --beat --concurrency 1 --loglevel WARNING"
    " --without-gossip --without-mingle --without-heartbeat"
)
WEB = "gunicorn config.wsgi --workers 2 --bind {address} --access-logfile -"
SECONDS_TO_END = 15


@contextmanager
def running(
    command: str, *, log: Path, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one of the programs beside this one, until the block ends.

    `variables` are added to those of its environment.
    """
    program, *arguments = command.split()
    path = Path(sys.executable).parent / program
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 -- our own programs
            [path, *arguments],
            cwd=settings.BASE_DIR,
            env={**os.environ, **variables},
            stdout=output,
            stderr=output,
        )
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_END)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()
