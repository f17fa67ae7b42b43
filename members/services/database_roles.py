"""The two roles of the database: who owns the tables, and who answers pages.

Source: docs/adr/0012-a-second-lock-on-rows.md.
"""

import logging
from enum import StrEnum

from django.db import connection
from django.utils.translation import gettext as _

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


class NoSecondLock(Exception):
    """The site does not start as this role; the text says why and what to do."""


class SecondLock(StrEnum):
    """How far the database itself keeps rows from who may not see them."""

    ABSENT = "ABSENT"  # SQLite has none
    PASSED = "PASSED"  # the role passes every policy
    LOOSE = "LOOSE"  # it holds, but the role owns the tables and can take it off
    HELD = "HELD"


def grant_to(role: str) -> None:
    """Let a role read and write what the application needs, now and in later tables.

    Any number of times, as the owner of the tables.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        names = {
            "schema": connection.ops.quote_name(cursor.fetchone()[0]),
            "role": connection.ops.quote_name(role),
        }
        for statement in STATEMENTS:
            cursor.execute(statement.format(**names))
        for table, refused in REFUSED.items():
            cursor.execute(f"REVOKE {refused} ON {table} FROM {names['role']}")


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
