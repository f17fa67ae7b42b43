"""The table of points of a self-review that is longer than a page."""

import io
from dataclasses import replace

import pypdf

from campaigns import form_definitions, rulesets
from campaigns.queries.written.reading import FullText, sections_of
from reports.documents.pdf import html_to_pdf
from reports.documents.printout_html import to_html
from reports.documents.word import to_docx
from reports.documents.written import WrittenSheet, written_printout
from tests.reports.printouts import MAIN, document_of, says_the_same

CRITERIA = 40
HEADS = ("Tiêu chí", "Điểm tối đa", "Tự chấm", "Chi bộ", "Cấp có thẩm quyền")


def printed():
    """A self-review of 2025 of a head whose committee has set many criteria."""
    criteria = rulesets.load("qd366-2025").criteria
    leaf = next(each for each in criteria.tree if each.parent)
    more = tuple(
        replace(
            leaf, code=f"X{at}", label=replace(leaf.label, vi=f"Tiêu chí riêng {at}")
        )
        for at in range(CRITERIA)
    )
    form = form_definitions.resolved(
        "self-review-2b-2025.1",
        replace(criteria, tree=criteria.tree + more),
        kind="CADRE",
        asked=(),
    )
    text = FullText(1, form, sections_of(form, "HEAD", {}), None)
    sheet = WrittenSheet(
        name="Lê Thị Hoa",
        superior="Đảng ủy xã Minh Tân",
        cell="Chi bộ Mầm non",
        place="Minh Tân",
        year=2025,
        identity=(),
        preamble="",
        text=text,
    )
    return written_printout([sheet], title="Bản kiểm điểm", language="vi")


def test_its_heads_stand_on_every_page_that_has_a_line_of_it():
    one = printed()
    pages = [
        page.extract_text()
        for page in pypdf.PdfReader(io.BytesIO(html_to_pdf(to_html(one)))).pages
    ]
    with_lines = [page for page in pages if "Tiêu chí riêng" in page]

    assert len(with_lines) > 1
    for page in with_lines:
        words = " ".join(page.split())
        assert all(head in words for head in HEADS)
    assert says_the_same(one)


def test_word_repeats_them_too():
    [table] = [
        each
        for each in document_of(to_docx(printed())).iter(f"{MAIN}tbl")
        if "Tiêu chí riêng 1" in "".join(each.itertext())
    ]
    first, *others = table.findall(f"{MAIN}tr")

    assert all(head in "".join(first.itertext()) for head in HEADS)
    assert first.find(f".//{MAIN}tblHeader") is not None
    assert len(others) > CRITERIA
    assert not any(row.find(f".//{MAIN}tblHeader") is not None for row in others)
