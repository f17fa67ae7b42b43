"""The roles that answer pages and do tasks in the tests: the second lock holds for them.

The tests themselves make and look at rows as who owns the tables. Within a request, or
a task, the connection stands under the restricted role, as in production.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg2
from celery import Task
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from members.services import database_roles

ROLE = "tusoi_tests_application"
WORKER = "tusoi_tests_worker"
# Real workers log in as it; only to databases of tests has it any right.
WORKER_PASSWORD = "only-for-tests"


def make_roles() -> None:
    """Make both roles, if no other run of tests has, and let them in."""
    for statement in (
        f"CREATE ROLE {ROLE} NOLOGIN",
        f"CREATE ROLE {WORKER}",
        f"ALTER ROLE {WORKER} LOGIN PASSWORD '{WORKER_PASSWORD}'",
    ):
        with (
            suppress(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    database_roles.grant_to(ROLE)
    database_roles.grant_to_worker(WORKER)


@contextmanager
def working() -> Iterator[None]:
    """Ask the database as the role of the workers."""
    connection.acts_as_worker = True
    try:
        with restricted(WORKER):
            yield
    finally:
        connection.acts_as_worker = False


def let_tasks_work_as_workers() -> None:
    """Have every task of every test done as the role of the workers."""
    done = Task.__call__

    def do(task: Task, *args: Any, **kwargs: Any) -> Any:
        with working():
            return done(task, *args, **kwargs)

    Task.__call__ = do


@contextmanager
def restricted(role: str = ROLE) -> Iterator[None]:
    """Ask the database as the role of the application; no query is counted."""
    connection.ensure_connection()
    _set_role(role)
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
