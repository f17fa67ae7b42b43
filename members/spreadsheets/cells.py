"""What a sheet of a workbook holds: columns of text, and what each text was. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from members.confined import Unfit

MEGABYTE = 2**20


class Mark(StrEnum):
    """What a cell was before it became text; one character a cell."""

    EMPTY = " "
    TEXT = "t"
    NUMBER = "n"  # its digits; 12345678.0 is "12345678"
    DATE = "d"  # "1960-05-17"; a time of day is dropped
    OTHER = "o"  # a logical value or a time: nothing that anybody enters on purpose
    FORMULA = "f"  # the text is the value that was last calculated, if any
    BROKEN = "e"  # #N/A, #REF! …; the text is empty


@dataclass(frozen=True, slots=True)
class Column:
    """One column below its head; `values` and `marks` are equally long."""

    letter: str  # "A", "B", … as Excel shows it
    head: str  # the text of row 1
    values: list[str]
    marks: str  # a `Mark` for each value


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows below row 1 in which anything stands, and their numbers in the file."""

    name: str
    rows: list[int]
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one kind of upload may cost."""

    max_bytes: int
    max_rows: int  # without the heads
    address_space_bytes: int
    cpu_seconds: int
    max_columns: int = 60

    @property
    def max_unpacked_bytes(self) -> int:
        """The parts of the file, unpacked, together."""
        return 10 * self.max_bytes

    @property
    def max_characters(self) -> int:
        """All texts together: one long text may be repeated in a million cells."""
        return 2 * self.max_bytes

    @property
    def wall_seconds(self) -> int:
        """Generous, because a busy machine gives a process only part of its time."""
        return 3 * self.cpu_seconds


ROLL_LIMITS = Limits(
    max_bytes=30 * MEGABYTE,
    max_rows=200_000,
    address_space_bytes=1024 * MEGABYTE,
    cpu_seconds=120,
)


class UnfitWorkbook(Unfit):
    """The workbook cannot be read; `reading` puts the code into words."""


def column_letter(index: int) -> str:
    """Return what Excel calls a column; 0 is "A", 26 is "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index of a column by the letters that Excel gives it; "A" is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
