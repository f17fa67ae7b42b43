"""The sheets and columns of the results workbook. Pure.

Source: `docs/contracts.md`, "Results workbook".
"""

from enum import StrEnum

from members.workbook.layout import Head, Layout


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
