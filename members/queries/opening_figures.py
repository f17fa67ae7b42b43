"""Figures from before the system, summed over what stands below a unit."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Left, Length
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from members import dates
from members.models import OpeningFigure, PartyUnit, within
from members.policy import Actor, Area
from members.vocabulary.lists import lists

UNIT_PATH = "unit__path"


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One figure of a unit with all below it, from how many units it was summed."""

    label: str
    period: str
    value: int
    units: int
    is_own: bool  # entered for the unit itself


@dataclass(frozen=True, slots=True)
class OpeningVersion:
    """A row as it was entered for a unit, and whether a later one took its place."""

    pk: int
    label: str
    period: str
    value: int | None
    source: str
    by: str
    at: datetime
    is_latest: bool


def opening_lines(unit: PartyUnit, actor: Actor) -> list[OpeningLine]:
    """Return the figures from before the system for a unit with all below it; one query.

    What is entered for a unit stands for everything below it, so of two entries one
    above the other only the outer one is counted. None for who does not reach the unit.
    """
    if not actor.reaches_unit(Area.FIGURES, unit.pk, unit.path):
        return []
    here = OpeningFigure.objects.counting().filter(within([unit.path], UNIT_PATH))
    above = here.filter(
        kind=OuterRef("kind"),
        from_on=OuterRef("from_on"),
        until_on=OuterRef("until_on"),
        unit__path__lt=OuterRef(UNIT_PATH),
        unit__path=Left(OuterRef(UNIT_PATH), Length(UNIT_PATH)),
    )
    sums = (
        here.filter(~Exists(above))
        .order_by()
        .values("kind", "from_on", "until_on")
        .annotate(
            total=Sum("value"),
            units=Count("pk"),
            own=Max("pk", filter=Q(unit=unit)),
        )
    )
    order = list(lists().figure_kinds)
    rows = sorted(
        sums,
        key=lambda row: (
            order.index(row["kind"]),
            -row["until_on"].toordinal(),
            row["from_on"],
        ),
    )
    return [
        OpeningLine(
            label=figure_label(row["kind"]),
            period=period_text(row["from_on"], row["until_on"]),
            value=row["total"],
            units=row["units"],
            is_own=row["own"] is not None,
        )
        for row in rows
    ]


def opening_versions(unit: PartyUnit) -> list[OpeningVersion]:
    """Return every row that was entered for a unit, the latest first; two queries."""
    rows = OpeningFigure.objects.filter(unit=unit).select_related("recorded_by")
    replaced = set(rows.values_list("replaces", flat=True))
    return [
        OpeningVersion(
            pk=row.pk,
            label=figure_label(row.kind),
            period=period_text(row.from_on, row.until_on),
            value=row.value,
            source=row.source,
            by=str(row.recorded_by or _("the server")),
            at=row.recorded_at,
            is_latest=row.pk not in replaced,
        )
        for row in rows.order_by("kind", "-until_on", "from_on", "-pk")
    ]


def figure_label(kind: str) -> str:
    """Return what a kind of figure is called."""
    return lists().figure_kinds[kind].label.text(get_language() or "vi")


def period_text(from_on: date, until_on: date) -> str:
    """Return a half-open period as people write it: a day, a year, or from and to."""
    last = until_on - timedelta(days=1)
    if from_on == last:
        return _("on %s") % dates.display_day(last)
    is_year = (from_on.day, from_on.month, last.day, last.month) == (1, 1, 31, 12)
    if is_year and from_on.year == last.year:
        return _("year %s") % last.year
    return _("%(day)s to %(end)s") % {
        "day": dates.display_day(from_on),
        "end": dates.display_day(last),
    }
