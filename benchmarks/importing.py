"""A results workbook brought in, against COPY of the rows that this writes."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from benchmarks import databases
from benchmarks.measuring import Row, Times, timed
from benchmarks.province import RULE_SET, YEAR, province
from benchmarks.workbook import write_workbook
from campaigns.contents import Contents
from members.management.refusing import digest_of
from members.policy import SYSTEM
from reviews.services import importing
from reviews.services.workbooks.reading import read_workbook

GOAL = 4.0

Say: TypeAlias = Callable[[str], None]
CODE = "benchmark-workbook-2025"
MANAGE = settings.BASE_DIR / "manage.py"


def order_for(code: str, *, file_sha256: str = "") -> importing.Order:
    """Return the order to import a generated world as the campaign of this code."""
    return importing.Order(
        campaign_code=code,
        rule_set_code=RULE_SET,
        year=YEAR,
        actor=SYSTEM,
        now=timezone.now(),
        file_sha256=file_sha256,
        system_reason="benchmark",
    )


def measure(members: int, *, database: str, rounds: int, say: Say) -> Row:
    """Import a workbook of so many members and COPY the same rows, in turns."""
    with tempfile.TemporaryDirectory(prefix="tusoi-bench-") as name:
        folder = Path(name)
        book = folder / "results.xlsx"
        contents = province(members, code="W")
        say(f"writing a workbook of {members:,} members")
        write_workbook(contents, book)
        _check(book, contents)
        times, rows = _rounds(book, rounds=rounds, say=say)
        say("importing it by command")
        seconds, peak = _by_command(book, database)
    return Row(
        name=f"import of a workbook of {members:,} members / COPY of its rows",
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times}; {rows:,} rows; the command as a whole: {seconds:.1f} s,"
        f" {peak / 2**10:.0f} MB at its peak",
    )


def _check(book: Path, contents: Contents) -> None:
    """Make sure that the workbook says just what was generated.

    The rounds would else measure another import than they tell.
    """
    reading = read_workbook(book, rule_set_code=RULE_SET, year=YEAR)
    assert reading.parsed.contents is not None, reading.parsed.faults[:5]
    assert reading.parsed.contents.digest() == contents.digest()


def _rounds(book: Path, *, rounds: int, say: Say) -> tuple[Times, int]:
    """Return the times of each round, and how many rows both ways wrote."""
    ours, plain, rows = [], [], 0
    files: list[databases.ReadyFile] = []
    for number in range(1, rounds + 1):
        say(f"import and COPY, round {number} of {rounds}")
        with databases.taken_back():
            last = databases.last_ids()
            seconds, _ = timed(lambda: _import(book))
            ours.append(seconds)
            files = databases.dump_rows_after(last, book.parent)
        with databases.taken_back():
            seconds, rows = timed(lambda: _copy(files))  # noqa: B023 -- run at once
            plain.append(seconds)
        assert rows == sum(file.rows for file in files)
    return Times(tuple(ours), tuple(plain)), rows


def _import(book: Path) -> None:
    """Do what the command does with a new campaign."""
    digest = digest_of(book)
    reading = read_workbook(book, rule_set_code=RULE_SET, year=YEAR)
    assert reading.parsed.contents is not None
    importing.import_results(
        reading.parsed.contents, order_for(CODE, file_sha256=digest)
    )
    databases.check_constraints()


def _copy(files: list[databases.ReadyFile]) -> int:
    rows = databases.load(files)
    databases.check_constraints()
    return rows


def _by_command(book: Path, database: str) -> tuple[float, int]:
    """Return the seconds and peak memory (KiB) of the real command, commit included.

    The peak is that of its largest process: one parses the file, one writes.
    """
    url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{database}").geturl()
    command = [sys.executable, str(MANAGE), "import_results", str(book)]
    command += ["--campaign", CODE, "--rule-set", RULE_SET]
    environment = {**os.environ, "DATABASE_URL": url}
    started = time.perf_counter()
    child = subprocess.Popen(  # noqa: S603 -- our own command
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with child:
        assert child.stderr is not None
        told = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, told.decode()
    return time.perf_counter() - started, usage.ru_maxrss
