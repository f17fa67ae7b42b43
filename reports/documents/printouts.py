"""What a paper says, in its order, before anything lays it out.

Every paper is put together once, as a `Printout`, and written from it as PDF
(`printout_html`) and as Word (`word`); so both say the same. Nothing in it is worked out
again by who writes it: numbers of sections, glosses and blanks are in the text.
Source: docs/rules/documents.md § 1, § 2 and § 11; docs/adr/0016-one-description-of-a-paper.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import ClassVar

from django.utils.translation import get_language

from reports.documents.head import Signatory
from reports.documents.signing import SignaturePlace

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
BLANK_NUMBER = "\N{NO-BREAK SPACE}" * 10  # room to write a number by hand
BLANK_PLACE = "............."
PORTRAIT_MM, LANDSCAPE_MM = 165, 252  # what the margins leave of A4
A3_LANDSCAPE_MM = 375  # and of A3


class Look(StrEnum):
    """How a line stands: the names of classes in print and of styles in Word."""

    BODY = "body"
    PLAIN = "plain"  # from the margin: who somebody is, lines to be filled in
    ITEM = "item"  # hanging by its dash
    TO = "to"  # centred: to whom a letter goes
    RESOLVES = "resolves"  # centred and bold, before the articles
    ABSTRACT = "abstract"  # what the paper is about, below its name
    ROUND = "round"  # the same in italics
    ASIDE = "aside"  # in italics below the signatures
    SMALL = (
        "small"  # in small italics, from the margin: what a sheet asks of its reader
    )
    FRAMED = "framed"  # small, within lines: what is kept of a paper


class Level(StrEnum):
    """What a heading heads."""

    SECTION = "section"
    QUESTION = "question"
    PLACE = "place"  # what others fill in, below the signatures
    ANNEX = "annex"


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT = "t"
    RIGHT = "n"
    CENTRE = "c"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `lead` stands in bold before it."""

    kind: ClassVar[str] = "line"
    text: str
    look: Look = Look.BODY
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, which stays with what follows it."""

    kind: ClassVar[str] = "heading"
    text: str
    level: Level = Level.SECTION
    gloss: str = ""
    on_new_page: bool = False

    @property
    def tag(self) -> str:
        """Which heading of HTML it is."""
        return "h3" if self.level is Level.QUESTION else "h2"


@dataclass(frozen=True, slots=True)
class Boxes:
    """A question with boxes, of which one may be ticked."""

    kind: ClassVar[str] = "boxes"
    heading: str
    gloss: str
    choices: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Dotted lines to be written on by hand, the first of them behind its label."""

    kind: ClassVar[str] = "blank"
    label: str = ""
    gloss: str = ""
    lines: int = 1

    @property
    def below(self) -> range:
        """The lines below the first."""
        return range(1, self.lines)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in mm (None takes what is left), how it stands."""

    head: str
    width: int | None = None
    align: Align = Align.LEFT
    is_name: bool = False  # its cells head their rows
    over: tuple[str, ...] = ()  # heads that it shares with its neighbours, from above


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A head that stands over several columns, or takes several rows."""

    text: str
    at: int  # the first of its columns
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table whose heads come again on every page.

    `numbers` stand below the heads, by which a prescribed form names its columns. One
    that is small has small letters, so that thirty columns stand side by side.
    """

    kind: ClassVar[str] = "grid"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    total: tuple[str, ...] = ()
    row_height: int | None = None  # mm at least, to write in by hand
    numbers: tuple[str, ...] = ()
    is_small: bool = False

    @property
    def heads(self) -> list[list[HeadCell]]:
        """The rows of heads: what neighbours share stands once, over all of them."""
        deepest = max(len(column.over) for column in self.columns)
        rows: list[list[HeadCell]] = [[] for _level in range(deepest + 1)]
        for at, column in enumerate(self.columns):
            before = self.columns[at - 1].over if at else ()
            for level, text in enumerate(column.over):
                shared = column.over[: level + 1]
                if before[: level + 1] != shared:
                    wide = self._sharing(at, shared)
                    rows[level].append(HeadCell(text, at, columns=wide))
            level = len(column.over)
            rows[level].append(HeadCell(column.head, at, rows=deepest + 1 - level))
        return [sorted(row, key=lambda cell: cell.at) for row in rows]

    def _sharing(self, at: int, over: tuple[str, ...]) -> int:
        """Count the columns from one on that have these heads over them."""
        shared = (each.over[: len(over)] == over for each in self.columns[at:])
        return len(list(takewhile(bool, shared)))

    @property
    def cells(self) -> Iterator[list[tuple[Column, str]]]:
        """Every row with its columns."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))

    @property
    def total_cells(self) -> list[tuple[Column, str]]:
        """The last row with its columns."""
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what stands behind each, without lines around them."""

    kind: ClassVar[str] = "facts"
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The end of a paper: one place to sign right of the recipients, or two."""

    kind: ClassVar[str] = "signing"
    recipients_word: ClassVar[str] = "Nơi nhận:"
    places: tuple[SignaturePlace, ...]
    recipients: tuple[str, ...] = ()
    recipients_gloss: str = ""
    is_tight: bool = False  # with less room, so that a sheet is one page

    def __post_init__(self) -> None:
        """Refuse what has no room side by side."""
        if not self.places or len(self.places) + bool(self.recipients) > 2:
            raise ValueError("Recipients and a place to sign, or two places, or one")


Plain = Line | Heading | Boxes | Blank | Grid | Facts | Signing


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that no page break may part."""

    kind: ClassVar[str] = "together"
    blocks: tuple[Plain, ...]


Block = Plain | Together


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The head in two columns; what is "" is left out.

    Without an issuer the right column stands alone, in the middle.
    """

    superior: str
    issuer: str
    number: str = ""  # the whole line: "Số 05-BC/HU"
    about: str = ""  # below it: what an official letter is about
    under: tuple[str, ...] = (PARTY,)  # at the right; the last line is underlined
    under_gloss: str = ""
    dated: str = ""  # place and date

    @property
    def is_of_state(self) -> bool:
        """Whether it is the head of a paper that is none of the Party's."""
        return self.under == STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One paper from its head to its last signature; it begins a page.

    An official letter has no heading, and so no dashes.
    """

    dashes: ClassVar[str] = "-----"
    letterhead: Letterhead
    heading: tuple[str, ...] = ()  # lines, in capitals
    gloss: str = ""
    below: Line | None = None  # between the heading and the dashes
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """A file: one paper, or one for each person of a cell.

    A dense one has little room between its parts, so that others fill it in on one page.
    """

    language: str
    title: str
    author: str = ""
    sheets: tuple[Sheet, ...]
    line_spacing_points: int = LINE_SPACING_POINTS
    is_landscape: bool = False
    is_a3: bool = False  # for tables that A4 has no room for; across
    is_dense: bool = False

    @property
    def width(self) -> int:
        """How wide the text of a page is, in mm."""
        if self.is_a3:
            return A3_LANDSCAPE_MM
        return LANDSCAPE_MM if self.is_landscape else PORTRAIT_MM


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A heading that gets its number, its paragraphs, its table, room to write."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    grid: Grid | None = None
    blank_lines: int = 0


def gloss(text: str) -> str:
    """Return what prescribed words mean, in an English paper; "" in a Vietnamese one."""
    return text if get_language() == "en" else ""


def letterhead(
    *, superior: str, issuer: str, number: str = "", about: str = "", dated: str = ""
) -> Letterhead:
    """Return the head of a paper, in capitals where the format wants them."""
    return Letterhead(
        superior=superior.upper(),
        issuer=issuer.upper(),
        number=number,
        about=about,
        under_gloss=gloss("Communist Party of Vietnam"),
        dated=dated,
    )


def letterhead_of_state(
    *, issuer: str = "", number: str = "", dated: str = ""
) -> Letterhead:
    """Return the head of what an authority, a union or a citizen writes."""
    return Letterhead(
        superior="",
        issuer=issuer.upper(),
        number=number,
        under=STATE,
        under_gloss=gloss("Socialist Republic of Vietnam"),
        dated=dated,
    )


def number_line(symbol: str, reference: str = "") -> str:
    """Return the line with number and symbol; the office writes in what is not known."""
    return f"Số {reference or f'{BLANK_NUMBER}-{symbol}'}"


def dated_line(place: str, date: str) -> str:
    """Return the line of place and date, with room for an unknown place."""
    return f"{place or BLANK_PLACE}, {date}"


def closing(
    signatories: Iterable[Signatory], *, recipients: tuple[str, ...] = ()
) -> Signing:
    """Return the end of a paper that is signed on behalf of a body."""
    last = len(recipients) - 1
    return Signing(
        places=tuple(
            SignaturePlace(
                words=f"T/M {each.on_behalf_of.upper()}",
                gloss=gloss("On behalf of the body named; post; signature"),
                name=each.name,
                post=each.post.upper(),
            )
            for each in signatories
        ),
        recipients=tuple(
            f"- {recipient}{'.' if at == last else ','}"
            for at, recipient in enumerate(recipients)
        ),
        recipients_gloss=gloss("Recipients"),
    )


def in_sections(sections: Iterable[NumberedSection]) -> Iterator[Block]:
    """Give sections with their numbers; one alone gets none."""
    several = list(sections)
    for number, section in enumerate(several, start=1):
        numbered = f"{number}. {section.heading}"
        yield Heading(numbered if len(several) > 1 else section.heading)
        yield from map(Line, section.paragraphs)
        if section.grid:
            yield section.grid
        if section.blank_lines:
            yield Blank(lines=section.blank_lines)
