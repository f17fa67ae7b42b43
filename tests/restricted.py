"""The role that answers pages in the tests: the second lock holds for it.

The tests themselves make and look at rows as who owns the tables. Within a request the
connection stands under the restricted role, as in production.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg2
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from members.services import database_roles

ROLE = "tusoi_tests_application"


def make_role() -> None:
    """Make the role, if no other run of tests has, and let it in."""
    with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN")
    database_roles.grant_to(ROLE)


@contextmanager
def restricted() -> Iterator[None]:
    """Ask the database as the role of the application; no query is counted."""
    connection.ensure_connection()
    _set_role(ROLE)
    try:
        yield
    finally:
        # A transaction that failed takes the role back with it.
        with suppress(psycopg2.errors.InFailedSqlTransaction):
            _set_role("NONE")


def _set_role(name: str) -> None:
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")


class RestrictedRole:
    """The outermost middleware of the tests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with restricted():
            return self.get_response(request)


def value_of(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """What a query of one's own finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
