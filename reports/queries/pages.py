"""What the pages of figures show, loaded in a fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaigns.models import LEVEL_COLUMNS, Campaign, CampaignUnit, Tally
from members.paths import AFTER_DIGITS, ancestry
from members.policy import Actor, Area
from members.queries import opening_lines
from members.vocabulary import vocabulary
from reports.documents.ceilings import exceeding_in_words
from reports.documents.counting import STATES, counts_of
from reports.documents.pictures import levels_by_unit
from reports.documents.rollup_json import figures_digest
from reports.documents.svg import Style
from reports.documents.terms import Terms
from reports.figures import (
    Figures,
    OrganisationCounts,
    Rollup,
    UnitFigures,
    percent_of,
)
from reports.models import RollupReport
from reports.queries.fold import rollup_of
from reviews.ceilings import CeilingRow

MOST_CARDS = 60
MOST_REPORTS = 10
# The widths of the texts are those of this face; another would run into the bars.
FACE = "Times New Roman, Liberation Serif, serif"
WIDE = Style(language="", key="wide", font=FACE, width=760)
NARROW = Style(language="", key="narrow", font=FACE, width=230, names_above=True)


@dataclass(frozen=True, slots=True)
class Card:
    """A way into the figures: one campaign's outermost unit in reach."""

    unit: CampaignUnit
    members_present: int
    assessed: int
    url: str

    @property
    def campaign(self) -> Campaign:
        """The campaign that the unit belongs to."""
        return self.unit.campaign


@dataclass(frozen=True, slots=True)
class Line:
    """One count with its percent of the assessed; a group sums the lines above."""

    label: str
    count: int
    percent: Decimal | None = None
    short: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure, in percent of `base` where it has one."""

    label: str
    count: int
    percent: Decimal | None = None
    base: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A row of the table of subordinate units."""

    name: str
    kind: str
    level: str
    present: int
    assessed: int
    levels: tuple[tuple[int, Decimal | None], ...]
    url: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of the unit, with how far it is."""

    url: str
    status: str
    percent: int
    requested_at: datetime
    requested_by: str
    language: str
    is_superseded: bool


@dataclass(frozen=True, slots=True)
class CeilingLine:
    """A ceiling of a unit in words, with what was decided."""

    row: CeilingRow
    subject: str
    base: str


def unit_url(campaign_id: int, live_unit_id: int) -> str:
    """Return the address of a unit's figures."""
    return reverse("unit_figures", args=[campaign_id, live_unit_id])


def cards_for(actor: Actor) -> list[Card]:
    """Return the outermost units in reach, newest campaign first; one query.

    A unit that is reached as a whole leads to none below it: these have cards, too.
    """
    visible = CampaignUnit.objects.visible_to(actor)
    outermost = (
        visible.filter(closed_on=None)
        .exclude(parent__in=CampaignUnit.objects.visible_below_to(actor))
        .select_related("campaign")
        .annotate(
            members_present=_below("present"), assessed=_below(*LEVEL_COLUMNS.values())
        )
        .order_by("-campaign__year", "-campaign", "path")
    )
    return [
        Card(
            unit=unit,
            members_present=unit.members_present,
            assessed=unit.assessed,
            url=unit_url(unit.campaign_id, unit.live_unit_id),
        )
        for unit in outermost[:MOST_CARDS]
    ]


def _below(*columns: str) -> Coalesce:
    """Return the sum of the members' columns over the subtree of the outer unit."""
    first, *others = (F(column) for column in columns)
    total = sum(others, start=first)
    tallies = Tally.objects.filter(
        subject=Tally.Subject.MEMBERS,
        unit__campaign=OuterRef("campaign"),
        unit__path__gte=OuterRef("path"),
        unit__path__lt=Concat(OuterRef("path"), Value(AFTER_DIGITS)),
    )
    sums = tallies.order_by().values("subject").annotate(total=Sum(total))
    return Coalesce(Subquery(sums.values("total")), Value(0))


def unit_page(unit: CampaignUnit, *, actor: Actor, language: str) -> dict[str, object]:
    """Return what the page of a unit's figures shows.

    Eight queries at most, whatever the number of units below; one more for who
    reaches the unit alone.
    """
    shows_below = sees_below(actor, unit)
    rollup = rollup_of(unit, with_below=shows_below)
    terms = Terms(unit.campaign.rules, vocabulary(), language)
    own = rollup.unit
    return {
        "crumbs": _crumbs(unit, actor),
        "campaign": unit.campaign,
        "live_unit_id": unit.live_unit_id,
        "rule_set": {"label": unit.campaign.rules.label.text(language)},
        "unit": own,
        "unit_kind": capfirst(terms.kind(own.unit.kind)),
        "unit_level": _own_level(own, terms),
        "tiles": _tiles(own.figures, terms),
        "roll_lines": _roll_lines(own.figures, terms),
        "member_lines": _member_lines(own.figures, terms),
        "reason_lines": _reason_lines(own.figures, terms),
        "cell_lines": _organisation_lines(own.figures.cells, terms),
        "grassroots_lines": _organisation_lines(own.figures.grassroots, terms),
        "chart": _chart(rollup, terms, style=WIDE),
        "chart_narrow": _chart(rollup, terms, style=NARROW),
        "children": _children(unit, rollup, actor, terms),
        "ceiling": _ceiling_lines(own, terms),
        "exceeding": exceeding_in_words(own, terms),
        "shows_below": shows_below,
        "opening": opening_lines(unit.live_unit, actor),
        "opening_url": reverse("members:opening_list", args=[unit.live_unit_id]),
        "reports": reports_of(
            unit, actor, digest=figures_digest(rollup, unit.campaign.rules)
        ),
        "forms": {
            extension: reverse(
                "statistical_forms_print",
                args=[unit.campaign_id, unit.live_unit_id, extension],
            )
            for extension in ("pdf", "docx", "xlsx")
        },
        "form_url": reverse(
            "reports:report_request", args=[unit.campaign_id, unit.live_unit_id]
        ),
    }


def sees_below(actor: Actor, unit: CampaignUnit) -> bool:
    """Tell whether the actor sees the break-down of a unit in reach."""
    if actor.reaches_below(Area.FIGURES, unit.custodian.path):
        return True
    return CampaignUnit.objects.visible_below_to(actor).filter(pk=unit.pk).exists()


def is_superseded(report: RollupReport, actor: Actor) -> bool:
    """Tell whether the figures of a finished report are no longer the unit's.

    Five queries at most; none for a report that is not finished.
    """
    if report.finished_at is None:
        return False
    unit = (
        CampaignUnit.objects.visible_below_to(actor)
        .select_related("campaign")
        .get(campaign=report.campaign_id, live_unit=report.unit_id)
    )
    figures = rollup_of(unit, with_below=True)
    digest = figures_digest(figures, unit.campaign.rules)
    return report.shows_other_than(digest)


def reports_of(unit: CampaignUnit, actor: Actor, *, digest: str) -> list[ReportRow]:
    """Return the unit's newest reports that the actor may read; one query.

    `digest` is that of the unit's figures of now.
    """
    reports = (
        RollupReport.objects.visible_to(actor)
        .filter(campaign=unit.campaign_id, unit=unit.live_unit_id)
        .select_related("job", "requested_by")
        .order_by("-pk")
    )
    return [
        ReportRow(
            url=reverse("reports:report_detail", args=[report.pk]),
            status=report.status,
            percent=report.percent,
            requested_at=report.requested_at,
            requested_by=str(report.requested_by or _("the server")),
            language=report.get_language_display(),
            is_superseded=report.shows_other_than(digest),
        )
        for report in reports[:MOST_REPORTS]
    ]


def _crumbs(unit: CampaignUnit, actor: Actor) -> list[tuple[str, str]]:
    """Return the pages above: the list of campaigns, and the units above in reach."""
    above = (
        CampaignUnit.objects.visible_to(actor)
        .filter(campaign=unit.campaign_id, path__in=ancestry(unit.path)[:-1])
        .order_by("path")
    )
    return [
        (_("Summaries and reports"), reverse("figures_home")),
        *((each.name, unit_url(each.campaign_id, each.live_unit_id)) for each in above),
    ]


def _own_level(own: UnitFigures, terms: Terms) -> str:
    level = own.unit.level
    return terms.level("grassroots", level) if level else ""


def _tiles(figures: Figures, terms: Terms) -> list[Tile]:
    members = figures.members
    scheme = terms.rule_set.members
    good = sum(members.levels[code] for code in scheme.good_or_better)
    return [
        Tile(_("Members present"), members.present),
        _share(_("Assessed"), members.assessed, members.present),
        _share(
            terms.sum_of_levels("members", "GOOD_OR_BETTER"), good, members.assessed
        ),
        _share(
            terms.level("members", "EXCELLENT"),
            members.levels["EXCELLENT"],
            members.assessed,
        ),
    ]


def _share(label: str, count: int, base: int) -> Tile:
    return Tile(label, count, percent_of(count, base), base)


def _roll_lines(figures: Figures, terms: Terms) -> list[Line]:
    """Return who is present and was not assessed, in the words of the documents."""
    counts = counts_of(figures, "members")
    return [Line(terms.status(code), counts[key]) for key, code in STATES.items()]


def _ceiling_lines(own: UnitFigures, terms: Terms) -> list[CeilingLine]:
    return [
        CeilingLine(row, terms.subject(row.subject), terms.base(row.base))
        for row in own.ceiling
    ]


def _member_lines(figures: Figures, terms: Terms) -> list[Line]:
    members = figures.members
    return [
        Line(
            label=terms.level("members", code),
            count=count,
            percent=percent_of(count, members.assessed),
            short=terms.level_in_brief("members", code),
        )
        for code, count in members.levels.items()
    ]


def _reason_lines(figures: Figures, terms: Terms) -> list[Line]:
    return [
        Line(terms.reason(code), count)
        for code, count in figures.members.reasons.items()
        if count
    ]


def _organisation_lines(counts: OrganisationCounts, terms: Terms) -> list[Line]:
    def line(code: str, count: int, *, is_group: bool) -> Line:
        label = terms.sum_of_levels("grassroots", code)
        percent = percent_of(count, counts.assessed)
        return Line(label, count, percent, is_group=is_group)

    return [
        *(line(code, count, is_group=False) for code, count in counts.levels.items()),
        *(line(code, count, is_group=True) for code, count in counts.groups.items()),
    ]


def _chart(rollup: Rollup, terms: Terms, *, style: Style) -> SafeString | str:
    """Return the levels of the subordinate units; a cell has none to compare."""
    if not rollup.children:
        return ""
    style = replace(style, language=terms.language)
    pictures = levels_by_unit(rollup, terms, style=style)
    return pictures[0].drawing if pictures else ""


def _children(
    unit: CampaignUnit, rollup: Rollup, actor: Actor, terms: Terms
) -> list[Child]:
    visible = CampaignUnit.objects.visible_to(actor).filter(parent=unit)
    urls = {
        code: unit_url(unit.campaign_id, live_unit_id)
        for code, live_unit_id in visible.values_list("code", "live_unit_id")
    }
    return [_child(each, urls, terms) for each in rollup.children]


def _child(child: UnitFigures, urls: Mapping[str, str], terms: Terms) -> Child:
    members = child.figures.members
    return Child(
        name=child.unit.name,
        kind=capfirst(terms.kind(child.unit.kind)),
        level=_own_level(child, terms),
        present=members.present,
        assessed=members.assessed,
        levels=tuple(
            (count, percent_of(count, members.assessed))
            for count in members.levels.values()
        ),
        url=urls.get(child.unit.code, ""),
    )
