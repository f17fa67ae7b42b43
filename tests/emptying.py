"""After a test with real commits all tables are emptied, a hundred times in a run.

TRUNCATE makes new files for each table and index, also of empty ones: a second or two
for ours. A few rows are deleted in a tenth of that, in whatever order: our foreign keys
are looked at when the transaction ends.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Rows of these are deleted by nobody (tests/members/test_log.py).
LOG = {"members_event", "members_loghead", "members_logseal", "members_sealedhead"}


def empty_by_deleting(connection: BaseDatabaseWrapper) -> None:
    """Let `flush` delete on this connection, where no sequence is to begin anew."""
    truncating = connection.ops.sql_flush

    def sql_flush(
        style: Any,
        tables: Sequence[str],
        *,
        reset_sequences: bool = False,
        allow_cascade: bool = False,
    ) -> list[str]:
        if reset_sequences:
            return truncating(
                style, tables, reset_sequences=True, allow_cascade=allow_cascade
            )
        quoted = {table: connection.ops.quote_name(table) for table in tables}
        log = ", ".join(quoted[table] for table in sorted(LOG & quoted.keys()))
        # First: no table is truncated on whose rows something still waits.
        first = [f"TRUNCATE {log}"] if log else []
        return first + [
            f"DELETE FROM {quoted[table]}" for table in tables if table not in LOG
        ]

    connection.ops.sql_flush = sql_flush  # type: ignore[method-assign]  # of the tests
