"""Writing a hundred thousand rows: COPY on PostgreSQL, one prepared INSERT on SQLite.

Everything else goes through the ORM, in `batches` where it is much. Nothing is
validated here; the caller's validators did that, and the database's constraints still do.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from io import StringIO
from itertools import islice, repeat
from typing import Any, TypeVar

from django.db import connection, models, transaction

from members import sealing
from members.fields import (
    CodeKeyField,
    IndexOfSealedField,
    NFCField,
    SealedField,
)

BATCH = 20_000
ROWS = 1_000  # that one statement of the ORM writes
LOOK_UP = 5_000  # values that one statement names
MANY = 5_000  # rows after which the statistics of a table are another's
# How fields keep a value whose own `get_prep_value` is not called here.
_KEPT: tuple[tuple[type[models.Field], Callable[[str], str]], ...] = (
    (NFCField, partial(unicodedata.normalize, "NFC")),
    (SealedField, sealing.seal),
)
Value = TypeVar("Value")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def batches(
    values: Sequence[Value], most: int | None = None
) -> Iterator[Sequence[Value]]:
    """Yield the values in pieces of at most so many, else of what one look-up can hold."""
    size = most or LOOK_UP
    for start in range(0, len(values), size):
        yield values[start : start + size]


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Return primary keys that nobody else gets, for rows about to be inserted.

    On SQLite call it inside the transaction that inserts: that is what keeps others
    from taking the same ones.
    """
    if not count:
        return []
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id'))"
                " FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        # The largest id ever given, not the largest that is left: what was written
        # about a deleted row must never be taken for something about a new one.
        cursor.execute(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s",
            [model._meta.db_table],
        )
        last = cursor.fetchone()[0]
        return list(range(last + 1, last + 1 + count))


def insert(model: type[models.Model], columns: Mapping[str, Sequence[Any]]) -> int:
    """Insert rows given as equally long columns; return how many.

    Shape: keys are attribute names ("unit_id"); values are numbers, texts, bools,
    dates, moments or None. The key of a code is worked out, and a number of a person is
    sealed; other columns that are left out get the field's default.
    """
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.attname in columns or not field.primary_key
    ]
    count = len(next(iter(columns.values())))
    filled = [_filled(field, columns, count) for field in fields]
    quoted = [connection.ops.quote_name(str(field.column)) for field in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    write = _copy if connection.vendor == "postgresql" else _insert_many
    write(table, quoted, filled)
    return count


def refresh_statistics(models_written: Iterable[type[models.Model]]) -> None:
    """Tell PostgreSQL's planner what the tables hold now, after many rows have come.

    Its own daemon does it a minute later or never; until then it joins a roll of a
    hundred thousand as if it had one member. Call it after the commit.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models_written:
            cursor.execute(
                "SELECT members_refresh_statistics(%s)", [model._meta.db_table]
            )


def _filled(
    field: models.Field, columns: Mapping[str, Sequence[Any]], count: int
) -> Sequence[Any]:
    if isinstance(field, CodeKeyField):
        return field.keys(columns)
    if isinstance(field, IndexOfSealedField) and field.of in columns:
        return list(map(sealing.index_of, columns[field.of]))
    if field.attname not in columns:
        return [field.get_db_prep_save(field.get_default(), connection)] * count
    column = columns[field.attname]
    kept = next((keep for kind, keep in _KEPT if isinstance(field, kind)), None)
    return list(map(kept, column)) if kept else column


def _copy(table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]) -> None:
    texts = [_as_copy_text(column) for column in columns]
    lines = map("\t".join, zip(*texts, strict=True))
    listed = ", ".join(names)
    # psycopg2's own errors become Django's, as for every other statement.
    with (
        connection.wrap_database_errors,
        transaction.atomic(savepoint=False),
        connection.cursor() as cursor,
        _open_table(cursor, table, listed) as into,
    ):
        statement = f"COPY {into} ({listed}) FROM STDIN"
        while batch := "\n".join(islice(lines, BATCH)):
            cursor.copy_expert(statement, StringIO(batch))


@contextmanager
def _open_table(cursor: Any, table: str, listed: str) -> Iterator[str]:
    """Give the table that COPY may fill: it knows no row-level security.

    Where that holds for who asks, a table of the connection's own, whose rows are then
    inserted, each by the policy. It costs no more than COPY into the table itself.
    """
    cursor.execute("SELECT row_security_active(%s)", [table])
    if not cursor.fetchone()[0]:
        yield table
        return
    cursor.execute(
        f"CREATE TEMPORARY TABLE bulk_rows AS SELECT {listed} FROM {table} WITH NO DATA"  # noqa: S608 -- our own names
    )
    yield "bulk_rows"
    cursor.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM bulk_rows")  # noqa: S608 -- our own names
    cursor.execute("DROP TABLE bulk_rows")


def _as_copy_text(column: Sequence[Any]) -> Iterable[str]:
    """Return a column as COPY writes it; one look at its first value picks the way."""
    kinds = set(map(type, column))
    if kinds <= {int}:
        return map(str, column)
    if kinds <= {str}:
        return map(str.translate, column, repeat(_ESCAPES))
    return map(_copy_value, column)


def _copy_value(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).translate(_ESCAPES)


def _insert_many(
    table: str, names: Sequence[str], columns: Sequence[Sequence[Any]]
) -> None:
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 -- our own names
    texts = [_as_sqlite_values(column) for column in columns]
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*texts, strict=True)))


def _as_sqlite_values(column: Sequence[Any]) -> Sequence[Any]:
    kinds = set(map(type, column))
    if datetime in kinds:
        return [connection.ops.adapt_datetimefield_value(value) for value in column]
    if date in kinds:
        return [connection.ops.adapt_datefield_value(value) for value in column]
    return column
