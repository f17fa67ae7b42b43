import builtins
import io
import logging
import re
import unicodedata
import urllib.request

import pypdf
import pytest

from campaigns import rulesets
from members.vocabulary import vocabulary
from reports.documents import pdf
from reports.documents.pdf import DocumentNotRendered, check_fonts, html_to_pdf
from reports.documents.rollup_html import rollup_html
from reports.documents.terms import reading_in
from tests.reports import rollups

MM = 72 / 25.4


pytestmark = pytest.mark.usefixtures("english")


def printed(rollup, **head):
    return rollup_html(
        rollup,
        rule_set=rulesets.load(rollup.rule_set),
        vocabulary=vocabulary(),
        head=rollups.head(**head),
    )


@pytest.fixture(scope="module")
def complaints():
    """What WeasyPrint says while the document is rendered."""
    said = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    yield said
    logger.removeHandler(handler)


@pytest.fixture(scope="module")
def content(complaints):
    html = printed(rollups.district(20), previous=rollups.previous(children=2))
    return html_to_pdf(html)


@pytest.fixture(scope="module")
def document(content):
    return pypdf.PdfReader(io.BytesIO(content))


def elements(document):
    """Every element of the tree of tags, as (kind, dictionary)."""
    waiting, found = [document.trailer["/Root"]["/StructTreeRoot"]], []
    while waiting:
        element = waiting.pop().get_object()
        found.append((element.get("/S"), element))
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        waiting += [
            kid
            for kid in kids
            if isinstance(kid, pypdf.generic.IndirectObject)
            and isinstance(kid.get_object(), pypdf.generic.DictionaryObject)
        ]
    return found


def test_the_file_says_that_it_is_archival(document):
    root = document.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert re.findall(r'pdfaid:(part|conformance)[>=]"?(\w)', metadata) == [
        ("part", "3"),
        ("conformance", "A"),
    ]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    with reading_in("vi"):
        title = rollups.head().title
    assert document.metadata.title == (f"{title} – Huyện ủy Yên Lạc")
    assert document.trailer["/ID"]


def test_the_file_has_nothing_that_an_archive_forbids(document, content):
    root = document.trailer["/Root"]

    assert not {"/OpenAction", "/AA", "/AcroForm", "/AF"} & set(root)
    assert not re.search(rb"/(JavaScript|Launch|URI|EmbeddedFile|Encrypt)\b", content)


def test_every_font_is_embedded_and_is_ours(document):
    fonts = {}
    for page in document.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            face = font["/DescendantFonts"][0]
            fonts[face["/BaseFont"]] = face["/FontDescriptor"]

    faces = {str(name).rpartition("+")[2].replace("-", " ") for name in fonts}
    assert faces == {
        "Liberation Serif",
        "Liberation Serif Bold",
        "Liberation Serif Italic",
        "Liberation Serif Bold Italic",
    }
    assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts.values())


def test_pages_are_a4_wide_tables_across(document):
    sizes = [
        (round(page.mediabox.width / MM), round(page.mediabox.height / MM))
        for page in document.pages
    ]

    upright, across = (210, 297), (297, 210)
    assert sizes == sorted(sizes)
    assert set(sizes) == {upright, across}


def test_the_text_comes_back_as_it_was_written(document):
    first = document.pages[0].extract_text()

    for text in (
        "ĐẢNG BỘ TỈNH VĨNH PHÚC",
        "HUYỆN ỦY YÊN LẠC",
        "Số 25-BC/HU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Yên Lạc, ngày 05 tháng 01 năm 2019",
        "BÁO CÁO",
    ):
        assert text in first
    assert unicodedata.is_normalized("NFC", first)


def test_pages_are_numbered_from_the_second_on(document):
    last_words = [page.extract_text().split()[-1] for page in document.pages]

    assert not last_words[0].isdigit()
    assert last_words[1:] == [str(at) for at in range(2, len(document.pages) + 1)]


def test_cells_know_their_heads_and_charts_say_what_they_show(document):
    found = elements(document)

    kinds = {kind for kind, _element in found}
    assert {"/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TD", "/Figure"} <= kinds
    figures = [element for kind, element in found if kind == "/Figure"]
    assert len(figures) == 2
    assert all(figure["/Alt"] for figure in figures)
    heads = [
        element["/A"]["/Headers"]
        for kind, element in found
        if kind == "/TD" and "/Headers" in element.get("/A", {})
    ]
    assert any(len(ids) > 1 for ids in heads)


def test_equal_documents_make_equal_files():
    html = printed(rollups.flat(1))

    assert html_to_pdf(html) == html_to_pdf(html)


@pytest.mark.usefixtures("content")
def test_the_style_sheet_has_nothing_that_the_renderer_ignores(complaints):
    assert complaints == []


def test_wide_tables_repeat_their_heads_with_the_numbers_of_the_columns(document):
    across = [page for page in document.pages if page.mediabox.width > 600]

    assert len(across) > 6
    assert all("(1)" in text and "(2)" in text for text in _texts(across))


def _texts(pages):
    return [" ".join(page.extract_text().split()) for page in pages]


def test_a_sum_stands_with_two_rows_and_tables_begin_where_there_is_room():
    content = html_to_pdf(printed(rollups.flat(21), language="en"))
    texts = _texts(pypdf.PdfReader(io.BytesIO(content)).pages)

    (sums,) = [
        text for text in texts if "Total" in text and "Chi bộ thôn 9" not in text
    ]
    assert "Chi bộ thôn 20" in sums
    assert "Chi bộ thôn 19" not in sums
    assert "Party organisations by level" in texts[0]


OUTSIDE = {
    "picture of a file": '<img src="file:///etc/passwd">',
    "picture by http": '<img src="http://127.0.0.1:9/x.png">',
    "picture as data": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "style sheet": '<link rel="stylesheet" href="file:///etc/passwd">',
    "import in a style": "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "background": '<p style="background: url(file:///etc/passwd)">x</p>',
    "list marker": "<ul style=\"list-style-image: url('http://127.0.0.1:9/x')\"><li>x",
    "content": "<style>p::before { content: url(file:///etc/hosts) }</style><p>x",
    "object": '<object data="file:///etc/passwd"></object>',
    "embed": '<embed src="file:///etc/passwd">',
    "picture in a drawing": (
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" '
        'width="9" height="9"/></svg>'
    ),
    "shape of another drawing": (
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="file:///x.svg#a"/></svg>'
    ),
    "attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "attachment by a link": '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "font": (
        "<style>@font-face { font-family: x; src: url(file:///etc/passwd) }"
        "p { font-family: x }</style><p>x"
    ),
}


# WeasyPrint leaves out a drawing that it cannot complete, instead of stopping.
LEFT_OUT = {"picture in a drawing", "shape of another drawing"}


@pytest.fixture
def opened(monkeypatch):
    """The addresses that were really opened, past the fetcher's own refusal."""
    addresses = []
    monkeypatch.setattr(
        urllib.request.OpenerDirector,
        "open",
        lambda opener, request, *args, **kwargs: addresses.append(request),
    )
    return addresses


@pytest.mark.parametrize("name", OUTSIDE)
def test_html_to_pdf_fetches_nothing(name, opened):
    page = f'<html lang="vi"><title>x</title>{OUTSIDE[name]}</html>'

    if name in LEFT_OUT:
        assert html_to_pdf(page).startswith(b"%PDF-1.7")
    else:
        with pytest.raises(DocumentNotRendered, match="outside itself"):
            html_to_pdf(page)

    assert opened == []


def test_there_are_146_vietnamese_letters():
    letters = pdf.vietnamese_letters()

    assert len(letters) == 146
    assert {"ạ", "Ự", "đ", "Đ", "y", "Ỹ", "ẵ"} <= letters
    assert all(len(letter) == 1 for letter in letters)


@pytest.fixture
def fonts_unchecked():
    check_fonts.cache_clear()
    yield
    check_fonts.cache_clear()


@pytest.mark.usefixtures("fonts_unchecked")
def test_the_font_of_this_machine_is_complete():
    check_fonts()


@pytest.mark.usefixtures("fonts_unchecked")
@pytest.mark.parametrize(
    ("family", "letters", "said"),
    [
        ("Liberation Serif", pdf.vietnamese_letters() - {"ạ", "Ộ"}, "(ạ Ộ)"),
        ("DejaVu Sans", pdf.vietnamese_letters(), "Liberation Serif Regular"),
        ("", frozenset(), "fonts-liberation2"),
    ],
    ids=["letters lacking", "another font in its place", "no font at all"],
)
def test_an_incomplete_font_is_refused_with_what_to_install(
    monkeypatch, family, letters, said
):
    monkeypatch.setattr(pdf, "_face", lambda style: (family, letters))

    with pytest.raises(DocumentNotRendered) as refusal:
        html_to_pdf("<p>x</p>")

    assert said in str(refusal.value)
    assert "fonts-liberation2" in str(refusal.value)


@pytest.mark.usefixtures("fonts_unchecked")
def test_a_machine_without_any_font_is_told_what_to_install(monkeypatch, tmp_path):
    pdf._weasyprint()
    configuration = tmp_path / "fonts.conf"
    configuration.write_text("<fontconfig></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))

    with pytest.raises(DocumentNotRendered, match="fonts-liberation2"):
        html_to_pdf("<p>x</p>")


@pytest.mark.usefixtures("fonts_unchecked")
def test_a_machine_without_pango_is_told_what_to_install(monkeypatch):
    importing = builtins.__import__

    def without_pango(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return importing(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pango)

    with pytest.raises(DocumentNotRendered, match="libpango-1.0-0"):
        html_to_pdf("<p>x</p>")


def test_the_renderer_names_engine_variant_and_font():
    assert re.fullmatch(
        r"WeasyPrint \d+\.\d+, pdf/a-3a, Liberation Serif", pdf.renderer()
    )
