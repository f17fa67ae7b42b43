"""Hostile workbooks sent as a roll: refused with a sentence, and cheaply.

A roll may be larger than other workbooks, so that its child process has more room.
What is hostile needs no more of it than the others do.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from members.workbook.roll import SHEET_NAMES
from tests import workbook_parts
from tests.hostile_workbooks import ALL, LEGITIMATE, Hostile
from tests.workers import ROOT, environment

MOST_SECONDS = 20
MOST_KILOBYTES = 512 * 1024
HOSTILE = [case for case in ALL if case not in LEGITIMATE]
# Reads a file as an import of a roll does; says what came of it and what it took.
READ = """
import json, resource, sys, time
from pathlib import Path
import django
django.setup()
from members.services.rolls.reading import read_workbook
from members.spreadsheets.reading import WorkbookRefused
started = time.monotonic()
try:
    reading = read_workbook(Path(sys.argv[1])).reading
    told = [str(fault) for fault in reading.faults]
except WorkbookRefused as refusal:
    told = [str(refusal)]
print(json.dumps({
    "told": told,
    "seconds": time.monotonic() - started,
    "kilobytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
}))
"""

pytestmark = pytest.mark.long


def test_there_are_at_least_sixty():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_a_hostile_workbook_is_no_roll(case: Hostile, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(workbook_parts, "SHEET", SHEET_NAMES[0])
    path = tmp_path / "upload.xlsx"
    path.write_bytes(case.make())

    found = subprocess.run(
        [sys.executable, "-c", READ, str(path)],
        cwd=ROOT,
        env=environment(DATABASE_URL="sqlite://:memory:", SECRET_KEY="k" * 50),
        stdout=subprocess.PIPE,
        check=True,
    )

    came = json.loads(found.stdout.splitlines()[-1])
    assert came["told"] != []
    assert came["seconds"] < MOST_SECONDS
    assert came["kilobytes"] < MOST_KILOBYTES
