"""A database of our own, and rows as files that COPY can read."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction

# As rows are written: COPY in this order finds every unit before its people.
APPS = ("members", "campaigns", "reviews", "reports")


@contextmanager
def own_database() -> Iterator[str]:
    """Make a database beside the one that DATABASE_URL names; drop it in the end.

    Yields its name. Django's own way of making one for tests, which migrates it.
    """
    named = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"tusoi_bench_{os.getpid()}"
    creation = connection.creation
    name = creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield name
    finally:
        creation.destroy_test_db(named, verbosity=0)


@contextmanager
def taken_back() -> Iterator[None]:
    """Run the block in a transaction that leaves nothing behind.

    Afterwards the tables are swept of its rows, so that the next finds them alike.
    """
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    tidy()


def tidy() -> None:
    """Sweep the tables, and let the database see what is in them."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def check_constraints() -> None:
    """Do now what a commit would: check every foreign key of the rows written."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """Rows of one table as COPY writes them."""

    table: str
    path: Path
    rows: int


def last_ids() -> Mapping[str, int]:
    """Return the greatest key of each of our tables."""
    with connection.cursor() as cursor:
        found = {}
        for table in _tables():
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608 -- our own table's name
            (found[table],) = cursor.fetchone()
    return found


def dump_rows_after(last: Mapping[str, int], folder: Path) -> list[ReadyFile]:
    """Write every row with a later key to a file for each table that has any."""
    files = []
    for table, last_id in last.items():
        path = folder / table
        query = f"SELECT * FROM {table} WHERE id > {last_id} ORDER BY id"  # noqa: S608 -- our own table's name
        with connection.cursor() as cursor, path.open("wb") as file:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT", file)
            if cursor.rowcount:
                files.append(ReadyFile(table, path, cursor.rowcount))
    return files


def load(files: Sequence[ReadyFile]) -> int:
    """Read the files with COPY, keys and indexes in place; return how many rows."""
    rows = 0
    with connection.cursor() as cursor:
        for ready in files:
            with ready.path.open("rb") as file:
                cursor.copy_expert(f"COPY {ready.table} FROM STDIN", file)
            rows += cursor.rowcount
    return rows


def _tables() -> list[str]:
    found: list[type[models.Model]] = []
    for app in APPS:
        found += apps.get_app_config(app).get_models(include_auto_created=True)
    return [connection.ops.quote_name(model._meta.db_table) for model in found]
