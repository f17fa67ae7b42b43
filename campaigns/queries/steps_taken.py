"""Who has not taken a step that each person takes, and when a unit takes which step.

Source: docs/rules/reminders.md § 1.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from campaigns.models import CampaignUnit, Extension, Participant, Phase
from campaigns.models.people import ParticipantQuerySet
from campaigns.queries.phases import Span
from campaigns.steps import Step, moved_by
from members.paths import ancestry

# Of each step that people take one by one: the column that holds how far it is, and
# in which states the cell waits no more. Study has none: it follows from the sessions.
STATE: dict[Step, str] = {
    Step.PLEDGE: "pledge_state",
    Step.SELF_REVIEW: "review_state",
}
TAKEN: dict[Step, Collection[str]] = {
    Step.PLEDGE: (Participant.Pledge.SENT, Participant.Pledge.CONFIRMED),
    Step.SELF_REVIEW: (
        Participant.Review.SENT,
        Participant.Review.CONFIRMED,
        Participant.Review.REVIEWED,
    ),
}


def not_taken(people: ParticipantQuerySet, step: Step) -> ParticipantQuerySet:
    """Return those of them who owe the step and have not taken it."""
    owing = people.owing_pledges()
    return owing.exclude(**{f"{STATE[step]}__in": TAKEN[step]})


def spans_of_unit(unit: CampaignUnit) -> dict[Step, Span]:
    """Return when a unit takes each step, but for the steps that have no phase.

    Two queries; `phases.span` says the same of one step.
    Source: docs/rules/phases.md § 2.2, § 4.
    """
    above = ancestry(unit.path)
    phases = Phase.objects.filter(
        Q(unit=None) | Q(unit__path__in=above), campaign=unit.campaign_id
    )
    rows = phases.values_list("unit__path", "step", "from_on", "until_on")
    nearest_last = sorted(rows, key=lambda row: row[0] or "")
    longer = _longer_times(unit, above)
    return {
        Step(step): Span(
            from_on,
            max(until_on, *(longer[earlier] for earlier in moved_by(Step(step)))),
        )
        for _path, step, from_on, until_on in nearest_last
    }


def _longer_times(unit: CampaignUnit, above: list[str]) -> dict[str, date]:
    """Return of each step the latest day that a longer time gives the unit."""
    times = Extension.objects.filter(
        Q(unit__path__in=above, with_below=True) | Q(unit=unit),
        campaign=unit.campaign_id,
    )
    latest: dict[str, date] = defaultdict(lambda: date.min)
    for step, until_on in times.values_list("step", "until_on"):
        latest[step] = max(latest[step], until_on)
    return latest
