"""Prints what a database makes of events from before they were chained, as JSON.

The test runs it on an empty SQLite file and compares the answer with that of
PostgreSQL: `ask` is the same function for both.
"""

import json
from datetime import UTC, datetime, timedelta

import django
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("members", "0003_rolls")
NOON = datetime(2024, 12, 1, 5, tzinfo=UTC)


def ask() -> dict[str, object]:
    """Chain old events, append, seal and check; then try to change and to delete."""
    migrate()
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


def migrate() -> None:
    """Write events of two days as they were before they had chains; chain them."""
    call_command("migrate", *BEFORE, verbosity=0)
    then = MigrationExecutor(connection).loader.project_state([BEFORE]).apps
    for at, hours in enumerate((0, 20, 1), start=1):
        then.get_model("members", "Event").objects.create(
            at=NOON + timedelta(hours=hours),
            action=f"old {at}",
            system_reason="test",
            subject_kind="members.partyunit",
            subject_id=1,
            data={"rows": at},
        )
    connection.check_constraints()  # no table can change while checks are to come
    call_command("migrate", "members", verbosity=0)


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
