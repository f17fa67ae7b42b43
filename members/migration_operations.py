"""What migrations do that only PostgreSQL knows: functions, and the second lock on rows.

A migration that has run is never changed, and neither is what these do.
Source: docs/policy.md § 6.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

# The purposes that open every table (`members.row_security.Purpose`).
OF_ALL = ("command", "import", "act")

# By table: which rows are seen, and the purposes that open it beside those of all.
Policies = Mapping[str, tuple[str, tuple[str, ...]]]


class OnPostgreSQL(Operation):
    """Statements that change no model; on another database they do nothing."""

    def __init__(self, forwards: Iterable[str], backwards: Iterable[str]) -> None:
        self.forwards = tuple(forwards)
        self.backwards = tuple(backwards)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing: the models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        _execute(schema_editor, self.forwards)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        _execute(schema_editor, self.backwards)

    def describe(self) -> str:
        """Return what `sqlmigrate` and `migrate --plan` say of it."""
        return f"{type(self).__name__} ({len(self.forwards)} statements)"


class LockRows(OnPostgreSQL):
    """Close tables but for the rows that are seen; their owner obeys as well."""

    def __init__(self, policies: Policies) -> None:
        super().__init__(
            [
                statement
                for table, (seen, purposes) in policies.items()
                for statement in (
                    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                    f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                    f"CREATE POLICY {table}_seen ON {table} {_using(seen, purposes)}",
                )
            ],
            [
                statement
                for table in policies
                for statement in (
                    f"DROP POLICY {table}_seen ON {table}",
                    f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                    f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                )
            ],
        )


class ChangeLocks(OnPostgreSQL):
    """Let other rows be seen than before."""

    def __init__(self, policies: Policies, *, before: Policies) -> None:
        super().__init__(_altered(policies), _altered(before))


def _altered(policies: Policies) -> list[str]:
    return [
        f"ALTER POLICY {table}_seen ON {table} {_using(seen, purposes)}"
        for table, (seen, purposes) in policies.items()
    ]


def _using(seen: str, purposes: tuple[str, ...]) -> str:
    named = ", ".join(f"'{purpose}'" for purpose in (*OF_ALL, *purposes))
    return f"USING ((SELECT members_asks_for({named})) OR {seen})"


def _execute(
    schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str]
) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)
