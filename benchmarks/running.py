"""All benchmarks one after the other, and what they found."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks import (
    appending,
    boards,
    databases,
    deciding,
    folding,
    importing,
    levels,
    listing,
    logging_in,
    pages,
    reporting,
)
from benchmarks.measuring import Row
from benchmarks.province import province
from campaigns.models import CampaignUnit
from members.models import PartyUnit
from reviews.services.importing import import_results

CAMPAIGN = "benchmark-province-2025"
LARGEST_WORKBOOK = 100_000
RESULT = "bench.json"

Measure = Callable[[], Iterable[Row]]


class NoPostgres(Exception):
    """The benchmarks compare with COPY, which only PostgreSQL has."""


def run(names: Sequence[str], *, members: int, rounds: int, is_strict: bool) -> int:
    """Measure, print and write the rows; return the exit code.

    Raises: NoPostgres where DATABASE_URL names another database, or none.
    """
    if connection.vendor != "postgresql":
        raise NoPostgres(
            "The benchmarks need PostgreSQL: name a server by DATABASE_URL, or run"
            " them with `make bench`."
        )
    started = time.monotonic()

    def say(what: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - started:5.0f} s] {what}\n")

    rows = []
    with databases.own_database() as database:
        say(f"loading a province of {members:,} members")
        load_province(members)
        for row in measured(
            names, members=members, database=database, rounds=rounds, say=say
        ):
            say(f"{row.ratio:.2f} (goal {row.goal}): {row.name}")
            rows.append(row)
    write(rows, settings.VAR / RESULT)
    sys.stdout.write(table(rows))
    return int(is_strict and not all(row.holds for row in rows))


def load_province(members: int) -> None:
    """Write the generated province as an import would, by COPY."""
    import_results(province(members, code="P"), importing.order_for(CAMPAIGN))
    databases.tidy()


def measured(
    names: Sequence[str],
    *,
    members: int,
    database: str,
    rounds: int,
    say: importing.Say,
) -> Iterator[Row]:
    """Return the rows, each as soon as it is measured."""
    units = CampaignUnit.objects.filter(campaign__code=CAMPAIGN).select_related(
        "campaign", "live_unit__parent"
    )
    root, live = units.get(parent=None), PartyUnit.objects.get(parent=None)
    size = min(LARGEST_WORKBOOK, members)
    measures: dict[str, Measure] = {
        "fold": lambda: [folding.measure(root, rounds=10 * rounds)],
        "board": lambda: [boards.measure(root, rounds=10 * rounds)],
        "decision": lambda: deciding.measure(root, rounds=rounds),
        "pages": lambda: pages.measure(rounds=rounds),
        "levels": lambda: levels.measure(rounds=rounds),
        "roll": lambda: listing.measure(live, rounds=10 * rounds),
        "event": lambda: [appending.measure(rounds=10 * rounds)],
        "log-in": lambda: [logging_in.measure(rounds=rounds)],
        "report": lambda: [reporting.measure(units.get(code="P.001"), rounds=rounds)],
        "import": lambda: [
            importing.measure(size, database=database, rounds=rounds, say=say)
        ],
    }
    for name in names:
        say(f"measuring: {name}")
        yield from measures[name]()


def table(rows: Sequence[Row]) -> str:
    """Return the rows as text, the details below each."""
    lines = [f"{'ratio':>6} {'goal':>5}  holds"]
    for row in rows:
        holds = "yes" if row.holds else "NO"
        lines.append(f"{row.ratio:6.2f} {row.goal:5.1f}  {holds:5}  {row.name}")
        lines.append(f"{'':21}{row.detail}")
    return "\n".join([*lines, ""])


def write(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as JSON, in the words of `docs/benchmarks.md`."""
    found = [row.as_json() for row in rows]
    path.write_text(f"{json.dumps(found, ensure_ascii=False, indent=2)}\n", "utf-8")
