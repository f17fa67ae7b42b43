"""The parts of a Word file and the ZIP that holds them.

Equal printouts make equal bytes: nothing of the hour, the machine or the reader is in
them. The file refers to nothing outside itself and holds neither fields, but for the
number of the page, nor anything that acts.
Source: docs/rules/documents.md § 11; ECMA-376 Part 2 (the package).
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.documents.printouts import Printout
from reports.documents.word.blocks import gap, sheet_blocks
from reports.documents.word.markup import (
    DECLARATION,
    RELATIONS,
    UNWRITABLE,
    element,
    mm,
    paragraph,
    run,
    written,
)
from reports.documents.word.styles import LANGUAGES, styles_part

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say
A4_MM, A3_MM = (210, 297), (297, 420)
MARGINS_MM = {"top": 20, "right": 15, "bottom": 20, "left": 30}
HEADER_MM = 10
PARTS = {  # by kind: of the relations, of the content
    "styles": "styles.xml",
    "settings": "settings.xml",
    "header": "header.xml",
}


def to_docx(printout: Printout) -> bytes:
    """Return a printout as a Word file; equal printouts give equal bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{RELATIONS}/officeDocument", "word/document.xml"),
            (
                "core",
                f"{PACKAGE}/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        "docProps/core.xml": _properties(printout),
        "word/_rels/document.xml.rels": _relations(
            *((kind, f"{RELATIONS}/{kind}", name) for kind, name in PARTS.items())
        ),
        "word/document.xml": _document(printout),
        "word/styles.xml": styles_part(printout),
        "word/settings.xml": _settings(LANGUAGES[printout.language]),
        "word/header.xml": _header(),
    }
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # whatever machine wrote it
            archive.writestr(entry, content)
    return packed.getvalue()


def _document(printout: Printout) -> bytes:
    return written(element("document", element("body", *_body(printout))))


def _body(printout: Printout) -> Iterator[Element]:
    """Give the sheets, each a section, so that each counts its own pages."""
    last = len(printout.sheets) - 1
    for at, sheet in enumerate(printout.sheets):
        yield from sheet_blocks(sheet, printout.width)
        section = _section(printout)
        yield gap(0, section=None if at == last else section)
    yield section


def _section(printout: Printout) -> Element:
    short, long = map(mm, A3_MM if printout.is_a3 else A4_MM)
    page = element("pgSz", w=short, h=long)
    if printout.is_landscape or printout.is_a3:
        page = element("pgSz", w=long, h=short, orient="landscape")
    header = element("headerReference", type="default")
    header.set(f"{{{RELATIONS}}}id", "header")
    margins = {side: mm(width) for side, width in MARGINS_MM.items()}
    return element(
        "sectPr",
        header,
        page,
        element(
            "pgMar", **margins, header=mm(HEADER_MM), footer=mm(HEADER_MM), gutter="0"
        ),
        element("pgNumType", start="1"),
        element("titlePg"),  # the first page has no number
    )


def _header() -> bytes:
    """Return the head of every page but the first: its number."""
    number = element("fldSimple", run("2"), instr=" PAGE ")
    return written(element("hdr", paragraph("Header", number)))


def _settings(language: str) -> bytes:
    return written(
        element(
            "settings",
            element("zoom", percent="100"),
            element("defaultTabStop", val=mm(10)),
            element("characterSpacingControl", val="doNotCompress"),
            element(
                "compat",
                # Word of 2013 and later; without it Word opens it as an old file.
                element(
                    "compatSetting",
                    name="compatibilityMode",
                    uri="http://schemas.microsoft.com/office/word",
                    val="15",
                ),
            ),
            element("themeFontLang", val=language),
            element("decimalSymbol", val="," if language == "vi-VN" else "."),
            element("listSeparator", val=";" if language == "vi-VN" else ","),
        )
    )


def _content_types() -> bytes:
    overrides = {
        "docProps/core.xml": (
            "application/vnd.openxmlformats-package.core-properties+xml"
        ),
        "word/document.xml": f"{TYPES}.document.main+xml",
        **{f"word/{name}": f"{TYPES}.{kind}+xml" for kind, name in PARTS.items()},
    }
    return _typed(
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>',
        *(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in overrides.items()
        ),
        "</Types>",
    )


def _relations(*targets: tuple[str, str, str]) -> bytes:
    return _typed(
        f'<Relationships xmlns="{PACKAGE}/relationships">',
        *(
            f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
            for key, kind, target in targets
        ),
        "</Relationships>",
    )


def _properties(printout: Printout) -> bytes:
    title, author = (
        escape(UNWRITABLE.sub("", text)) for text in (printout.title, printout.author)
    )
    return _typed(
        "<cp:coreProperties "
        f'xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>",
        f"<dc:language>{LANGUAGES[printout.language]}</dc:language>",
        "</cp:coreProperties>",
    )


def _typed(*pieces: str) -> bytes:
    return DECLARATION + "".join(pieces).encode()
