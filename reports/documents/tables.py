"""What a table is before it becomes print or a sheet: columns, rows, what sums what.

Both the PDF and the workbook are made from these values, so they cannot differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reports.figures import percent_of

Cell = str | int | bool | Decimal | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    COUNT = "count"
    MARK = "mark"  # a count of one, shown as a cross
    PERCENT = "percent"  # worked out from two columns of its row
    RATE = "rate"  # a prescribed percent
    VERDICT = "verdict"  # true or false, shown as one of two words


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `group` is a head that neighbouring columns share.

    `parts` are the keys of the columns that a count is the sum of; a percent is `of`
    one column on the base of another; `words` are those of a verdict, false and true.
    `width` is in mm, 0 takes what is left.
    """

    key: str
    head: str
    kind: Kind = Kind.COUNT
    group: str = ""
    width: float = 0
    parts: tuple[str, ...] = ()
    of: str = ""
    base: str = ""
    words: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells by the keys of the columns; `total` sums the counts of all rows."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    total: Mapping[str, Cell] | None = None
    notes: tuple[str, ...] = ()
    is_wide: bool = True

    def cells(self, row: Mapping[str, Cell]) -> list[Cell]:
        """Return a row's values in the order of the columns, percents worked out."""
        return [self._cell(column, row) for column in self.columns]

    def _cell(self, column: Column, row: Mapping[str, Cell]) -> Cell:
        if column.kind is not Kind.PERCENT:
            return row.get(column.key)
        count, base = row[column.of], row[column.base]
        assert isinstance(count, int)
        assert isinstance(base, int)
        return percent_of(count, base)

    def number_of(self, key: str) -> int:
        """Return the number that is printed under the head of a column."""
        return 1 + [column.key for column in self.columns].index(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a statement: one count for each of its heads.

    `parts` are the keys of the lines that it is the sum of, `base` that of the line
    that its percent is taken of, "" for none.
    """

    key: str
    label: str
    counts: tuple[int, ...]
    depth: int = 0
    parts: tuple[str, ...] = ()
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Figures down the page, for a few subjects side by side."""

    key: str
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def percents(self, line: Line) -> tuple[Decimal | None, ...]:
        """Return a line's percents, one for each head; none where it has no base."""
        return percents_of(line, self.lines)


def percents_of(line: Line, lines: Iterable[Line]) -> tuple[Decimal | None, ...]:
    """Return the percents of a line whose base is among the lines; () without one."""
    if not line.base:
        return ()
    base = next(each for each in lines if each.key == line.base)
    pairs = zip(line.counts, base.counts, strict=True)
    return tuple(percent_of(count, whole) for count, whole in pairs)


def total_of(
    columns: Iterable[Column], rows: Sequence[Mapping[str, Cell]]
) -> dict[str, int]:
    """Return the sums of all columns that hold counts."""
    counted = [each.key for each in columns if each.kind in (Kind.COUNT, Kind.MARK)]
    return {key: sum(_count(row.get(key)) for row in rows) for key in counted}


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
