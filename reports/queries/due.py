"""What waits above the cells: numbers of units, and the way to their board.

Source: docs/rules/reminders.md § 1.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Phase, Tally
from campaigns.queries.progress import COUNTS
from campaigns.steps import Step
from members.due import DueItem
from members.models import within
from members.policy import Actor, Area


def boards_due(actor: Actor, *, today: date) -> Iterator[DueItem]:
    """Yield of each campaign how many units are not through with the pledges.

    Two queries. For who reaches the progress of a subtree; never a person.
    """
    subtrees = actor.subtrees(Area.PROGRESS)
    if not subtrees:
        return
    phases = Phase.objects.filter(
        campaign__in=Campaign.objects.running(),
        unit=None,
        step=Step.PLEDGE,
        from_on__lte=today,
    )
    ends = {phase.campaign_id: phase.until_on for phase in phases}
    for campaign_id, (units, open_units) in _units_below(subtrees, list(ends)).items():
        yield _board(campaign_id, units, open_units, ends[campaign_id])


def _units_below(
    subtrees: tuple[str, ...], campaign_ids: list[int]
) -> dict[int, tuple[int, int]]:
    """Return of each campaign how many units owe pledges, and how many still wait."""
    owing = (
        Tally.objects.filter(
            within(subtrees, "unit__custodian__path"),
            unit__campaign__in=campaign_ids,
            subject=Tally.Subject.MEMBERS,
        )
        .values("unit", campaign=F("unit__campaign"))
        .annotate(owed=Sum(COUNTS["owed"]), confirmed=Sum(COUNTS["confirmed"]))
        .filter(owed__gt=0)
        .order_by()
    )
    found: dict[int, tuple[int, int]] = {}
    for row in owing:
        units, waiting = found.get(row["campaign"], (0, 0))
        is_waiting = row["confirmed"] < row["owed"]
        found[row["campaign"]] = units + 1, waiting + is_waiting
    return found


def _board(campaign_id: int, units: int, waiting: int, until_on: date) -> DueItem:
    if not waiting:
        return DueItem(
            key=f"reports.pledges/{campaign_id}",
            sentence=_("All pledges are confirmed in all %(units)d units.")
            % {"units": units},
            url=reverse("reports:progress_list"),
            button=_("Look at the progress"),
            is_done=True,
        )
    return DueItem(
        key=f"reports.pledges/{campaign_id}",
        sentence=_("%(waiting)d of %(units)d units are not through with the pledges.")
        % {"waiting": waiting, "units": units},
        url=reverse("reports:progress_list"),
        button=_("Look at the progress"),
        due_on=until_on - timedelta(days=1),
        count=waiting,
    )
