"""What waits above the cells: numbers of units, and the way to their board.

Source: docs/rules/reminders.md § 1.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Tally
from campaigns.queries.phases import spans_of_units
from campaigns.queries.progress import COUNTS
from campaigns.steps import Step
from members.due import DueItem
from members.models import within
from members.policy import Actor, Area
from reports.queries.boards import boards_for


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the year that people take one by one: its counts and its words."""

    key: str
    owed: str  # of COUNTS
    done: str
    waiting: Callable[[int, int], str]
    through: Callable[[int], str]
    area: Area = Area.PROGRESS  # that one reaches to be told of it


PARTS = {
    Step.STUDY: _Part(
        key="study",
        owed="study_owed",
        done="studied",
        waiting=lambda waiting, units: (
            _("%(waiting)d of %(units)d units are not through with their study.")
            % {"waiting": waiting, "units": units}
        ),
        through=lambda units: (
            _("All %(units)d units are through with their study.") % {"units": units}
        ),
    ),
    Step.PLEDGE: _Part(
        key="pledges",
        owed="owed",
        done="confirmed",
        waiting=lambda waiting, units: (
            _("%(waiting)d of %(units)d units are not through with the pledges.")
            % {"waiting": waiting, "units": units}
        ),
        through=lambda units: (
            _("All pledges are confirmed in all %(units)d units.") % {"units": units}
        ),
    ),
    Step.SELF_REVIEW: _Part(
        key="self_reviews",
        owed="owed",
        done="reviewed",
        waiting=lambda waiting, units: (
            _("%(waiting)d of %(units)d units are not through with the self-reviews.")
            % {"waiting": waiting, "units": units}
        ),
        through=lambda units: (
            _("All self-reviews are confirmed in all %(units)d units.")
            % {"units": units}
        ),
        area=Area.FIGURES,  # docs/rules/progress.md § 2.1
    ),
}


def boards_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield of each campaign how many units are not through with what has begun.

    Six queries at most. For who reaches the progress of a subtree, of self-reviews
    also its figures; never a person.
    """
    reached = {
        step: subtrees
        for step, part in PARTS.items()
        if (subtrees := actor.subtrees(part.area)) and actor.subtrees(Area.PROGRESS)
    }
    if not reached:
        return
    ends = _ends_of_what_has_begun(actor, reached, today)
    for subtrees in dict.fromkeys(reached.values()):
        steps = [step for step in PARTS if reached.get(step) == subtrees]
        begun = {key: end for key, end in ends.items() if key[1] in steps}
        yield from _boards(subtrees, begun)


def _ends_of_what_has_begun(
    actor: Actor, steps: Iterable[Step], today: date
) -> dict[tuple[Campaign, Step], date]:
    """Return by campaign and step the last day of the outermost units in reach.

    Longer times included; of several units the latest.
    """
    outermost = [unit for unit, _board in boards_for(actor)]
    ends: dict[tuple[Campaign, Step], date] = {}
    for step in steps:
        spans = spans_of_units([unit.pk for unit in outermost], step=step)
        for unit in outermost:
            span, key = spans.get(unit.pk), (unit.campaign, step)
            if span and span.from_on <= today:
                ends[key] = max(span.last_day, ends.get(key, span.last_day))
    return ends


def _boards(
    subtrees: tuple[str, ...], ends: dict[tuple[Campaign, Step], date]
) -> Iterator[DueItem]:
    """Yield a card for each campaign and part in which somebody owes something."""
    counts = _units_below(subtrees, {campaign.pk for campaign, _step in ends})
    for (campaign, step), last_day in ends.items():
        units, waiting = counts.get((campaign.pk, step), (0, 0))
        if units:
            yield _board(PARTS[step], campaign, units, waiting, last_day)


def _units_below(
    subtrees: tuple[str, ...], campaign_ids: set[int]
) -> dict[tuple[int, Step], tuple[int, int]]:
    """Return by campaign and part how many units owe it, and how many still wait."""
    if not campaign_ids:
        return {}
    named = sorted({name for part in PARTS.values() for name in (part.owed, part.done)})
    rows = (
        Tally.objects.filter(
            within(subtrees, "unit__custodian__path"),
            unit__campaign__in=campaign_ids,
            subject=Tally.Subject.MEMBERS,
        )
        .values("unit", campaign=F("unit__campaign"))
        .annotate(**{f"n_{name}": Sum(COUNTS[name]) for name in named})
        .order_by()
        .values_list("campaign", *(f"n_{name}" for name in named))
    )
    found: dict[tuple[int, Step], tuple[int, int]] = {}
    for campaign_id, *counted in rows:
        counts = dict(zip(named, counted, strict=True))
        for step, part in PARTS.items():
            owed, done = counts[part.owed], counts[part.done]
            if owed > 0:
                units, waiting = found.get((campaign_id, step), (0, 0))
                found[campaign_id, step] = units + 1, waiting + (done < owed)
    return found


def _board(
    part: _Part, campaign: Campaign, units: int, waiting: int, last_day: date
) -> DueItem:
    told = part.waiting(waiting, units) if waiting else part.through(units)
    return DueItem(
        key=f"reports.{part.key}/{campaign.pk}",
        sentence=told,
        url=reverse("reports:progress_list"),
        button=_("Look at the progress"),
        due_on=last_day if waiting else None,
        count=waiting,
        is_done=not waiting,
        campaign=campaign.name,
    )
