"""Elements of WordprocessingML: what is written here is well-formed by construction.

Word refuses a file whose elements stand in another order than its schema has, so
paragraphs, runs and tables are built here and nowhere else.
Source: ECMA-376 Part 1 § 17.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What XML 1.0 has no way to hold; Word opens no file with one of these.
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SPACES = re.compile("[ \t\n\r\f]+")  # not the no-break space
TWIPS_A_MM = 1440 / 25.4
TWIPS_A_POINT = 20

register_namespace("w", MAIN)
register_namespace("r", RELATIONS)


def mm(length: float) -> str:
    """Return millimetres in twentieths of a point."""
    return str(round(length * TWIPS_A_MM))


def points(length: float) -> str:
    """Return points in twentieths of a point."""
    return str(round(length * TWIPS_A_POINT))


def element(name: str, /, *children: Element | None, **attributes: str) -> Element:
    """Return an element of the main namespace; children that are None are left out."""
    made = Element(_named(name), {_named(at): it for at, it in attributes.items()})
    made.extend(child for child in children if child is not None)
    return made


def flag(name: str, *, is_on: bool) -> Element | None:
    """Return an element that says yes by being there."""
    return element(name) if is_on else None


def written(root: Element) -> bytes:
    """Return a part of the file."""
    return DECLARATION + tostring(root, encoding="unicode").encode()


def in_one(text: str) -> str:
    """Return a text in one line, its spaces as a browser shows them."""
    return SPACES.sub(" ", text).strip(" ")


def run(
    text: str,
    *,
    style: str = "",
    is_strong: bool = False,
    is_italic: bool = False,
    is_underlined: bool = False,
) -> Element:
    """Return text as it is typed; each of its lines after the first begins by a break."""
    look = element(
        "rPr",
        element("rStyle", val=style) if style else None,
        flag("b", is_on=is_strong),
        flag("i", is_on=is_italic),
        element("u", val="single") if is_underlined else None,
    )
    made = element("r", look if len(look) else None)
    for at, line in enumerate(UNWRITABLE.sub("", text).split("\n")):
        if at:
            SubElement(made, _named("br"))
        piece = SubElement(
            made,
            _named("t"),
            {"{http://www.w3.org/XML/1998/namespace}space": "preserve"},
        )
        piece.text = line
    return made


def leader() -> Element:
    """Return a jump to the next stop of the tabulator, with what leads there."""
    return element("r", element("tab"))


def paragraph(
    style: str,
    *runs: Element,
    stays: bool = False,
    on_new_page: bool = False,
    align: str = "",
    before: str = "",
    section: Element | None = None,
) -> Element:
    """Return a paragraph; `stays` keeps it on the page of what follows."""
    look = element(
        "pPr",
        element("pStyle", val=style),
        flag("keepNext", is_on=stays),
        flag("pageBreakBefore", is_on=on_new_page),
        element("spacing", before=before) if before else None,
        element("jc", val=align) if align else None,
        section,
    )
    return element("p", look, *runs)


def cell(
    width: str,
    content: Iterable[Element],
    *,
    fill: str = "",
    is_head: bool = False,
    columns: int = 1,
    merge: str = "",
) -> Element:
    """Return a cell of a table with its paragraphs.

    `merge` is "restart" where it goes on below, "continue" where it goes on from above.
    """
    look = element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        element("gridSpan", val=str(columns)) if columns > 1 else None,
        element("vMerge", val=merge) if merge else None,
        element("shd", val="clear", color="auto", fill=fill) if fill else None,
        element("vAlign", val="center") if is_head else None,
    )
    return element("tc", look, *content)


def row(
    cells: Iterable[Element], *, is_head: bool = False, height: str = ""
) -> Element:
    """Return a row that no page break parts; a head comes again on every page."""
    look = element(
        "trPr",
        element("cantSplit"),
        element("trHeight", val=height, hRule="atLeast") if height else None,
        flag("tblHeader", is_on=is_head),
    )
    return element("tr", look, *cells)


def table(style: str, widths: Sequence[str], rows: Iterable[Element]) -> Element:
    """Return a table whose columns keep their widths."""
    whole = str(sum(map(int, widths)))
    look = element(
        "tblPr",
        element("tblStyle", val=style),
        element("tblW", w=whole, type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0000"),
    )
    columns = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", look, columns, *rows)


def lines(text: str) -> Iterator[str]:
    """Give the lines of a text, each in one."""
    return map(in_one, text.split("\n"))


def _named(name: str) -> str:
    return f"{{{MAIN}}}{name}"
