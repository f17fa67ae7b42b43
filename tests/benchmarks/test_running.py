"""All benchmarks run on a small province; their ratios say nothing there."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ROWS = (
    *("fold", "board", "250 cells", "opening", "preview", "list", "search", "event"),
    *("log-in", "report", "import"),
)


@pytest.mark.long
def test_each_benchmark_measures_on_a_small_province(tmp_path):
    command = [sys.executable, "-m", "benchmarks", "--members", "3000", "--rounds", "1"]
    own = {"TUSOI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}

    subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **own},
        check=True,
        timeout=900,
    )

    rows = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    found = " ".join(row["name"] for row in rows)
    assert [name for name in ROWS if name not in found] == []
    assert all(row["ratio"] > 0 for row in rows)
