"""The workbook in which a body writes its comments on a draft, and that of the answers.

Heads are Vietnamese in every language: the file goes to bodies without accounts.
"""

from collections.abc import Iterable, Mapping
from typing import IO

from xlsxwriter import Workbook

from campaigns.models import Draft, DraftComment
from members.dates import display_day
from members.sheets.writing import add_page, head_style, new_book, put, put_row

SHEET = "Góp ý"
PLACE = "Phần, mục của dự thảo"
TEXT = "Nội dung góp ý"
_HEADS = ["Số thứ tự", PLACE, TEXT]
_WIDTHS = (10, 36, 90)
_EMPTY_ROWS = 30
ANSWERS = "Trả lời góp ý"
ANSWER = "Kết quả tiếp thu"
WHY = "Lý do, giải trình"
_ANSWER_HEADS = [*_HEADS, ANSWER, WHY]
_ANSWER_WIDTHS = (10, 30, 60, 22, 60)
_ANSWERED = {
    DraftComment.Answer.NONE: "Chưa trả lời",
    DraftComment.Answer.ACCEPTED: "Tiếp thu",
    DraftComment.Answer.PARTLY: "Tiếp thu một phần",
    DraftComment.Answer.NOT_ACCEPTED: "Không tiếp thu",
}


def write_comments(stream: IO[bytes], draft: Draft, *, body_name: str) -> None:
    """Write the empty workbook of one body for one draft."""
    with new_book(stream) as book:
        sheet = add_page(book, SHEET)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        put_row(sheet, 0, _HEADS, head_style(book))
        for row in range(1, _EMPTY_ROWS + 1):
            put(sheet, row, 0, str(row))
        _add_facts(
            book,
            draft,
            body_name,
            {
                "Hạn góp ý": display_day(draft.due_on),
                "Cách ghi": "Mỗi dòng của trang “Góp ý” là một ý kiến.",
            },
        )


def write_answers(
    stream: IO[bytes],
    draft: Draft,
    comments: Iterable[DraftComment],
    *,
    body_name: str,
) -> None:
    """Write what the committee answers to each comment of one body, in their order."""
    with new_book(stream) as book:
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = add_page(book, ANSWERS)
        for column, width in enumerate(_ANSWER_WIDTHS):
            sheet.set_column(column, column, width, wrapped)
        put_row(sheet, 0, _ANSWER_HEADS, head_style(book))
        for row, each in enumerate(comments, start=1):
            answered = _ANSWERED[DraftComment.Answer(each.answer)]
            cells = [str(row), each.place, each.text, answered, each.why]
            put_row(sheet, row, cells, wrapped)
        _add_facts(book, draft, body_name, {})


def _add_facts(
    book: Workbook, draft: Draft, body_name: str, more: Mapping[str, str]
) -> None:
    """Say on a sheet of its own which draft it is, and whose comments these are."""
    about = add_page(book, "Dự thảo")
    about.set_column(0, 0, 28)
    about.set_column(1, 1, 90)
    facts = {
        "Dự thảo": draft.title,
        "Gửi kèm văn bản": draft.document,
        "Cơ quan, tổ chức góp ý": body_name,
        **more,
    }
    for row, (label, text) in enumerate(facts.items()):
        put(about, row, 0, label)
        put(about, row, 1, text)
