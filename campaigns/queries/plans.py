"""The plan of a campaign as its pages show it, and what stands before its two acts.

Source: docs/rules/campaign-plan.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.models import (
    Campaign,
    CampaignUnit,
    ContentItem,
    Extension,
    ForeseenBody,
    Participant,
    Peak,
    Phase,
    Placement,
    PlanDocument,
    PlanTask,
    WantedReminder,
)
from campaigns.queries import agendas, phases
from campaigns.queries.plan_readings import Readings, readings_of_plan
from campaigns.steps import Step
from members.models import ActivityPause, Membership, PartyUnit, Transfer, within
from members.policy import Actor
from members.row_security import Purpose, opened_for

MOST_NAMES = 100

# What a member and a cell committee do in a step, for those pages.
MEMBER_DOES: dict[Step, Promise] = {
    Step.STUDY: _("Study the documents at the meeting of the cell."),
    Step.CRITERIA: _("Read and discuss the criteria of the cell."),
    Step.PLEDGE: _("Write your pledge and send it to the cell."),
    Step.CHECK: _("Report how your pledge goes, before each monthly meeting."),
    Step.SELF_REVIEW: _("Write your self-review and send it to the cell."),
    Step.REVIEW_MEETING: _("Take part in the review meeting of the cell."),
    Step.REMEDIATION: _("Remedy what the review meeting named."),
}
SECRETARY_DOES: dict[Step, Promise] = {
    Step.STUDY: _("Hold the study meeting and record who attended."),
    Step.PROGRAMME: _("Adopt the cell's action programme."),
    Step.CRITERIA: _("Have the cell's criteria approved and publish them."),
    Step.PLEDGE: _("Confirm the pledges, or return them with remarks."),
    Step.CHECK: _("Check the pledges at each monthly meeting."),
    Step.SELF_REVIEW: _("Receive the self-reviews."),
    Step.REVIEW_MEETING: _("Hold the review meeting and keep its minutes."),
    Step.PROPOSAL: _("Hold the ballot and send the cell's proposal."),
    Step.REMEDIATION: _("Follow how shortcomings are remedied."),
}


# The same where no texts are entered, as far as it is another.
MEMBER_DOES_ON_PAPER: dict[Step, Promise] = {
    Step.PLEDGE: _("Write your pledge on paper and hand it to the cell."),
    Step.SELF_REVIEW: _("Write your self-review on paper and hand it to the cell."),
}
SECRETARY_DOES_ON_PAPER: dict[Step, Promise] = {
    Step.PLEDGE: _("Record when each pledge came on paper, and when it was confirmed."),
    Step.SELF_REVIEW: _("Record when each self-review came on paper."),
}


def duties_in(step: Step, campaign: Campaign) -> tuple[Promise | str, Promise | str]:
    """Return what a member and a cell committee do in a step of a campaign."""
    of_member, of_secretary = MEMBER_DOES, SECRETARY_DOES
    if campaign.mode == Campaign.Mode.RESULTS_ONLY:
        of_member = of_member | MEMBER_DOES_ON_PAPER
        of_secretary = of_secretary | SECRETARY_DOES_ON_PAPER
    return of_member.get(step, ""), of_secretary.get(step, "")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document with where and when it was studied."""

    document: PlanDocument
    readings: Readings | None


@dataclass(frozen=True, slots=True)
class ContentLine:
    """A content item with where it was dealt with, and its sub-items."""

    item: ContentItem
    dealt_with: agendas.DealtWith | None
    below: "list[ContentLine]"


@dataclass(frozen=True, slots=True)
class Plan:
    """All parts of a campaign's plan, or of a unit's local plan."""

    documents: list[DocumentLine]
    contents: list[ContentLine]
    tasks: list[PlanTask]
    bodies: list[ForeseenBody]
    phases: list[Phase]
    peaks: list[Peak]
    reminders: list[WantedReminder]
    extensions: list[Extension]


@dataclass(frozen=True, slots=True)
class Now:
    """A step that runs today: until when for the reader, and what is theirs to do."""

    phase: Phase
    last_day: date
    days_left: int
    member_does: Promise | str
    secretary_does: Promise | str


def plan_of(campaign: Campaign, unit: CampaignUnit | None, actor: Actor) -> Plan:
    """Return all parts that the actor reads; thirteen queries, eleven of a local plan."""

    def part(model: type) -> QuerySet:
        seen: QuerySet = model.objects.visible_to(actor).of_plan(campaign, unit)  # type: ignore[attr-defined]  # every part of a plan has it
        return seen

    items = list(part(ContentItem).prefetch_related("documents"))
    read = readings_of_plan(campaign, actor)
    met = {} if unit else agendas.dealt_with(campaign, actor)
    extensions = Extension.objects.visible_to(actor).filter(campaign=campaign)
    return Plan(
        documents=[
            DocumentLine(each, read.get(each.pk)) for each in part(PlanDocument)
        ],
        contents=_lines_of(items, met, parent_id=None),
        tasks=list(part(PlanTask).select_related("responsible")),
        bodies=list(part(ForeseenBody)),
        phases=sorted(part(Phase), key=lambda phase: (phase.from_on, phase.until_on)),
        peaks=list(part(Peak)),
        reminders=list(part(WantedReminder)),
        extensions=list(extensions.select_related("unit").order_by("-pk")[:MOST_NAMES]),
    )


def _lines_of(
    items: list[ContentItem],
    met: Mapping[int, agendas.DealtWith],
    *,
    parent_id: int | None,
) -> list[ContentLine]:
    """Return the items below one; sub-items have none below them."""
    return [
        ContentLine(
            item,
            met.get(item.pk),
            _lines_of(items, met, parent_id=item.pk) if parent_id is None else [],
        )
        for item in items
        if item.parent_id == parent_id
    ]


@opened_for(Purpose.RETALLY)
def phases_now(
    campaign: Campaign, actor: Actor, today: date, *, unit: CampaignUnit | None
) -> list[Now]:
    """Return the steps that run for the reader today; one query, and one for each step.

    A longer time of the reader counts; of somebody who is on no roll, one of the unit.
    In a campaign that is closed nothing runs; no query.
    """
    if campaign.state == Campaign.State.CLOSED:
        return []
    seen = Phase.objects.visible_to(actor).of_plan(campaign).filter(from_on__lte=today)
    own = Participant.objects.own(actor).filter(campaign=campaign).first()
    placed = Placement.objects.open().filter(participant=own).select_related("unit")
    placement = placed.first() if own else None
    home = placement.unit if placement else unit
    found = []
    for phase in sorted(seen, key=lambda phase: phase.until_on):
        step = Step(phase.step)
        last = (
            phases.last_day(
                campaign=campaign,
                step=step,
                unit=home,
                participant=own if placement else None,
            )
            if home
            else phase.last_day
        )
        if last and last >= today:
            found.append(
                Now(
                    phase,
                    last,
                    (last - today).days,
                    *duties_in(step, campaign),
                )
            )
    return found


def local_units(campaign: Campaign, actor: Actor) -> list[CampaignUnit]:
    """Return the units that have a local plan which the actor reads; one query."""
    parts = (Phase, PlanTask, PlanDocument)
    having = [
        Exists(model.objects.visible_to(actor).filter(unit=OuterRef("pk")))
        for model in parts
    ]
    units = CampaignUnit.objects.filter(campaign=campaign)
    return list(units.filter(having[0] | having[1] | having[2]).order_by("path"))


@dataclass(frozen=True, slots=True)
class Coming:
    """One unit with how many of it come into the campaign."""

    unit: PartyUnit
    units: int
    people: int


@dataclass(frozen=True, slots=True)
class OpeningPreview:
    """Who is in and who is out, if the campaign were opened now."""

    lines: list[Coming]
    units: int
    people: int
    paused: int
    out: int
    names: list[str]  # of those out whom the reader's roll shows


@opened_for(Purpose.ACT)
def opening_preview(campaign: Campaign) -> OpeningPreview:
    """Return what opening would copy today; four queries.

    The caller runs the campaign. Out are those who are there for a time only: their
    own cell counts them.
    """
    root = campaign.root_unit
    inside = PartyUnit.objects.open().in_subtree_of(root)
    below = list(inside.filter(parent=root).order_by("path"))
    paths = list(inside.values_list("path", flat=True))
    belongs = Membership.objects.current().filter(within([root.path], "unit__path"))
    official = belongs.official().filter(unit__closed_on=None)
    counted = official.values("unit__path").annotate(people=Count("pk"))
    of_path = dict(counted.values_list("unit__path", "people"))
    temporary = belongs.exclude(pk__in=official.values("pk"))
    # In order here: the database would walk the names of a whole province for them.
    out = sorted(temporary.values_list("member__sort_key", "pk", "member__full_name"))
    return OpeningPreview(
        lines=[
            Coming(
                unit,
                sum(path.startswith(unit.path) for path in paths),
                sum(n for path, n in of_path.items() if path.startswith(unit.path)),
            )
            for unit in below
        ],
        units=len(paths),
        people=sum(of_path.values()),
        paused=official.filter(
            Exists(ActivityPause.objects.current().filter(member=OuterRef("member")))
        ).count(),
        out=len(out),
        names=[name for _key, _pk, name in out[:MOST_NAMES]],
    )


def missing_in_plan(campaign: Campaign) -> list[Promise]:
    """Return what a plan should hold before it is opened and does not; two queries.

    The caller runs the campaign.
    """
    said: dict[type[PlanDocument] | type[Phase], Promise] = {
        PlanDocument: _("The plan names no document, so there is nothing to study."),
        Phase: _(
            "The plan has no steps with a time yet. Without them nobody has a deadline."
        ),
    }
    return [
        sentence
        for part, sentence in said.items()
        if not part.objects.filter(campaign=campaign, unit=None).exists()
    ]


@dataclass(frozen=True, slots=True)
class RollPreview:
    """What has changed since the opening, before "Chốt danh sách"."""

    present: int
    joined: list[tuple[str, str]]  # name, unit
    left: list[str]
    moved: list[tuple[str, str]]
    on_the_way: int


@opened_for(Purpose.ACT)
def roll_preview(campaign: Campaign) -> RollPreview:
    """Return who would be fixed and what changed since the opening; five queries.

    The caller runs the campaign; names are those of its own roll.
    """
    people = Participant.objects.filter(campaign=campaign).order_by("sort_key", "pk")
    event = Placement.Event
    later = Placement.objects.open().filter(participant__campaign=campaign)
    later = later.order_by("participant__sort_key", "pk")

    def names(*events: str) -> list[tuple[str, str]]:
        came = later.filter(event__in=events, participant__presence="PRESENT")
        return list(
            came.values_list("participant__full_name", "unit__name")[:MOST_NAMES]
        )

    sent = Transfer.objects.filter(
        state=Transfer.State.SENT, member__in=people.counted().values("member")
    )
    return RollPreview(
        present=people.counted().count(),
        joined=names(event.ADMISSION),
        left=list(
            people.exclude(presence="PRESENT").values_list("full_name", flat=True)[
                :MOST_NAMES
            ]
        ),
        moved=names(event.TRANSFER, event.REORGANISATION),
        on_the_way=sent.count(),
    )


def documents_of(campaign: Campaign) -> QuerySet[PlanDocument]:
    """Return the documents of a plan that the caller got through a scope."""
    return PlanDocument.objects.filter(campaign=campaign, unit=None)


def top_items_of(campaign: Campaign) -> QuerySet[ContentItem]:
    """Return the content items under which others may stand; as `documents_of`."""
    return ContentItem.objects.filter(campaign=campaign, unit=None, parent=None)


def units_at_or_below(unit: PartyUnit) -> QuerySet[PartyUnit]:
    """Return the open units of which one may answer for a task; as `documents_of`."""
    return PartyUnit.objects.open().in_subtree_of(unit).order_by("path")


def open_units_at(paths: Iterable[str]) -> QuerySet[PartyUnit]:
    """Return the open units at these paths, the outermost that an actor reaches."""
    return PartyUnit.objects.open().filter(path__in=paths).order_by("path")


def units_of(campaign: Campaign) -> QuerySet[CampaignUnit]:
    """Return all units of a campaign; whoever reads its plan reads local plans."""
    return CampaignUnit.objects.filter(campaign=campaign)
