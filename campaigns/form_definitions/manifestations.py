"""The 27 manifestations as reading matter, by lists; nobody ticks one. Pure.

Source: docs/rules/pledges.md § 7.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from members.tables import Label, Table

FILE = Path(__file__).parent / "reference" / "manifestations.toml"


@dataclass(frozen=True, slots=True)
class Heading:
    """One list, with its entries in order."""

    code: str  # "A"
    title: Label
    entries: tuple[Label, ...]


@cache
def load() -> tuple[Heading, ...]:
    """Return the lists in order.

    Raises: tables.BadTable if the file is wrong.
    """
    values = tomllib.loads(FILE.read_text(encoding="utf-8"))
    table = Table(values, file=FILE.name)
    lists = table.rows("lists", _heading)
    table.finish()
    return lists


def _heading(table: Table) -> Heading:
    return Heading(
        code=table.text("code"),
        title=table.label("title"),
        entries=table.rows("entries", _entry),
    )


def _entry(table: Table) -> Label:
    return Label(vi=table.text("vi"), en=table.text("en"))
