"""The form of an accusation, empty: written by hand and handed in elsewhere.

What is prescribed stays Vietnamese, with an English gloss.
Source: docs/rules/opinions.md § 7.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.printouts import (
    Blank,
    Block,
    Boxes,
    Line,
    Look,
    Printout,
    Sheet,
    Signing,
    dated_line,
    gloss,
    letterhead_of_state,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import date_text, reading_in

BLANK_LINES = 8


def accusation_printout(*, number: str, on: date | None, language: str) -> Printout:
    """Return the form; `number` may be "". Equal arguments give an equal text."""
    with reading_in(language):
        sheet = Sheet(
            letterhead=letterhead_of_state(dated=dated_line("", date_text(None, "vi"))),
            heading=("ĐƠN TỐ CÁO",),
            gloss=gloss(_("Accusation")),
            blocks=(*_blocks(), Line(_receipt(number, on), Look.FRAMED)),
        )
        return Printout(
            language=language,
            title=_("Form of an accusation"),
            sheets=(sheet,),
            is_dense=True,
        )


def _blocks() -> Iterator[Block]:
    yield Blank("Kính gửi:", gloss(_("To")))
    yield Blank("Họ và tên người tố cáo:", gloss(_("Who accuses")))
    yield Blank("Địa chỉ, cách thức liên hệ:", gloss(_("Address, how to be reached")))
    yield Blank("Người (tổ chức) bị tố cáo:", gloss(_("Who is accused")))
    yield Blank(
        "Nội dung tố cáo; hành vi trả thù, trù dập (nếu có):",
        gloss(_("What of; retaliation")),
        BLANK_LINES,
    )
    yield Blank("Tài liệu gửi kèm:", gloss(_("Papers enclosed")))
    yield Boxes(
        "Đề nghị:",
        gloss(_("Asked for: secrecy; protection")),
        (
            ("giữ bí mật thông tin", False),
            ("áp dụng biện pháp bảo vệ người tố cáo", False),
        ),
    )
    yield Line(
        "Tôi chịu trách nhiệm trước pháp luật về nội dung tố cáo của mình.", Look.PLAIN
    )
    place = SignaturePlace(
        words="NGƯỜI TỐ CÁO",
        gloss=gloss(_("signature or fingerprint, full name")),
        note="(Ký hoặc điểm chỉ, ghi rõ họ tên)",
    )
    yield Signing(places=(place,), is_tight=True)


def _receipt(number: str, on: date | None) -> str:
    taken = _("Whoever takes the form in gives a receipt for it by their own register.")
    if not number:
        return f"{_('Form without a number.')} {taken}"
    numbered = _("Number of this form: %(number)s, printed on %(day)s.") % {
        "number": number,
        "day": display_day(on),
    }
    kept = _("The program keeps the number and the day alone.")
    return f"{numbered} {kept} {taken}"
