"""The few shapes that the charts are drawn with, with presentation attributes only.

A page's Content-Security-Policy forbids inline styles and WeasyPrint reads no style
block inside an SVG; presentation attributes work in both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK = "#1f1a17"
MUTED = "#5f574f"
PAPER = "#ffffff"
DARK, MIDDLE, PALE, HATCHED = "#6d1216", "#d9a15c", "#f3e3c3", "hatch"

TEXT = 11.5  # size of text, in units of the view box
SMALL = 10.0
LINE = 14.0  # from one line of text to the next
RISE = 11.0  # from the top of a line to its baseline

# Advance widths in hundredths of the size, taken from Liberation Serif and rounded
# up a little; a system's sans serif is about as wide.
NARROW, USUAL, CAPITAL, WIDE, WIDEST = 33, 53, 73, 80, 95


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a chart is set: `width` is that of the view box, in about a screen's pixels.

    With `names_above` the names stand over their bars, for narrow screens. `key`
    tells apart the charts of one page.
    """

    language: str
    key: str
    font: str = "sans-serif"
    width: int = 620
    names_above: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rectangle stands and how large it is."""

    left: float
    top: float
    width: float
    height: float


def text_width(text: str, size: float = TEXT) -> float:
    """Return about how wide a text is. **Units:** those of `size`."""
    return sum(_advance(letter) for letter in text) * size / 100


def _advance(letter: str) -> int:
    if letter in "iltfrjI.,:;'’|!()[] -/":
        return NARROW
    if letter in "mw%ƠƯ–":
        return WIDE
    if letter in "MW":
        return WIDEST
    return CAPITAL if letter.isupper() else USUAL


def wrapped(text: str, width: float, size: float = TEXT) -> list[str]:
    """Return the lines of a text that is broken between words, never cut."""
    lines = [""]
    for word in _breakable(text, width, size):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _breakable(text: str, width: float, size: float) -> Iterator[str]:
    """Yield what stays on one line; a word that is wider than one, in pieces."""
    for word in _with_numbers(text, width, size):
        piece = ""
        for letter in word:
            if piece and text_width(piece + letter, size) > width:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _with_numbers(text: str, width: float, size: float) -> Iterator[str]:
    """Yield the words, each with the number after it ("thôn 3") where a line has room."""
    words = iter(text.split())
    last = next(words, "")
    for word in words:
        both = f"{last} {word}"
        if word.isdigit() and text_width(both, size) <= width:
            last = both
        else:
            yield last
            last = word
    yield last


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Return the shapes one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


def picture(
    parts: Iterable[SafeString],
    *,
    height: float,
    title: str,
    description: str,
    style: Style,
) -> SafeString:
    """Return a whole picture, named and described for who cannot see it."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        style.width,
        number(height),
        title,
        description,
        _hatching(style),
        joined(parts),
    )


def _hatching(style: Style) -> SafeString:
    return format_html(
        '<defs><pattern id="{}-hatch" width="5" height="5" '
        'patternUnits="userSpaceOnUse"><path d="M0 0H5V5H0Z" fill="{}"/>'
        '<path d="M-1 1L1 -1M0 5L5 0M4 6L6 4" stroke="{}" stroke-width="0.8"/>'
        "</pattern></defs>",
        style.key,
        PAPER,
        INK,
    )


def box(place: Place, tone: str, *, style: Style, said: str = "") -> SafeString:
    """Draw a rectangle; `said` is shown where a pointer rests on it."""
    fill = f"url(#{style.key}-hatch)" if tone == HATCHED else tone
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" '
        'stroke-width="0.6">{}</rect>',
        number(place.left),
        number(place.top),
        number(place.width),
        number(place.height),
        fill,
        INK,
        format_html("<title>{}</title>", said) if said else "",
    )


def rule(at: float, *, style: Style) -> SafeString:
    """Draw a line from side to side."""
    return format_html(
        '<path d="M0 {}H{}" stroke="{}" stroke-width="0.8"/>',
        number(at),
        style.width,
        INK,
    )


def line_of_text(
    text: str,
    left: float,
    baseline: float,
    *,
    style: Style,
    ink: str = INK,
    size: float = TEXT,
    anchor: str = "start",
    weight: str = "normal",
) -> SafeString:
    """Draw a line of text from its left end, or about its middle."""
    return format_html(
        '<text x="{}" y="{}" fill="{}" font-size="{}" text-anchor="{}" '
        'font-weight="{}" font-family="{}">{}</text>',
        number(left),
        number(baseline),
        ink,
        size,
        anchor,
        weight,
        style.font,
        text,
    )


def legend(
    entries: Sequence[tuple[str, str]], *, top: float, style: Style
) -> tuple[SafeString, float]:
    """Draw swatches with their names in as many lines as they need; return the end."""
    left, parts = 0.0, []
    for tone, name in entries:
        needed = 16 + text_width(name)
        if left and left + needed > style.width:
            left, top = 0.0, top + LINE + 3
        parts.append(box(Place(left, top + 1, 11, 11), tone, style=style))
        parts.append(line_of_text(name, left + 16, top + RISE, style=style))
        left += needed + 16
    return joined(parts), top + LINE + 8


def number(value: float) -> str:
    """Return a coordinate with two decimals at most and always a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
