"""A printout with every kind of block, and what its two files say."""

import html
import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from reports.documents.printout_html import to_html
from reports.documents.printouts import (
    Align,
    Blank,
    Boxes,
    Column,
    Facts,
    Grid,
    Heading,
    Level,
    Line,
    Look,
    Printout,
    Sheet,
    Signing,
    Together,
    letterhead,
    number_line,
)
from reports.documents.signing import SignaturePlace
from reports.documents.word import to_docx

MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GRID = Grid(
    columns=(
        Column("TT", 9, Align.RIGHT),
        Column("Họ và tên", is_name=True),
        Column("Điểm", 20, Align.CENTRE),
    ),
    rows=(("1", "Lê Thị Út", "9"), ("2", "Trần Văn Tư\nPhó bí thư", "")),
    title="Điểm của từng đồng chí",
    total=("", "Cộng", "9"),
    row_height=8,
)
SHARED = Grid(
    columns=(
        Column("TT", 9, Align.RIGHT),
        Column("Xuất sắc", 20, over=("Mức",)),
        Column("Tốt", over=("Mức",)),
    ),
    rows=(("1", "2", "3"),),
    numbers=("(1)", "(2)", "(3)"),
    is_small=True,
)
PLACES = (
    SignaturePlace("NGƯỜI GHI BIÊN BẢN", "Recorder", "Phạm Văn Nam"),
    SignaturePlace("T/M CHI BỘ", "On behalf", "", "BÍ THƯ", "(Ký, ghi rõ họ tên)"),
)


def sheet(*blocks, **parts):
    """One paper of Chi bộ 1."""
    head = letterhead(
        superior="Đảng bộ xã Minh Tân",
        issuer="Chi bộ 1",
        number=number_line("BB/CB"),
        dated="Minh Tân, ngày 05 tháng 02 năm 2026",
    )
    return Sheet(
        **{"letterhead": head, "heading": ("BIÊN BẢN",), "blocks": blocks, **parts}
    )


def printout(*sheets, **parts):
    """A file of these papers."""
    return Printout(
        **{"language": "vi", "title": "Biên bản", "author": "Chi bộ 1", **parts},
        sheets=sheets,
    )


def everything(**parts):
    """Two papers; the first has every kind of block and every look."""
    return printout(
        sheet(
            *(Line(f"Dòng {look}, ghi tại chỗ.", look) for look in Look),
            Line("Công nhận kết quả.", lead="Điều 1."),
            Heading("1. Thời gian", gloss="Time"),
            Heading("1.1. Câu hỏi", Level.QUESTION),
            Blank("Địa chỉ:", "Address", 2),
            Boxes("Tự đánh giá:", "Own", (("Xuất sắc", False), ("Tốt", True))),
            GRID,
            SHARED,
            Facts((("Họ và tên:", "Lê Thị Út"), ("Mức:", "Tốt\nxuất sắc"))),
            Signing(places=PLACES),
            Together(
                (
                    Heading("Chi ủy nhận xét", Level.PLACE),
                    Line("Nhận xét: …", Look.PLAIN),
                    Signing(places=PLACES[1:], recipients=("- Chi bộ,", "- Lưu.")),
                )
            ),
            Heading("DANH SÁCH", Level.ANNEX, on_new_page=True),
            GRID,
            gloss="Minutes",
            below=Line("Sinh hoạt thường kỳ", Look.ABSTRACT),
        ),
        sheet(Line("Tờ thứ hai."), heading=("PHIẾU", "NĂM 2026")),
        **parts,
    )


def parts_of(content):
    """The parts of a Word file by their names."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def document_of(content):
    """What a Word file says, as elements."""
    return ElementTree.fromstring(parts_of(content)["word/document.xml"])


def paragraphs_of(content):
    """The texts of a Word file, each paragraph one."""
    typed = {f"{MAIN}t": lambda piece: piece.text or "", f"{MAIN}br": lambda _: "\n"}
    return [
        "".join(
            typed[piece.tag](piece) for piece in paragraph.iter() if piece.tag in typed
        )
        for paragraph in document_of(content).iter(f"{MAIN}p")
    ]


def says_the_same(one):
    """Whether the PDF and the Word file say the same in the same order."""
    page = to_html(one)
    in_print = html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<body>") :]))
    in_word = "".join(paragraphs_of(to_docx(one)))
    for box, mark in (("☒", "×"), ("☐", "")):
        in_word = in_word.replace(box, mark)
    return "".join(in_print.split()) == "".join(in_word.split())
