"""Sheets and columns: what every kind of workbook says by its heads. Pure.

Heads and sheet names are the same in every language of the site: files travel between
offices.
"""

from dataclasses import dataclass
from enum import StrEnum

from members.names import fold

CODE_LENGTH = 40
NAME_LENGTH = 255

# Our own columns in the annotated copies, which come back corrected.
FAULT_HEAD = "Lỗi"
NOTE_HEAD = "Lưu ý"
OWN_HEADS = frozenset(map(fold, (FAULT_HEAD, NOTE_HEAD)))

GENDERS = {"Nam": "M", "Nữ": "F"}


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head; a clerk may write the short form."""

    field: str
    label: str
    short: str = ""

    @property
    def spellings(self) -> set[str]:
        """Every folded text that means this column."""
        labels = [self.label, *([self.short] if self.short else [])]
        return {fold(label) for label in labels}


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with its columns, in the order of the empty template."""

    name: str
    heads: tuple[Head, ...]

    def head_of(self, field: str) -> Head:
        """Return the head of a column that this sheet has."""
        return next(head for head in self.heads if head.field == field)


class PersonField(StrEnum):
    """What a column says about a person, in whichever kind of workbook."""

    CODE = "code"
    NAME = "name"
    BORN_ON = "born_on"
    GENDER = "gender"
    CELL = "cell"
    ADMITTED_ON = "admitted_on"
    OFFICIAL_ON = "official_on"
    CARD_NUMBER = "card_number"
    PERSONAL_ID = "personal_id"
    STATUS = "status"
