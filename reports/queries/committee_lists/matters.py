"""Lists of what is behind and of what is kept: plans, pledges, documents."""

from datetime import date

from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Participant, PlanDocument, PledgeItem
from members.dates import display_day, display_partial, stored_day
from members.models import Membership
from members.names import sort_key
from members.paths import is_within
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reports.queries.committee_lists.people import Found, text
from reports.queries.level_papers import cells_of
from reviews.models import BodyDecision, Decision, RemediationItem, UnitFile
from reviews.queries.remediation.reading import names_of

UNMET = (PledgeItem.Result.PARTLY, PledgeItem.Result.NOT_DONE)


def remediation_overdue(unit: CampaignUnit, actor: Actor, *, today: date) -> Found:
    """Return what is not put right by its day, of plans sent up to just this unit.

    In the order of the names. Four queries.
    """
    items = list(
        RemediationItem.objects.visible_to(actor)
        .followed()
        .filter(plan__goes_to=unit.live_unit_id, due_on__lt=today)
        .select_related("plan")
        .order_by("due_on", "pk")
    )
    names = names_of([each.plan for each in items])
    rolls = _rolls([each.plan.member_id for each in items if each.plan.member_id])
    rows = [
        {
            "name": names[each.plan_id],
            "cell": rolls.get(each.plan.member_id or 0, ""),
            "what": each.shortcoming,
            "responsible": each.responsible,
            "due": display_day(each.due_on),
        }
        for each in items
    ]
    columns = (
        text("name", _("Of whom"), 48),
        text("cell", _("Party cell"), 45),
        text("what", _("What has to be put right")),
        text("responsible", _("Who is responsible"), 42),
        text("due", _("Due on"), 25),
    )
    return Found(columns, sorted(rows, key=lambda row: sort_key(row["name"])))


@opened_for(Purpose.RESULTS)  # the cells of people whose plans were got by a scope
def _rolls(members: list[int]) -> dict[int, str]:
    held = Membership.objects.current().official().filter(member__in=members)
    return dict(held.values_list("member", "unit__name"))


def pledges_not_met(unit: CampaignUnit, actor: Actor) -> Found:
    """Return the items of confirmed pledges done in part or not at all.

    Of whom the actor reads the pledge, in the order of the rolls. Three queries.
    """
    items = list(
        PledgeItem.objects.visible_to(actor)
        .filter(
            result__in=UNMET,
            sent__pledge__participant__campaign=unit.campaign_id,
            sent__pledge__participant__pledge_state=Participant.Pledge.CONFIRMED,
        )
        .select_related("sent__pledge__participant")
        .order_by("sent__pledge__participant__sort_key", "sent__pledge", "position")
    )
    people = {each.pk: each.sent.pledge.participant for each in items}
    cells = cells_of(list(people.values()))
    below = [
        each
        for each in items
        if (cell := cells.get(people[each.pk].pk)) is not None
        and is_within(cell.path, unit.path)
    ]
    below.sort(key=lambda each: cells[people[each.pk].pk].path)
    columns = (
        text("name", _("Full name"), 48),
        text("cell", _("Party cell"), 45),
        text("what", _("What was pledged")),
        text("goal", _("Target"), 40),
        text("result", _("Result"), 32),
    )
    return Found(
        columns,
        [
            {
                "name": people[each.pk].full_name,
                "cell": cells[people[each.pk].pk].name,
                "what": each.text,
                "goal": each.goal,
                "result": str(each.get_result_display()),
            }
            for each in below
        ],
    )


def archive(unit: CampaignUnit, actor: Actor) -> Found:
    """Return the documents of the year that a committee hands over, by their days.

    Its plan and the directives above it, the files that came to it, its decisions.
    How many sheets each has is written by hand. Four queries.
    """
    rows = sorted(
        [*_of_plan(unit, actor), *_files(unit, actor), *_decisions(unit, actor)],
        key=lambda row: (not row[0], row[0]),  # what has no day comes last
    )
    columns = (
        text("name", _("Number and symbol"), 32),
        text("on", _("Day"), 24),
        text("what", _("What it is about")),
        text("sheets", _("Sheets"), 16),
        text("note", _("Note"), 22),
    )
    return Found(
        columns,
        [
            {
                "name": number,
                "on": display_partial(on),
                "what": what,
                "sheets": "",
                "note": "",
            }
            for on, number, what in rows
        ],
    )


Document = tuple[str, str, str]  # the stored day, number and symbol, about what


def _of_plan(unit: CampaignUnit, actor: Actor) -> list[Document]:
    documents = PlanDocument.objects.visible_to(actor).filter(
        campaign=unit.campaign_id,
        role__in=(PlanDocument.Role.PLAN, PlanDocument.Role.DIRECTIVE),
    )
    own = documents.filter(unit=unit) | documents.filter(unit=None)
    return [(each.dated_on, each.number, each.title) for each in own.order_by("pk")]


def _files(unit: CampaignUnit, actor: Actor) -> list[Document]:
    came = UnitFile.objects.visible_to(actor).filter(
        goes_to=unit, state__in=(UnitFile.State.RECEIVED, UnitFile.State.DECIDED)
    )
    return [
        (
            stored_day(each.minutes_on),
            each.minutes,
            _("Minutes and proposals of %s") % each.unit.name,
        )
        for each in came.select_related("unit").order_by("unit__path", "number")
    ]


def _decisions(unit: CampaignUnit, actor: Actor) -> list[Document]:
    people = Decision.objects.visible_to(actor).filter(unit=unit)
    bodies = BodyDecision.objects.visible_to(actor).filter(unit=unit)
    return [
        *(
            (stored_day(each.on), each.document, _("Decision on levels of members"))
            for each in people.order_by("pk")
        ),
        *(
            (
                stored_day(each.on),
                each.document,
                _("Decision on levels of organisations"),
            )
            for each in bodies.order_by("pk")
        ),
    ]
