"""The charts of a roll-up: which bars and columns they have, and what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.documents.charts import (
    Bar,
    Panel,
    bars_by_page,
    level_bars,
    level_columns,
)
from reports.documents.counting import comparable, counts_of
from reports.documents.head import Previous
from reports.documents.svg import Style
from reports.documents.terms import Terms
from reports.figures import Figures, Rollup, percent_of

MOST_BARS = 75


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with what is written under it; the parts of a chart share its number."""

    number: int
    title: str
    drawing: SafeString


def levels_by_unit(
    rollup: Rollup, terms: Terms, *, style: Style, height: float = float("inf")
) -> list[Picture]:
    """Return the members' levels, a bar for each child, on as many charts as needed.

    Where there are more children than anyone reads, the bars are the sectors; one bar
    alone, of a cell, is no chart.
    """
    title, bars = _bars(rollup, terms)
    if len(bars) == 1 or not any(sum(bar.counts) for bar in bars):
        return []
    scheme = terms.rule_set.scheme("members")
    levels = [terms.level("members", code) for code in scheme.codes]
    pages = bars_by_page(bars, levels=levels, height=height, style=style)
    return [
        Picture(
            1,
            _part(title, page, len(pages)),
            level_bars(
                run,
                levels=levels,
                title=_part(title, page, len(pages)),
                style=replace(style, key=f"{style.key}-{page}"),
            ),
        )
        for page, run in enumerate(pages, start=1)
    ]


def comparison(
    rollup: Rollup,
    previous: Previous,
    year: int,
    terms: Terms,
    *,
    number: int,
    style: Style,
) -> Picture | None:
    """Return the percents of two campaigns side by side, for what can be compared."""
    before, now = previous.rollup.unit.figures, rollup.unit.figures
    years = previous.year, year
    panels = [
        _panel(subject, before, now, years, terms)
        for subject in comparable(before, now)
    ]
    if not panels:
        return None
    title = _("Levels in percent of the assessed, %(before)s and %(now)s") % {
        "before": previous.year,
        "now": year,
    }
    return Picture(number, title, level_columns(panels, title=title, style=style))


def _bars(rollup: Rollup, terms: Terms) -> tuple[str, list[Bar]]:
    sectors = rollup.unit.by_sector
    if len(rollup.children) > MOST_BARS and len(sectors) > 1:
        title = _("Members by level and sector, in percent of the assessed")
        named = [(terms.sector(sector), each) for sector, each in sectors.items()]
    else:
        title = _("Members by level and party organisation, in percent of the assessed")
        named = [(child.unit.name, child.figures) for child in rollup.children]
    named.insert(0, (pgettext("table", "Total"), rollup.unit.figures))
    return title, [_bar(name, figures, terms) for name, figures in named]


def _bar(name: str, figures: Figures, terms: Terms) -> Bar:
    counts = tuple(figures.members.levels.values())
    assessed = sum(counts)
    note = terms.counted("members", assessed) if assessed else _("nobody assessed")
    return Bar(name, counts, note)


def _part(title: str, page: int, pages: int) -> str:
    if pages == 1:
        return title
    return _("%(title)s (part %(page)s of %(pages)s)") % {
        "title": title,
        "page": page,
        "pages": pages,
    }


def _panel(
    subject: str,
    before: Figures,
    now: Figures,
    years: Sequence[int],
    terms: Terms,
) -> Panel:
    then, today = counts_of(before, subject), counts_of(now, subject)
    codes = terms.rule_set.scheme(subject).codes
    columns = [
        tuple(
            percent_of(counts[f"levels.{code}"], counts["assessed"]) for code in codes
        )
        for counts in (then, today)
    ]
    names = [
        f"{year} ({terms.counted(subject, counts['assessed'])})"
        for year, counts in zip(years, (then, today), strict=True)
    ]
    return Panel(
        name=terms.subject(subject),
        levels=tuple(terms.level(subject, code) for code in codes),
        before=columns[0],
        now=columns[1],
        before_name=names[0],
        now_name=names[1],
    )
