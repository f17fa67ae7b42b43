"""Papers for Word: what an office opens, edits and prints.

Source: docs/rules/documents.md § 11.
"""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pypdf
import pytest

from deploy import packages
from reports.documents.pdf import html_to_pdf
from reports.documents.printout_html import to_html
from reports.documents.printouts import Facts, Grid, Line, Signing
from reports.documents.word import to_docx
from tests.reports.printouts import (
    GRID,
    MAIN,
    PLACES,
    document_of,
    everything,
    paragraphs_of,
    parts_of,
    printout,
    says_the_same,
    sheet,
)

# The order in which the schema of ECMA-376 wants what may stand in each; Word refuses
# another, LibreOffice does not.
ORDER = {
    "pPr": (
        "pStyle keepNext pageBreakBefore widowControl pBdr tabs spacing ind jc "
        "outlineLvl sectPr"
    ),
    "rPr": "rStyle rFonts b i sz szCs u lang",
    "tblPr": "tblStyle tblW tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit trHeight tblHeader",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "sectPr": "headerReference pgSz pgMar pgNumType titlePg",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "settings": (
        "zoom defaultTabStop characterSpacingControl compat themeFontLang "
        "decimalSymbol listSeparator"
    ),
}
HOSTILE = (
    "</w:t></w:r><w:r><w:instrText>HYPERLINK</w:instrText>",
    '{ HYPERLINK "http://x.example" }',
    "=cmd|' /C calc'!A0",
    "]]> <![CDATA[ &amp; &#0; <!-- -->",
    "a\x00b\x0bc\x1fd\ufffee",
    "http://x.example/a?b=c&d=e",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.docx",
    "x" * 20_000,
)


def named(name):
    return f"{MAIN}{name}"


def elements(content):
    """Every element of the parts in Word's own markup."""
    for name, part in parts_of(content).items():
        if name.startswith("word/") and not name.endswith(".rels"):
            yield from ElementTree.fromstring(part).iter()


def test_both_files_say_the_same_in_the_same_order():
    for language in ("vi", "en"):
        assert says_the_same(everything(language=language))


def test_equal_printouts_make_equal_bytes_and_no_moment_is_in_them():
    first, second = to_docx(everything()), to_docx(everything())

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }
        assert archive.testzip() is None


def test_the_file_holds_nothing_that_acts_and_leads_nowhere():
    parts = parts_of(to_docx(everything()))

    assert sorted(parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/header.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    targets = {
        relation.get("Target"): relation.get("TargetMode")
        for name, part in parts.items()
        if name.endswith(".rels")
        for relation in ElementTree.fromstring(part)
    }
    assert targets == dict.fromkeys(
        [
            "word/document.xml",
            "docProps/core.xml",
            "styles.xml",
            "settings.xml",
            "header.xml",
        ]
    )
    used = {each.tag.removeprefix(MAIN) for each in elements(to_docx(everything()))}
    assert used.isdisjoint(
        {
            "instrText",
            "hyperlink",
            "drawing",
            "pict",
            "object",
            "altChunk",
            "txbxContent",
        }
    )
    fields = [
        each
        for each in elements(to_docx(everything()))
        if each.tag == named("fldSimple")
    ]
    assert [each.get(named("instr")) for each in fields] == [" PAGE "]


def test_elements_stand_in_the_order_that_word_demands():
    for each in elements(to_docx(everything())):
        if order := ORDER.get(each.tag.removeprefix(MAIN), "").split():
            places = [order.index(child.tag.removeprefix(MAIN)) for child in each]
            assert places == sorted(set(places)), ElementTree.tostring(each)


def test_every_style_that_is_used_is_there():
    content = to_docx(everything())
    styles = ElementTree.fromstring(parts_of(content)["word/styles.xml"])
    there = {each.get(named("styleId")) for each in styles.iter(named("style"))}
    used = {
        each.get(named("val"))
        for each in document_of(content).iter()
        if each.tag in {named(f"{kind}Style") for kind in ("p", "r", "tbl")}
    }

    assert used <= there
    assert all(
        paragraph.find(f"{named('pPr')}/{named('pStyle')}") is not None
        for paragraph in document_of(content).iter(named("p"))
    )


def test_letters_are_times_new_roman_14_in_vietnamese():
    for language, expected in (("vi", "vi-VN"), ("en", "en-GB")):
        styles = ElementTree.fromstring(
            parts_of(to_docx(everything(language=language)))["word/styles.xml"]
        )
        looks = styles.find(
            f"{named('docDefaults')}/{named('rPrDefault')}/{named('rPr')}"
        )
        assert looks.find(named("rFonts")).get(named("hAnsi")) == "Times New Roman"
        assert looks.find(named("sz")).get(named("val")) == "28"
        assert looks.find(named("lang")).get(named("val")) == expected


@pytest.mark.parametrize("spacing", [18, 19])
def test_lines_stand_as_far_apart_as_the_document_says(spacing):
    content = to_docx(everything(line_spacing_points=spacing))
    styles = ElementTree.fromstring(parts_of(content)["word/styles.xml"])
    [body] = [each for each in styles if each.get(named("styleId")) == "BodyText"]

    between = body.find(f"{named('pPr')}/{named('spacing')}")
    assert between.get(named("line")) == str(spacing * 20)
    assert between.get(named("lineRule")) == "exact"


@pytest.mark.parametrize("is_landscape", [False, True])
def test_each_paper_is_a_section_on_a4_that_counts_its_own_pages(is_landscape):
    sections = list(
        document_of(to_docx(everything(is_landscape=is_landscape))).iter(
            named("sectPr")
        )
    )

    assert len(sections) == 2
    for section in sections:
        size, margins = section.find(named("pgSz")), section.find(named("pgMar"))
        sides = [int(size.get(named(side))) for side in ("w", "h")]
        assert sorted(sides, reverse=is_landscape) == sides
        assert sorted(sides) == [11906, 16838]
        assert {
            side: round(int(margins.get(named(side))) / 56.7)
            for side in ("top", "bottom", "left", "right")
        } == {"top": 20, "bottom": 20, "left": 30, "right": 15}
        assert section.find(named("pgNumType")).get(named("start")) == "1"
        assert section.find(named("titlePg")) is not None


def test_columns_keep_their_widths_and_heads_come_again():
    tables = [
        each
        for each in document_of(to_docx(everything())).iter(named("tbl"))
        if each.find(f".//{named('tblHeader')}") is not None
    ]

    first, shared, last = tables
    for table in (first, last):
        widths = [int(each.get(named("w"))) for each in table.iter(named("gridCol"))]
        assert widths[::2] == [510, 1134]
        assert abs(sum(widths) - 165 * 1440 / 25.4) < 2
        rows = table.findall(named("tr"))
        heads = [row.find(f".//{named('tblHeader')}") is not None for row in rows]
        assert heads == [True, False, False, False]
        assert all(row.find(f".//{named('cantSplit')}") is not None for row in rows)
    heads = [row.find(f".//{named('tblHeader')}") for row in shared.iter(named("tr"))]
    assert [head is not None for head in heads] == [True, True, True, False]


def test_tables_never_touch_so_that_they_stay_several():
    facts = Facts((("Mức:", "Tốt"),))
    one = printout(sheet(GRID, GRID, facts, GRID, Signing(places=PLACES)), sheet(GRID))

    before = ""
    for each in document_of(to_docx(one))[0]:
        assert (before, each.tag) != (named("tbl"), named("tbl"))
        before = each.tag


def test_what_stands_before_signatures_stays_on_their_page():
    for last in (Line("Xin cảm ơn."), GRID, Facts((("Mức:", "Tốt"),))):
        body = document_of(to_docx(printout(sheet(last, Signing(places=PLACES)))))
        *_others, held, _gap, _signatures = list(body[0])[:-2]
        paragraph = [*held.iter(named("p"))][-1]
        assert paragraph.find(f"{named('pPr')}/{named('keepNext')}") is not None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text):
    grid = replace(GRID, rows=(("1", text, ""),), title=text)
    one = printout(
        sheet(Line(text), grid, Facts(((text, text),)), Signing(places=PLACES)),
        title=text,
        author=text,
    )
    content = to_docx(one)

    kept = re.sub("[\x00\x0b\x1f\ufffe]", "", text)
    assert paragraphs_of(content).count(kept) == 5
    tags = {each.tag for each in elements(content)}
    assert tags <= {each.tag for each in elements(to_docx(everything()))}
    properties = ElementTree.fromstring(parts_of(content)["docProps/core.xml"])
    assert [each.text for each in properties][:2] == [kept, kept]


def test_a_row_that_does_not_fit_its_columns_is_refused():
    grid = Grid(columns=GRID.columns, rows=(("1", "Lê Thị Út"),))

    with pytest.raises(ValueError, match="shorter"):
        to_docx(printout(sheet(grid)))


@pytest.mark.parametrize(
    "parts",
    [
        {"places": ()},
        {"places": PLACES, "recipients": ("- Lưu.",)},
        {"places": (*PLACES, PLACES[0])},
    ],
)
def test_places_to_sign_that_have_no_room_are_refused(parts):
    with pytest.raises(ValueError, match="place"):
        Signing(**parts)


@pytest.mark.long
@pytest.mark.parametrize("is_landscape", [False, True])
def test_another_reader_prints_what_the_pdf_prints(is_landscape, tmp_path):
    one = everything(is_landscape=is_landscape)
    (tmp_path / "paper.docx").write_bytes(to_docx(one))
    packages.ensure([packages.WRITER])
    subprocess.run(
        [
            shutil.which("soffice"),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "paper.docx",
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    by_office = _words((tmp_path / "paper.pdf").read_bytes())
    by_us = _words(html_to_pdf(to_html(one)))
    # Print draws its boxes and its lines, Word has letters for them.
    assert (by_office - by_us, by_us - by_office) == ({"☐", "☒"}, {"×"})


def _words(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return set(re.sub(r"\.{20,}", " ", text).split())


def test_each_paper_of_a_pdf_counts_its_own_pages_and_its_signatures_are_never_alone():
    lines = [Line(f"Dòng {number}.") for number in range(31)]
    signing = Signing(places=PLACES)
    papers = [sheet(*lines, signing) for _paper in range(3)]

    content = html_to_pdf(to_html(printout(*papers)))

    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    texts = [page.extract_text() for page in pages]
    numbers = [re.findall(r"^\d+$", text, re.MULTILINE) for text in texts]
    assert numbers == [[], ["2"]] * 3
    assert all("ĐẢNG CỘNG SẢN VIỆT NAM" in text for text in texts[::2])
    assert all("Dòng 30." in text for text in texts[1::2])
