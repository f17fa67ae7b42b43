"""Two charts, for pages and for print: levels by unit, and two campaigns compared.

Every tone differs in lightness and the last is hatched, so that a grey print says
the same, and bars are labelled directly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil

from django.utils.safestring import SafeString

from reports.documents import svg
from reports.documents.svg import Place, Style
from reports.documents.terms import count_text, percent_text
from reports.figures import percent_of

TONES = (svg.DARK, svg.MIDDLE, svg.PALE, svg.HATCHED)  # best level first
BEFORE, NOW = svg.PALE, svg.DARK

BAR = 15.0  # how high a bar is
GAP = 7.0  # below it
NOTE = 88.0  # room to the right of the bars for "12.345 đảng viên"
COLUMN = 28.0
COLUMN_HEIGHT = 110.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart of levels: a name, and how many got each level.

    `note` says how many that are, or that they are nobody.
    """

    name: str
    counts: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A group of columns: one subject's percents by level, before and now."""

    name: str
    levels: tuple[str, ...]
    before: tuple[Decimal | None, ...]
    now: tuple[Decimal | None, ...]
    before_name: str  # "2017 (6.400 đảng viên)"
    now_name: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """How wide the names are, where the bars begin, how long a full one is."""

    names: float
    left: float
    full: float


def level_bars(
    bars: Sequence[Bar], *, levels: Sequence[str], title: str, style: Style
) -> SafeString:
    """Draw one bar of 100 percent a row, divided by level, best level first.

    `levels` names the levels in the order of each bar's counts.
    """
    key, top = svg.legend(_legend(levels), top=0, style=style)
    parts = [key]
    for bar in bars:
        parts += _row(bar, top, levels=levels, style=style)
        top += _row_height(bar, style)
    return svg.picture(
        parts, height=top, title=title, description="; ".join(levels), style=style
    )


def bars_by_page(
    bars: Sequence[Bar], *, levels: Sequence[str], height: float, style: Style
) -> list[Sequence[Bar]]:
    """Return the bars in runs about equally high, each chart at most `height` high."""
    room = height - svg.legend(_legend(levels), top=0, style=style)[1]
    rows = [_row_height(bar, style) for bar in bars]
    pages = len(_runs(rows, room))
    even = sum(rows) / pages + max(rows) / 2
    ends = [0, *_runs(rows, min(room, even))]
    return [bars[start:end] for start, end in pairwise(ends)]


def _runs(rows: Sequence[float], room: float) -> list[int]:
    """Return where each run ends if rows are put together as long as there is room."""
    ends, used = [], 0.0
    for at, row in enumerate(rows):
        if used and used + row > room:
            ends.append(at)
            used = 0.0
        used += row
    return [*ends, len(rows)]


def level_columns(panels: Sequence[Panel], *, title: str, style: Style) -> SafeString:
    """Draw for each panel the percents of two campaigns side by side, by level."""
    parts: list[SafeString] = []
    top, full = 0.0, _full(panels)
    for panel in panels:
        drawn, top = _panel(panel, top, full=full, style=style)
        parts += drawn
    names = "; ".join(panel.name for panel in panels)
    return svg.picture(parts, height=top, title=title, description=names, style=style)


def _legend(levels: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(TONES, levels, strict=True))


def _frame(style: Style) -> _Frame:
    if style.names_above:
        return _Frame(style.width - NOTE, 0, style.width - NOTE)
    left = style.width * 0.36
    return _Frame(left - 10, left, style.width - left - NOTE)


def _row_height(bar: Bar, style: Style) -> float:
    names = len(svg.wrapped(bar.name, _frame(style).names)) * svg.LINE
    if style.names_above:
        return names + BAR + GAP + 3
    return max(BAR, names) + GAP


def _row(
    bar: Bar, top: float, *, levels: Sequence[str], style: Style
) -> list[SafeString]:
    frame = _frame(style)
    lines = svg.wrapped(bar.name, frame.names)
    bar_top = top + len(lines) * svg.LINE + 3 if style.names_above else top
    parts = [
        svg.line_of_text(line, 0, top + svg.RISE + at * svg.LINE, style=style)
        for at, line in enumerate(lines)
    ]
    assessed = sum(bar.counts)
    note_left = frame.left + (frame.full + 6 if assessed else 0)
    parts += _segments(bar, bar_top, levels=levels, style=style)
    parts.append(
        svg.line_of_text(
            bar.note,
            note_left,
            bar_top + svg.RISE,
            style=style,
            ink=svg.MUTED,
            size=svg.SMALL,
        )
    )
    return parts


def _segments(
    bar: Bar, top: float, *, levels: Sequence[str], style: Style
) -> list[SafeString]:
    frame, assessed, before = _frame(style), sum(bar.counts), 0
    parts: list[SafeString] = []
    for level, count, tone in zip(levels, bar.counts, TONES, strict=True):
        if not count:
            continue
        place = Place(
            frame.left + frame.full * before / assessed,
            top,
            frame.full * count / assessed,
            BAR,
        )
        before += count
        percent = percent_text(percent_of(count, assessed), style.language)
        said = f"{level}: {count_text(count, style.language)} ({percent}%)"
        parts.append(svg.box(place, tone, style=style, said=said))
        if (
            tone != svg.HATCHED
            and svg.text_width(percent, svg.SMALL) + 4 <= place.width
        ):
            parts.append(_label(percent, place, tone, style))
    return parts


def _label(text: str, place: Place, tone: str, style: Style) -> SafeString:
    return svg.line_of_text(
        text,
        place.left + place.width / 2,
        place.top + svg.RISE,
        style=style,
        ink=svg.PAPER if tone == svg.DARK else svg.INK,
        size=svg.SMALL,
        anchor="middle",
    )


def _full(panels: Sequence[Panel]) -> int:
    """Return the percent that is full height, one for all panels: a multiple of 25."""
    percents = [each for panel in panels for each in (*panel.before, *panel.now)]
    return 25 * ceil(max((each or 0 for each in percents), default=0) / 25) or 25


def _panel(
    panel: Panel, top: float, *, full: int, style: Style
) -> tuple[list[SafeString], float]:
    """Draw a head, a legend, the columns and under them the levels; return the end."""
    entries = [(BEFORE, panel.before_name), (NOW, panel.now_name)]
    key, end = svg.legend(entries, top=top + svg.LINE + 6, style=style)
    head = svg.line_of_text(
        panel.name, 0, top + svg.RISE + 1, style=style, weight="bold"
    )
    floor = end + COLUMN_HEIGHT
    parts = [head, key, svg.rule(floor, style=style)]
    pitch = style.width / len(panel.levels)
    labels = [svg.wrapped(level, pitch - 12) for level in panel.levels]
    for at, label in enumerate(labels):
        middle = pitch * (at + 0.5)
        columns = (
            (panel.before[at], BEFORE, middle - COLUMN - 1),
            (panel.now[at], NOW, middle + 1),
        )
        for percent, tone, left in columns:
            tall = float(percent or 0) * (COLUMN_HEIGHT - svg.LINE) / full
            place = Place(left, floor - tall, COLUMN, tall)
            parts += _column(percent, tone, place, style)
        parts += [
            svg.line_of_text(
                text, middle, floor + svg.LINE * (row + 1), style=style, anchor="middle"
            )
            for row, text in enumerate(label)
        ]
    return parts, floor + max(map(len, labels)) * svg.LINE + 22


def _column(
    percent: Decimal | None, tone: str, place: Place, style: Style
) -> list[SafeString]:
    label = svg.line_of_text(
        percent_text(percent, style.language),
        place.left + place.width / 2,
        place.top - 4,
        style=style,
        size=svg.SMALL,
        anchor="middle",
    )
    return [svg.box(place, tone, style=style), label] if place.height else [label]
