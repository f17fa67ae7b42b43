"""All rows of campaigns and reviews, read again only where something was written.

PostgreSQL counts for each table what this transaction wrote, taken back or not: a table
whose counts stand still has the rows that it had.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

Row = dict[str, Any]
Table = dict[int, Row]
State = dict[str, Table]  # by model, as "UnitFile"

WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
    FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)
"""


@dataclass(frozen=True)
class Change:
    """One row that is not what it was; None: it was not there, or is gone."""

    model: str
    pk: int
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> set[str]:
        """The columns that are no more what they were; all of a row that came or went."""
        one, other = self.before or {}, self.after or {}
        return {
            name
            for name in one.keys() | other.keys()
            if one.get(name) != other.get(name)
        }


@dataclass
class Rows:
    """The rows as they were looked at last."""

    state: State = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Rows":
        return cls(
            {model: _rows(table) for table, model in tables().items()}, _counts()
        )

    def again(self) -> list[Change]:
        """Look again, and return what has changed since."""
        counts = _counts()
        changes: list[Change] = []
        for table, model in tables().items():
            if counts.get(table) != self.counts.get(table):
                now = _rows(table)
                changes += _changes(model, self.state[model], now)
                self.state[model] = now
        self.counts = counts
        return changes


@cache
def tables() -> dict[str, str]:
    """Return the models by their tables."""
    return {
        model._meta.db_table: model.__name__
        for app in ("campaigns", "reviews")
        for model in apps.get_app_config(app).get_models()
    }


def _changes(model: str, before: Table, after: Table) -> Iterator[Change]:
    for pk in sorted(before.keys() | after.keys()):
        one, other = before.get(pk), after.get(pk)
        if one != other:
            yield Change(model, pk, one, other)


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(tables())])
        return dict(cursor.fetchall())


def _rows(table: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, row_to_json(t)::text FROM {table} t")
        return {pk: json.loads(row) for pk, row in cursor.fetchall()}
