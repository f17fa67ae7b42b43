"""The sheets and columns of the results workbook. Pure.

Source: `docs/contracts.md`, "Results workbook". Heads and sheet names are the same in
every language of the site: files travel between offices.
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


class Field(StrEnum):
    """What a column says, whichever sheet it is on."""

    CODE = "code"
    NAME = "name"
    PARENT = "parent"
    KIND = "kind"
    SECTOR = "sector"
    LEVEL = "level"
    BORN_ON = "born_on"
    GENDER = "gender"
    CELL = "cell"
    ADMITTED_ON = "admitted_on"
    OFFICIAL_ON = "official_on"
    STATUS = "status"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head; a clerk may write the short form."""

    field: Field
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

    def head_of(self, field: Field) -> Head:
        """Return the head of a column that this sheet has."""
        return next(head for head in self.heads if head.field == field)


UNITS = Layout(
    "Đơn vị",
    (
        Head(Field.CODE, "Mã đơn vị"),
        Head(Field.NAME, "Tên đơn vị"),
        Head(Field.PARENT, "Mã cấp trên"),
        Head(Field.KIND, "Loại tổ chức đảng", "Loại"),
        Head(Field.SECTOR, "Loại hình TCCSĐ", "Loại hình"),
        Head(Field.LEVEL, "Xếp loại chất lượng", "Xếp loại"),
    ),
)
PEOPLE = Layout(
    "Đảng viên",
    (
        Head(Field.CODE, "Mã đảng viên"),
        Head(Field.NAME, "Họ và tên"),
        Head(Field.BORN_ON, "Ngày sinh"),
        Head(Field.GENDER, "Giới tính"),
        Head(Field.CELL, "Mã chi bộ"),
        Head(Field.ADMITTED_ON, "Ngày vào Đảng"),
        Head(Field.OFFICIAL_ON, "Ngày chính thức"),
        Head(Field.STATUS, "Tình trạng"),
        Head(Field.LEVEL, "Xếp loại chất lượng", "Xếp loại"),
        Head(Field.REASON, "Lý do không hoàn thành nhiệm vụ", "Lý do"),
    ),
)
LAYOUTS = (UNITS, PEOPLE)

GENDERS = {"Nam": "M", "Nữ": "F"}
