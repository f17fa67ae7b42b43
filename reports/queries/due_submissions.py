"""Figures that wait to be signed: by the unit itself, and by those right below.

Source: docs/rules/sign-off.md § 7.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.lifecycle import State
from campaigns.models import CampaignUnit, Tally
from campaigns.queries.phases import Span, spans_of_units
from campaigns.steps import Step
from members.due import MOST_UNITS, DueItem, several
from members.policy import Actor, Area
from reports.models import Submission
from reports.queries.signed_rollups import own_counts
from reports.queries.submission_pages import signed_url
from reports.queries.submissions import SIGNED_IN, signing_units
from reports.signed import Counts


def submissions_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield what a unit is to sign, or sign again, and how many below have not signed.

    For the committee of the unit itself; five queries at most.
    """
    if not actor.units(Area.WORK_EDIT):
        return
    units = _units(actor)
    if not units:
        return
    spans = spans_of_units([each.pk for each in units], step=Step.DECISION)
    newest = [each.latest for each in units]
    found = Submission.objects.filter(pk__in=newest)
    latest = {each.unit_id: each for each in found}
    own = own_counts(Tally.objects.filter(unit__in=latest))
    for unit in units:
        span = spans.get(unit.pk)
        version = latest.get(unit.pk)
        missing = unit.missing
        if sentence := _to_sign(unit, version, span, own, today):
            yield _own(unit, sentence, span)
        if span and span.until_on <= today and _is_running(unit) and missing:
            yield _missing(unit, missing)


def _units(actor: Actor) -> list[Any]:
    """Return the own units in campaigns whose roll is fixed, with counts; one query."""
    newest = Submission.objects.filter(unit=OuterRef("pk")).order_by("-number")
    below = CampaignUnit.objects.directly_below(OuterRef("pk")).order_by()
    signed_below = Submission.objects.in_force().values("unit")
    waiting = below.exclude(pk__in=signed_below).values("parent")
    return list(
        signing_units(actor)
        .filter(campaign__state__in=SIGNED_IN, campaign__only_imported=False)
        .annotate(
            latest=Subquery(newest.values("pk")[:1]),
            missing=Subquery(waiting.annotate(count=Count("pk")).values("count")),
        )
        .select_related("campaign")
        .order_by("-campaign__year", "path")[:MOST_UNITS]
    )


def _is_running(unit: CampaignUnit) -> bool:
    return unit.campaign.state == State.ROLL_FIXED


def _to_sign(
    unit: CampaignUnit,
    version: Submission | None,
    span: Span | None,
    own: Mapping[int, Counts],
    today: date,
) -> str:
    """Return why a unit is to sign now, "" where it is not."""
    if version is not None and version.state == Submission.State.SIGNED:
        is_same = version.own == own.get(unit.pk, {})
        return "" if is_same else _("Figures have changed after they were signed.")
    if version is not None and version.state == Submission.State.RETURNED:
        return _("The level above has sent the figures back.")
    if version is not None:
        return _("Signed figures were voided by a decision on units.")
    has_begun = span is not None and span.from_on <= today
    return _("The figures are not signed.") if has_begun and _is_running(unit) else ""


def _own(unit: CampaignUnit, sentence: str, span: Span | None) -> DueItem:
    return DueItem(
        key=f"reports.figures_to_sign/{unit.pk}",
        sentence=sentence,
        url=signed_url(unit),
        button=_("Look at the figures"),
        due_on=span.last_day if span else None,
        campaign=unit.campaign.name,
    )


def _missing(unit: CampaignUnit, count: int) -> DueItem:
    return several(
        key=f"reports.figures_missing/{unit.pk}",
        text=ngettext(
            "%(count)d unit right below has not signed its figures.",
            "%(count)d units right below have not signed their figures.",
            count,
        ),
        count=count,
        url=signed_url(unit),
        button=_("Look at each"),
        campaign=unit.campaign.name,
    )
