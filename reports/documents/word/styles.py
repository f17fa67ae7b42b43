"""How a paper looks in Word: styles by the names that Word itself has, where it has one.

What print calls the same: `templates/reports/pdf/party.css` and `paper.css`.
Source: docs/rules/documents.md § 2.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reports.documents.printouts import Level, Look, Printout
from reports.documents.word.markup import element, flag, mm, points, written

FONT = "Times New Roman"
BOXES = "Segoe UI Symbol"
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}
OF_LOOK = {
    Look.BODY: "BodyText",
    Look.PLAIN: "BodyText2",
    Look.ITEM: "List",
    Look.TO: "Salutation",
    Look.RESOLVES: "PartyResolves",
    Look.ABSTRACT: "Subtitle",
    Look.ROUND: "PartyRound",
    Look.ASIDE: "PartyAside",
    Look.SMALL: "PartySmall",
    Look.FRAMED: "PartyFramed",
}
OF_LEVEL = {
    Level.SECTION: "Heading1",
    Level.QUESTION: "Heading2",
    Level.PLACE: "PartyPlace",
    Level.ANNEX: "PartyAnnex",
}
OWN = {"customStyle": "1"}  # a style that Word does not name
DENSE = 0.25  # of the room between parts, where a printout is dense
CELL_MARGINS = {"top": 1.5, "left": 3, "bottom": 1.5, "right": 3}  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style of paragraphs; lengths in points but for indents, which are in mm."""

    key: str
    name: str
    align: str = "left"
    size: float = 14
    is_strong: bool = False
    is_italic: bool = False
    first: float = 0  # how far the first line is set in; negative hangs
    left: float = 0
    before: float = 0
    after: float = 0
    line: float | None = None  # at least; None is the document's own, exactly
    stays: bool = False  # on the page of what follows
    outline: int | None = None  # the place of a heading in the outline, from 0
    is_framed: bool = False
    is_dotted: bool = False  # a stop at the right margin, with dots before it


STYLES = (
    Style(key="BodyText", name="Body Text", align="both", first=10, after=4),
    Style(key="BodyText2", name="Body Text 2", after=2),
    Style(key="List", name="List", align="both", left=10, first=-5, after=4),
    Style(key="Salutation", name="Salutation", align="center", after=17),
    Style(key="Title", name="Title", align="center", size=16, is_strong=True, before=28,
          line=19, stays=True),
    Style(key="Subtitle", name="Subtitle", align="center", is_strong=True, line=19),
    Style(key="PartyRound", name="Party Round", align="center", is_italic=True, line=19),
    Style(key="PartyDashes", name="Party Dashes", align="center", after=23),
    Style(key="Heading1", name="heading 1", first=10, is_strong=True, before=6, after=3,
          line=19, stays=True, outline=0),
    Style(key="Heading2", name="heading 2", first=10, before=6, after=2, line=19,
          stays=True, outline=1),
    Style(key="PartyPlace", name="Party Place", is_strong=True, before=23, after=3,
          line=19, stays=True, outline=0),
    Style(key="PartyAnnex", name="Party Annex", align="center", is_strong=True,
          before=28, after=6, line=19, stays=True, outline=0),
    Style(key="PartyResolves", name="Party Resolves", align="center", is_strong=True,
          before=17, after=11, stays=True),
    Style(key="PartyLetterhead", name="Party Letterhead", align="center", line=19),
    Style(key="Date", name="Date", align="center", is_italic=True, before=19, line=19),
    Style(key="Signature", name="Signature", align="center", line=19),
    Style(key="PartyRecipients", name="Party Recipients", size=12, line=15),
    Style(key="PartyNote", name="Party Note", align="center", size=12, line=15),
    Style(key="PartyFact", name="Party Fact", left=10, after=2),
    Style(key="PartyAside", name="Party Aside", is_italic=True, first=10, before=23),
    Style(key="PartySmall", name="Party Small", size=12, is_italic=True, before=8,
          line=15),
    Style(key="PartyFramed", name="Party Framed", size=12, before=11, line=15,
          is_framed=True),
    Style(key="PartyBlank", name="Party Blank", line=20, is_dotted=True),
    Style(key="PartyAbout", name="Party About", align="center", size=12, is_italic=True,
          line=15),
    Style(key="TableText", name="Table Text", size=11.5, line=14),
    Style(key="TableHead", name="Table Head", align="center", size=11.5, is_strong=True,
          line=14, stays=True),
    Style(key="TableSmallText", name="Table Small Text", size=9.5, line=12),
    Style(key="TableSmallHead", name="Table Small Head", align="center", size=7,
          is_strong=True, line=10, stays=True),
    Style(key="Caption", name="caption", align="center", size=12, is_italic=True,
          after=2, line=16, stays=True),
    Style(key="Header", name="header", align="center", line=19),
    Style(key="PartyGap", name="Party Gap", size=1, line=1),
)  # fmt: skip


def styles_part(printout: Printout) -> bytes:
    """Return the styles of a file, with its language and the space between its lines."""
    return written(
        element(
            "styles",
            element(
                "docDefaults",
                element("rPrDefault", _defaults(LANGUAGES[printout.language])),
                element("pPrDefault"),
            ),
            _normal(),
            *(_paragraphs(style, printout) for style in STYLES),
            _gloss(),
            _party_name(),
            _state_name("PartyState", "Party State", size=12),
            _state_name("PartyMotto", "Party Motto", size=13, is_underlined=True),
            _box(),
            _bare_table(),
            _ruled_table(),
        )
    )


def _defaults(language: str) -> Element:
    return element(
        "rPr",
        element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT),
        element("sz", val="28"),
        element("szCs", val="28"),
        element("lang", val=language, eastAsia=language, bidi="ar-SA"),
    )


def _normal() -> Element:
    return element(
        "style",
        element("name", val="Normal"),
        element("qFormat"),
        element("pPr", element("widowControl")),
        type="paragraph",
        default="1",
        styleId="Normal",
    )


def _paragraphs(style: Style, printout: Printout) -> Element:
    half_points = str(round(style.size * 2))
    room = DENSE if printout.is_dense else 1
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val="Normal"),
        element("next", val="BodyText") if style.outline is not None else None,
        element("qFormat"),
        element(
            "pPr",
            flag("keepNext", is_on=style.stays),
            _frame() if style.is_framed else None,
            _dots(printout.width) if style.is_dotted else None,
            element(
                "spacing",
                before=points(style.before * room),
                after=points(style.after * room),
                line=points(style.line or printout.line_spacing_points),
                lineRule="exact" if style.line in (None, 1) else "atLeast",
            ),
            _indent(style),
            element("jc", val=style.align),
            None
            if style.outline is None
            else element("outlineLvl", val=str(style.outline)),
        ),
        element(
            "rPr",
            flag("b", is_on=style.is_strong),
            flag("i", is_on=style.is_italic),
            element("sz", val=half_points),
            element("szCs", val=half_points),
        ),
        type="paragraph",
        styleId=style.key,
        **OWN if style.name.startswith(("Party", "Table")) else {},
    )


def _frame() -> Element:
    line = {"val": "single", "sz": "6", "space": "6", "color": "000000"}
    sides = ("top", "left", "bottom", "right")
    return element("pBdr", *(element(side, **line) for side in sides))


def _dots(width: int) -> Element:
    stop = element("tab", val="right", leader="dot", pos=mm(width))
    return element("tabs", stop)


def _indent(style: Style) -> Element:
    first = {"firstLine": mm(style.first)}
    if style.first < 0:
        first = {"hanging": mm(-style.first)}
    return element("ind", left=mm(style.left), **first)


def _characters(key: str, name: str, *looks: Element) -> Element:
    return element(
        "style",
        element("name", val=name),
        element("qFormat"),
        element("rPr", *looks),
        type="character",
        styleId=key,
        **OWN,
    )


def _gloss() -> Element:
    """What prescribed words mean, in small italics beside or below them."""
    return _characters(
        "PartyGloss",
        "Party Gloss",
        element("b", val="0"),
        element("i"),
        element("sz", val="20"),
        element("szCs", val="20"),
    )


def _party_name() -> Element:
    return _characters(
        "PartyName",
        "Party Name",
        element("b"),
        element("sz", val="30"),
        element("szCs", val="30"),
        element("u", val="single"),
    )


def _state_name(
    key: str, name: str, *, size: int, is_underlined: bool = False
) -> Element:
    half_points = str(size * 2)
    return _characters(
        key,
        name,
        element("b"),
        element("sz", val=half_points),
        element("szCs", val=half_points),
        *([element("u", val="single")] if is_underlined else []),
    )


def _box() -> Element:
    """A box to be ticked; Times New Roman has none."""
    return _characters(
        "PartyBox",
        "Party Box",
        element("rFonts", ascii=BOXES, hAnsi=BOXES, eastAsia=BOXES, cs=BOXES),
    )


def _bare_table() -> Element:
    """The table of a head or of places to sign: no lines, no margins."""
    return element(
        "style",
        element("name", val="Party Columns"),
        element("tblPr", _margins(dict.fromkeys(CELL_MARGINS, 0))),
        type="table",
        **OWN,
        styleId="PartyColumns",
    )


def _ruled_table() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element(
        "tblBorders",
        *(
            element(side, val="single", sz="4", space="0", color="444444")
            for side in sides
        ),
    )
    return element(
        "style",
        element("name", val="Table Grid"),
        element("tblPr", borders, _margins(CELL_MARGINS)),
        type="table",
        styleId="TableGrid",
    )


def _margins(sides: dict[str, float]) -> Element:
    return element(
        "tblCellMar",
        *(element(side, w=points(width), type="dxa") for side, width in sides.items()),
    )
