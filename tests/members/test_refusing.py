"""A command asks for `migrate` where that may help, and hides no fault of its own."""

import sqlite3
from pathlib import Path

import psycopg2
import pytest
from django.core.management import CommandError
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    connection,
)
from psycopg2 import errors

from members.management.refusing import RefusingCommand, digest_of
from tests.factories import UnitFactory

pytestmark = pytest.mark.usefixtures("english")


def command(act):
    class Command(RefusingCommand):
        requires_system_checks = ()

        def handle(self, **options):
            act()

    return Command(stdout=None).execute(
        no_color=True, force_color=False, skip_checks=True
    )


def refusing(kind, cause):
    def act():
        raise kind("why") from cause

    return act


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["* FROM nowhere", "nothing FROM members_member"])
def test_a_missing_table_or_column_is_told_with_what_to_run(what):
    with pytest.raises(CommandError, match=r"Has `manage\.py migrate` been run\?$"):
        command(lambda: run(f"SELECT {what}"))


@pytest.mark.parametrize(
    "cause",
    [
        psycopg2.OperationalError("connection refused"),
        sqlite3.OperationalError("no such table: members_member"),
        sqlite3.OperationalError("no such column: code_key"),
        sqlite3.OperationalError("unable to open database file"),
    ],
)
def test_a_server_that_does_not_answer_or_is_empty_is_told(cause):
    with pytest.raises(CommandError) as refused:
        command(refusing(OperationalError, cause))

    lacks_tables = str(cause).startswith("no such")
    assert str(refused.value) == (
        "The database refuses (why). Has `manage.py migrate` been run?"
        if lacks_tables
        else "The database does not answer: why"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "act"),
    [
        (IntegrityError, lambda: UnitFactory(code="A") and UnitFactory(code="a")),
        (DataError, lambda: UnitFactory(code="x" * 41)),
        (ProgrammingError, lambda: run("SELEC 1")),
        (DataError, lambda: run("SELECT 1 / 0")),
    ],
)
def test_what_the_database_refuses_otherwise_is_a_fault_with_its_trace(kind, act):
    with pytest.raises(kind):
        command(act)


@pytest.mark.parametrize(
    "cause",
    [
        errors.DeadlockDetected(),
        errors.DiskFull(),
        sqlite3.OperationalError("database is locked"),
        None,
    ],
)
def test_trouble_while_working_is_no_question_of_migrations(cause):
    with pytest.raises(DatabaseError):
        command(refusing(OperationalError, cause))


class Gone:
    """A stream whose reader has gone."""

    def write(self, text):
        raise BrokenPipeError

    def flush(self):
        raise BrokenPipeError


def test_what_was_done_ends_as_done_though_nobody_reads_on():
    done = []

    class Command(RefusingCommand):
        requires_system_checks = ()

        def handle(self, **options):
            self.stdout.write("One.")
            self.stderr.write("Two.")
            done.append("all")

    Command(stdout=Gone(), stderr=Gone()).execute(
        no_color=True, force_color=False, skip_checks=True
    )

    assert done == ["all"]


@pytest.mark.parametrize("kind", ["/dev/zero", "/dev/null"])
def test_what_is_no_file_is_not_read(kind):
    with pytest.raises(CommandError, match="is no file that can be read"):
        digest_of(Path(kind))
