"""What is still open in a campaign before it is closed: what stays so, what goes on.

Source: docs/rules/lifecycle.md § 7.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Extension,
    Meeting,
    PersonalExtension,
    Phase,
    PlanTask,
    Programme,
    Tally,
)
from members.models import Membership, within
from members.paths import SEGMENT
from members.row_security import Purpose, opened_for
from reviews.models import (
    Ballot,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    RemediationItem,
    UnitFile,
)


@dataclass(frozen=True, slots=True)
class Undecided:
    """Units without all their decisions: of one unit with all below it."""

    unit: CampaignUnit
    units: int
    people: int


@dataclass(frozen=True, slots=True)
class StillOpen:
    """How many of one matter are not finished; none is told too."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class ClosingPreview:
    """What closing would leave as it is, and what goes on after it.

    `undecided` by the units right below the top one, and the top one itself; `lasting`
    the phases that are not over, `longest` the last day of a longer time that is not.
    """

    undecided: list[Undecided]
    lasting: list[Phase]
    longest: date | None
    stays: list[StillOpen]
    goes_on: list[StillOpen]

    @property
    def units(self) -> int:
        """How many units have people without a decided level."""
        return sum(each.units for each in self.undecided)

    @property
    def people(self) -> int:
        """How many people have none."""
        return sum(each.people for each in self.undecided)


@opened_for(Purpose.ACT)
def closing_preview(campaign: Campaign, *, today: date) -> ClosingPreview:
    """Return what is still open today; fourteen queries, in numbers alone.

    The caller runs the campaign.
    """
    phases = Phase.objects.of_plan(campaign).filter(until_on__gt=today)
    longer = (
        times.objects.filter(campaign=campaign, until_on__gt=today).aggregate(
            until=Max("until_on")
        )["until"]
        for times in (Extension, PersonalExtension)
    )
    until = max((each for each in longer if each), default=None)
    return ClosingPreview(
        undecided=_undecided(campaign),
        lasting=sorted(phases, key=lambda phase: (phase.until_on, phase.pk)),
        longest=until and until - timedelta(days=1),
        stays=[StillOpen(what, rows.count()) for what, rows in _stays(campaign)],
        goes_on=[StillOpen(what, rows.count()) for what, rows in _goes_on(campaign)],
    )


def _undecided(campaign: Campaign) -> list[Undecided]:
    """Return who has no level yet, by the units right below the top; two queries."""
    top = Q(parent=None) | Q(parent__parent=None)
    units = {
        each.path: each
        for each in CampaignUnit.objects.filter(top, campaign=campaign, closed_on=None)
    }
    waiting = Tally.objects.filter(
        unit__campaign=campaign,
        subject=Tally.Subject.MEMBERS,
        not_reviewed__gt=0,
    )
    places = waiting.annotate(place=Left("unit__path", 2 * SEGMENT)).values("place")
    counted = places.annotate(
        units=Count("unit", distinct=True), people=Sum("not_reviewed")
    )
    return [
        Undecided(units[each["place"]], each["units"], each["people"])
        for each in counted.order_by("place")
        if each["place"] in units
    ]


def _stays(campaign: Campaign) -> list[tuple[str, QuerySet]]:
    """What is not finished and will not be: nobody writes there any more."""
    programmes = Programme.objects.filter(unit__campaign=campaign)
    tasks = PlanTask.objects.filter(campaign=campaign)
    return [
        (
            _("Files of cells that wait for the decision"),
            UnitFile.objects.filter(
                unit__campaign=campaign, state__in=UnitFile.WITH_DECIDER
            ),
        ),
        (
            _("Ballots that are not locked"),
            Ballot.objects.filter(meeting__unit__campaign=campaign).exclude(
                state=Ballot.State.LOCKED
            ),
        ),
        (
            _("Meetings held whose minutes are not signed"),
            Meeting.objects.filter(
                unit__campaign=campaign, body=None, state=Meeting.State.HELD
            ),
        ),
        (
            _("Programmes whose result is not approved"),
            programmes.exclude(state=Programme.State.APPROVED),
        ),
        (_("Tasks of the plan without a result"), tasks.filter(result="")),
    ]


def _goes_on(campaign: Campaign) -> list[tuple[str, QuerySet]]:
    """What is finished after the closing, as § 7.3 says."""
    given = LevelNotice.objects.filter(
        participant=OuterRef("participant"), decision=OuterRef("decision")
    )
    lines = DecisionLine.objects.filter(decision__unit__campaign=campaign)
    below = [campaign.root_unit.path]
    people = Membership.objects.current().official().filter(within(below, "unit__path"))
    return [
        (
            _("Requests to look at a level again that wait for an answer"),
            LevelRequest.objects.filter(goes_to__campaign=campaign).waiting(),
        ),
        (
            _("People who were not given the notice of their level yet"),
            lines.filter(~Exists(given)).values("participant").distinct(),
        ),
        (
            _("Shortcomings of which the remedy is followed"),
            RemediationItem.objects.followed().filter(
                within(below, "plan__unit__path")
                | Q(plan__member__in=people.values("member"))
            ),
        ),
    ]
