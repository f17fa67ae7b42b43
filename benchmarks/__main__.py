"""`make bench`: make a province, measure, print a table, write var/bench.json.

    .venv/bin/python -m deploy.test_services .venv/bin/python -m benchmarks

Exit code 0 whether or not the goals hold; with `--strict` 1 where one does not.
"""

import argparse
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import django

MEMBERS = 500_000
ROUNDS = 3
NAMES = (
    *(
        "fold",
        "board",
        "pages",
        "decision",
        "levels",
        "roll",
        "event",
        "log-in",
        "report",
    ),
    "import",
)


def main() -> int:
    """Run all benchmarks; return the exit code."""
    arguments = parser().parse_args()
    signal.signal(signal.SIGTERM, end_cleanly)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from benchmarks import running  # noqa: PLC0415 -- models need a set-up Django

    try:
        return running.run(
            arguments.only,
            members=arguments.members,
            rounds=arguments.rounds,
            is_strict=arguments.strict,
        )
    except running.NoPostgres as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    known = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    known.add_argument(
        "--members", type=at_least_one, default=MEMBERS, help="size of the province"
    )
    known.add_argument(
        "--rounds",
        type=at_least_one,
        default=ROUNDS,
        help="rounds of import and report; what is short takes ten times as many",
    )
    known.add_argument(
        "--only", nargs="+", choices=NAMES, default=NAMES, help="some of them"
    )
    known.add_argument(
        "--strict", action="store_true", help="fail where a goal does not hold"
    )
    return known


def at_least_one(text: str) -> int:
    """Return a positive number."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def end_cleanly(number: int, _frame: FrameType | None) -> NoReturn:
    """End by an exception, so that the database is dropped."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
