"""What collective reports wait for: of the unit that writes one, of the level above.

Source: docs/rules/reminders.md § 1.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, CampaignBody, CampaignUnit
from campaigns.queries.phases import Span, spans_of_units
from campaigns.steps import Step
from members.due import MOST_UNITS, DueItem, several
from members.policy import Actor, Area
from reviews.queries.collective_reports import with_unit

State = CampaignBody.Report


def reports_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield the own unit's report in its time, and those that came from below.

    For the committee of the unit itself; three queries.
    """
    if not actor.units(Area.WORK_EDIT):
        return
    running = Campaign.objects.running()
    kept = CampaignBody.objects.organisations().editable_by(actor)
    own = with_unit(kept).filter(
        unit__closed_on=None,
        unit__campaign__in=running.filter(mode=Campaign.Mode.FULL_TEXT),
        report_state__in=(State.NONE, State.DRAFT, State.RETURNED),
    )
    bodies = list(own.order_by("-unit__campaign__year", "unit__path")[:MOST_UNITS])
    spans = spans_of_units([each.unit_id for each in bodies], step=Step.SELF_REVIEW)
    for body in bodies:
        span = spans.get(body.unit_id)
        if body.report_state == State.RETURNED or (span and today in span):
            yield _own(body, span)
    came = CampaignBody.objects.receivable_by(actor).filter(
        report_state=State.SENT, unit__campaign__in=running
    )
    counts: dict[CampaignUnit, int] = defaultdict(int)
    for body in with_unit(came).select_related("unit__parent__campaign"):
        counts[body.unit.parent or body.unit] += 1
    for unit, count in counts.items():
        yield _to_answer(unit, count)


def _own(body: CampaignBody, span: Span | None) -> DueItem:
    sentence, button = {
        State.NONE: (_("The collective report is not begun."), _("Write it")),
        State.DRAFT: (_("The collective report is being written."), _("Go on writing")),
        State.RETURNED: (
            _("The level above has returned the collective report for completion."),
            _("Complete it"),
        ),
    }[State(body.report_state)]
    return DueItem(
        key=f"reviews.collective_report/{body.pk}",
        sentence=sentence,
        url=reverse("reviews:collective_report_detail", args=[body.pk]),
        button=button,
        due_on=span.last_day if span else None,
        campaign=body.campaign.name,
    )


def _to_answer(unit: CampaignUnit, count: int) -> DueItem:
    return several(
        key=f"reviews.collective_reports_to_answer/{unit.pk}",
        text=ngettext(
            "%(count)d collective report waits for you to look at it.",
            "%(count)d collective reports wait for you to look at them.",
            count,
        ),
        count=count,
        url=reverse(
            "unit_collective_reports", args=[unit.campaign_id, unit.live_unit_id]
        ),
        button=_("Look at each"),
        campaign=unit.campaign.name,
    )
