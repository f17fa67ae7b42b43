"""What is done of a campaign's year, out of what is due, for a unit with all below it."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from campaigns.models import CampaignUnit, PlanTask, Tally
from campaigns.queries.progress import COUNTS, people_progress
from campaigns.queries.study import progress_of
from members.models import within


@dataclass(frozen=True, slots=True)
class Share:
    """How many have done something, of those who are to do it."""

    done: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """The steps of a year as counts."""

    studied: Share  # people
    sessions: int
    seminars: int
    programmes: Share  # units with an adopted programme
    approved: int  # of them with an approved result
    tasks: Share  # of plans
    pledges: Share  # people with a confirmed pledge
    cells_through: Share  # units in which nobody's pledge is missing


def year_of(unit: CampaignUnit) -> Year:
    """Return the counts of a unit got by a scope; figures alone leave this; eleven queries.

    Source: docs/rules/progress.md § 4.
    """
    work = progress_of(unit)
    pledges = people_progress(unit)[unit.path]
    return Year(
        studied=Share(work.studied, work.base),
        sessions=work.sessions,
        seminars=work.activities,
        programmes=Share(work.adopted, work.units),
        approved=work.approved,
        tasks=_tasks(unit),
        pledges=Share(pledges.confirmed, pledges.owed),
        cells_through=_cells_through(unit),
    )


def _tasks(unit: CampaignUnit) -> Share:
    """Count tasks of local plans at and below a unit; at the root the campaign's, too."""
    planned = Q(within([unit.path], "unit__path"))
    if unit.parent_id is None:
        planned |= Q(unit=None)
    tasks = PlanTask.objects.filter(planned, campaign=unit.campaign_id)
    done = Count("pk", filter=Q(result=PlanTask.Result.DONE))
    return Share(**tasks.aggregate(done=done, due=Count("pk")))


def _cells_through(unit: CampaignUnit) -> Share:
    tallies = Tally.objects.filter(
        within([unit.path], "unit__path"),
        unit__campaign=unit.campaign_id,
        subject=Tally.Subject.MEMBERS,
    )
    by_unit = tallies.order_by().values_list("unit")
    counted = by_unit.annotate(owed=Sum(COUNTS["owed"]), had=Sum(COUNTS["confirmed"]))
    owing = [(owed, had) for _unit, owed, had in counted if owed]
    return Share(sum(had >= owed for owed, had in owing), len(owing))
