"""A step is open or closed.

Source: docs/rules/phases.md.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant
from campaigns.queries import phases
from campaigns.services import running
from campaigns.steps import Step, is_in_time
from members.dates import display_day


class StepClosed(Exception):
    """The step takes nothing now; the text says since when, for the reader."""


def demand_open(
    *,
    campaign: Campaign,
    step: Step,
    unit: CampaignUnit | None,
    participant: Participant | None = None,
    opened_at: datetime | None = None,
    now: datetime,
) -> None:
    """Let through what comes in time; one query.

    `opened_at` is when the form was opened (`members.acts.opened_at`).
    Raises: StepClosed before the first day, after the end, and where the campaign takes
        no acts at all.
    Source: docs/rules/phases.md § 3.
    """
    running.demand_running(campaign, StepClosed)
    span = phases.span(campaign=campaign, step=step, unit=unit, participant=participant)
    if span is None:
        return
    if now < _begin_of(span.from_on):
        raise StepClosed(
            _("This begins on %(day)s.") % {"day": display_day(span.from_on)}
        )
    if not is_in_time(_begin_of(span.until_on), opened=opened_at, now=now):
        raise StepClosed(
            _(
                "The last day was %(day)s. Nothing that is written is lost; ask the cell "
                "secretary or the office for a longer time."
            )
            % {"day": display_day(span.last_day)}
        )


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
