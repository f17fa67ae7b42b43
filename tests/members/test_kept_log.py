"""Events are chained, and both databases keep them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.members import kept_log

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def test_events_are_chained_and_kept():
    assert kept_log.ask() == {
        "events": [
            *(["2024-12-01/17", at, "test"] for at in range(1, 7)),
            *(["2024-12-01/18", at, "test"] for at in range(1, 5)),
            ["2024-12-02/17", 1, "test"],
        ],
        "faults": [],
        "refused": [
            f"The log is append-only: {act} on members_{table} is refused."
            for table in ("event", "logseal", "sealedhead")
            for act in ("UPDATE", "DELETE")
        ],
    }


def test_sqlite_keeps_the_same(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'log.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "TUSOI_VAR": str(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.members.kept_log"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout) == kept_log.ask()
