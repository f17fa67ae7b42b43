"""What migrations do beside Django's operations: all tables at once, the second lock.

A migration that has run is never changed, and neither is what these do.
Source: docs/policy.md § 6.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel

# The purposes that open every table (`members.row_security.Purpose`).
OF_ALL = ("command", "import", "act")

# Which rows are seen, and the purposes that open a table beside those of all.
Seen = tuple[str, tuple[str, ...]]
Policies = Mapping[str, Seen]  # by table


class CreateModels(Operation):
    """Many models of one app, with all that the operations give them.

    Django renders everything related anew after each single operation: two thirds of
    the time in which an empty database gets its tables. Here it does once for all.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        self.names = [each.name for each in operations if isinstance(each, CreateModel)]

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the models; what was rendered before is made anew when asked for."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        for name in self.names:
            schema_editor.create_model(to_state.apps.get_model(app_label, name))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        for name in reversed(self.names):
            schema_editor.delete_model(from_state.apps.get_model(app_label, name))

    def describe(self) -> str:
        """Return what `migrate --plan` says of it."""
        return f"Create models {', '.join(self.names)}"


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


class LockWrites(OnPostgreSQL):
    """Close a table of which more is read than may be written, row by row.

    `changed` says of which rows columns may be changed; rows are made for the same
    purposes, and deleted only for those that open every table.
    """

    def __init__(self, table: str, *, seen: Seen, changed: Seen) -> None:
        made = ("false", changed[1])
        super().__init__(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY {table}_seen ON {table} FOR SELECT {_using(*seen)}",
                f"CREATE POLICY {table}_changed ON {table}"
                f" FOR UPDATE {_using(*changed)}",
                f"CREATE POLICY {table}_made ON {table}"
                f" FOR INSERT WITH CHECK ({_allowed(*made)})",
                f"CREATE POLICY {table}_removed ON {table}"
                f" FOR DELETE {_using('false', ())}",
            ],
            [
                *(
                    f"DROP POLICY {table}_{name} ON {table}"
                    for name in ("seen", "changed", "made", "removed")
                ),
                f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
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
    return f"USING ({_allowed(seen, purposes)})"


def _allowed(seen: str, purposes: tuple[str, ...]) -> str:
    named = ", ".join(f"'{purpose}'" for purpose in (*OF_ALL, *purposes))
    return f"(SELECT members_asks_for({named})) OR {seen}"


def _execute(
    schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str]
) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)
