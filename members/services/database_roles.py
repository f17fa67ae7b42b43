"""The roles of the database: who owns the tables, who answers pages, who works.

Source: docs/adr/0012-a-second-lock-on-rows.md.
"""

import logging
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from members.models import Account

logger = logging.getLogger(__name__)

# What the role of the application may not do to a table, though it may to others.
REFUSED = {
    "members_event": "UPDATE, DELETE, TRUNCATE",
    "members_logseal": "UPDATE, DELETE, TRUNCATE",
    "members_sealedhead": "UPDATE, DELETE, TRUNCATE",
    "members_loghead": "DELETE, TRUNCATE",
    "django_migrations": "INSERT, UPDATE, DELETE, TRUNCATE",
}
STATEMENTS = (
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}"
    " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema}"
    " GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)

# What lets somebody in. Of these tables a worker reads the named columns alone, by
# which it finds what is too old; of accounts all but the password.
READ_IN_PART_BY_WORKERS = {
    "django_session": (),
    "members_account": tuple(
        field.column
        for field in Account._meta.concrete_fields
        if field.column != "password"
    ),
    "members_accountsession": (),
    "members_authenticator": (),
    "members_codecard": ("printed_at", "taken_at"),
    "members_failedtry": ("at",),
    "members_formreceipt": (),
    "members_oidclink": (),
    "members_passkey": (),
    "members_slip": ("printed_at",),
}
WORKER_STATEMENTS = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
    "GRANT USAGE ON SCHEMA {schema} TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}",
)


class NoSecondLock(Exception):
    """The site does not start as this role; the text says why and what to do."""


class SecondLock(StrEnum):
    """How far the database itself keeps rows from who may not see them."""

    ABSENT = "ABSENT"  # SQLite has none
    PASSED = "PASSED"  # the role passes every policy
    LOOSE = "LOOSE"  # it holds, but the role owns the tables and can take it off
    HELD = "HELD"


def written_by_workers() -> dict[str, str]:
    """Return by table what workers do to it beside reading.

    Each app names it of its own models, as `written_by_workers` in its `apps.py`:
    results and rolls that come in as files, with what is counted of them; what a
    scanner says of attached files; reports, reminders, their own queue, the log.
    Everything else they only read.
    """
    return {
        app.get_model(name)._meta.db_table: acts
        for app in apps.get_app_configs()
        for name, acts in getattr(app, "written_by_workers", {}).items()
    }


def grant_to(role: str) -> None:
    """Let a role read and write what the application needs, now and in later tables.

    Any number of times, as the owner of the tables.
    """
    with connection.cursor() as cursor:
        names = _names(cursor, role)
        for statement in STATEMENTS:
            cursor.execute(statement.format(**names))
        for table, refused in REFUSED.items():
            cursor.execute(f"REVOKE {refused} ON {table} FROM {names['role']}")


def grant_to_worker(role: str) -> None:
    """Let a role do what workers do and no more: not even read what lets somebody in.

    Any number of times, as the owner of the tables; a later table needs it again, and
    `migrate` does so.
    """
    with connection.cursor() as cursor:
        names = _names(cursor, role)
        for statement in WORKER_STATEMENTS:
            cursor.execute(statement.format(**names))
        for table, columns in READ_IN_PART_BY_WORKERS.items():
            cursor.execute(f"REVOKE ALL ON {table} FROM {names['role']}")
            for column in columns:
                cursor.execute(f"GRANT SELECT ({column}) ON {table} TO {names['role']}")
        for table, written in written_by_workers().items():
            cursor.execute(f"GRANT {written} ON {table} TO {names['role']}")


def _names(cursor: Any, role: str) -> dict[str, str]:
    cursor.execute("SELECT current_schema()")
    return {
        "schema": connection.ops.quote_name(cursor.fetchone()[0]),
        "role": connection.ops.quote_name(role),
    }


def second_lock() -> SecondLock:
    """Return what holds for the role that the application is logged in as."""
    if connection.vendor != "postgresql":
        return SecondLock.ABSENT
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS ("
            " SELECT FROM pg_class WHERE relrowsecurity"
            " AND pg_has_role(current_user, relowner, 'USAGE')) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        passes, owns = cursor.fetchone()
    if passes:
        return SecondLock.PASSED
    return SecondLock.LOOSE if owns else SecondLock.HELD


def in_words(lock: SecondLock) -> str:
    """Return what a state of the second lock means, for who runs the site."""
    told = {
        SecondLock.ABSENT: _("SQLite has no second lock on rows: only queries hold."),
        SecondLock.PASSED: _(
            "The role of DATABASE_URL passes row-level security: there is no second "
            "lock on rows."
        ),
        SecondLock.LOOSE: _(
            "The role of DATABASE_URL owns the tables: the second lock on rows holds, "
            "but the application could take it off."
        ),
        SecondLock.HELD: _("The second lock on rows holds."),
    }
    return told[lock]


def demand_second_lock(*, required: bool) -> None:
    """Say what holds when the site starts.

    Raises: NoSecondLock if nothing does on PostgreSQL, though it is required.
    """
    lock = second_lock()
    if lock is SecondLock.PASSED and required:
        raise NoSecondLock(
            _("%s Log in as another role, or set SECOND_LOCK_REQUIRED=False.")
            % in_words(lock)
        )
    is_good = lock in {SecondLock.HELD, SecondLock.ABSENT}
    logger.log(logging.INFO if is_good else logging.WARNING, in_words(lock))
