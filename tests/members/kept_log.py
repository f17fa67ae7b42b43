"""Prints what a database keeps of the log, and what it refuses, as JSON.

The test runs it on an empty SQLite file and compares the answer with that of
PostgreSQL: `ask` is the same function for both.
"""

import json

import django
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction


def ask() -> dict[str, object]:
    """Append, seal and check; then try to change and to delete."""
    from members.models import Event, LogSeal, SealedHead
    from members.queries.log import LogCheck
    from tests.members.log import write_log

    write_log()
    rows = Event.objects.order_by("chain", "position")
    return {
        "events": list(map(list, rows.values_list("chain", "position", "action"))),
        "faults": list(LogCheck().faults()),
        "refused": [
            refusal_of(f"{act} {model._meta.db_table} {rest}")
            for model in (Event, LogSeal, SealedHead)
            for act, rest in (("UPDATE", "SET hash = ''"), ("DELETE FROM", ""))
        ],
    }


def refusal_of(statement: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as refusal:
        return str(refusal).splitlines()[0]
    return "was done"


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(ask()))  # noqa: T201 -- the answer of this program
