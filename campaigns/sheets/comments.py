"""The workbook in which a body writes its comments on a draft.

Heads are Vietnamese in every language: the file goes to bodies without accounts.
"""

from typing import IO

from campaigns.models import Draft
from members.dates import display_day
from members.sheets.writing import add_page, head_style, new_book, put, put_row

SHEET = "Góp ý"
PLACE = "Phần, mục của dự thảo"
TEXT = "Nội dung góp ý"
_HEADS = ["Số thứ tự", PLACE, TEXT]
_WIDTHS = (10, 36, 90)
_EMPTY_ROWS = 30


def write_comments(stream: IO[bytes], draft: Draft, *, body_name: str) -> None:
    """Write the empty workbook of one body for one draft."""
    with new_book(stream) as book:
        sheet = add_page(book, SHEET)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        put_row(sheet, 0, _HEADS, head_style(book))
        for row in range(1, _EMPTY_ROWS + 1):
            put(sheet, row, 0, str(row))
        about = add_page(book, "Dự thảo")
        about.set_column(0, 0, 28)
        about.set_column(1, 1, 90)
        facts = {
            "Dự thảo": draft.title,
            "Gửi kèm văn bản": draft.document,
            "Cơ quan, tổ chức góp ý": body_name,
            "Hạn góp ý": display_day(draft.due_on),
            "Cách ghi": "Mỗi dòng của trang “Góp ý” là một ý kiến.",
        }
        for row, (label, text) in enumerate(facts.items()):
            put(about, row, 0, label)
            put(about, row, 1, text)
