"""Plans are made and changed, part by part, until the campaign is closed.

Source: docs/rules/campaign-plan.md.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.lifecycle import State
from campaigns.models import (
    Campaign,
    ConferenceTask,
    ContentItem,
    Peak,
    PeakDay,
    Phase,
    PlanDocument,
    PlanPart,
    PlanTask,
)
from campaigns.services import copying, opening, tallies
from campaigns.services.scanning import ask_for_scan
from campaigns.steps import window_of
from members import events
from members.dates import display_day
from members.models import PartyUnit
from members.policy import Actor, Area
from members.services.versions import locked_version

Part = TypeVar("Part", bound=PlanPart)
DAY = timedelta(days=1)


class PlanNotChangeable(Exception):
    """The plan does not take this; the text says why, `column` which field."""

    def __init__(self, text: str, *, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


def make_campaign(
    *,
    root_unit: PartyUnit,
    year: int,
    code: str,
    name: str,
    rule_set_code: str,
    copy_from: Campaign | None,
    actor: Actor,
    now: datetime,
    **columns: object,
) -> Campaign:
    """Prepare a campaign, with the plan of an earlier one if that is named.

    Raises: opening.CampaignNotChangeable if the code is taken or its root is closed.
        PlanNotChangeable if another campaign of the year has a unit of it already.
    """
    with events.written_last():
        opening.refuse_closed_root(root_unit)
        campaign = opening.create_campaign(
            code=code,
            name=name,
            year=year,
            root_unit=root_unit,
            rule_set_code=rule_set_code,
        )
        other = _overlapping(campaign)
        if other:
            raise PlanNotChangeable(
                _(
                    "“%(other)s” of %(year)s holds units of this one already: a unit "
                    "is in one campaign a year."
                )
                % {"other": other.name, "year": str(year)},
                column="year",
            )
        for column, value in columns.items():
            setattr(campaign, column, value)
        campaign.save()
        if copy_from:
            copying.copy_plan(copy_from, campaign)
        _record("campaigns.planned", campaign, campaign, actor, now)
    return campaign


def change_campaign(
    *,
    campaign: Campaign,
    version: int,
    actor: Actor,
    now: datetime,
    **columns: object,
) -> Campaign:
    """Change what the campaign is as a whole.

    Raises: PlanNotChangeable if it is closed, or open and another mode, year or rule set
        is asked for. ChangedMeanwhile.
    """
    with events.written_last():
        locked = locked_version(Campaign.objects.all(), campaign, version=version)
        _refuse_closed(locked)
        fixed = ("year", "mode", "rule_set_code")
        for name, value in columns.items():
            is_other = getattr(locked, name) != value
            if is_other and name in fixed and locked.state != State.DRAFT:
                raise PlanNotChangeable(
                    _("This is not changed any more once the campaign is open."),
                    column=name,
                )
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        _record("campaigns.plan_changed", locked, locked, actor, now)
    return locked


def add_part(
    *, part: Part, documents: Iterable[PlanDocument] = (), actor: Actor, now: datetime
) -> Part:
    """Write a new part of a plan; `documents` are those that a content item names.

    Raises: PlanNotChangeable.
    """
    with events.written_last():
        _check(part)
        part.save()
        ask_for_scan(part, actor=actor)
        _name_documents(part, documents)
        _record("campaigns.plan_part_added", part, part.campaign, actor, now, part)
    return part


def change_part(
    *,
    part: Part,
    version: int,
    documents: Iterable[PlanDocument] = (),
    actor: Actor,
    now: datetime,
) -> Part:
    """Write a changed part of a plan.

    Raises: PlanNotChangeable; ChangedMeanwhile if somebody was faster.
    """
    with events.written_last():
        locked_version(type(part)._default_manager.all(), part, version=version)
        _check(part)
        part.version = version + 1
        part.save()
        ask_for_scan(part, actor=actor)
        _name_documents(part, documents)
        _record("campaigns.plan_part_changed", part, part.campaign, actor, now, part)
    return part


def remove_part(*, part: PlanPart, version: int, actor: Actor, now: datetime) -> None:
    """Take a part out of a plan.

    Raises: PlanNotChangeable if the campaign is closed, or days of the peak are set;
        ChangedMeanwhile if somebody was faster.
    """
    with events.written_last():
        locked_version(type(part)._default_manager.all(), part, version=version)
        _refuse_closed(_locked(part))
        if isinstance(part, Phase) and part.campaign.state != State.DRAFT:
            raise PlanNotChangeable(
                _("A phase of an open campaign stays: give a longer time instead.")
            )
        if isinstance(part, Peak) and PeakDay.objects.filter(peak=part).exists():
            raise PlanNotChangeable(
                _("Units have set their days in this peak: it stays.")
            )
        _record("campaigns.plan_part_removed", part, part.campaign, actor, now, part)
        part.delete()


def report_task(
    *, task: PlanTask, version: int, result: str, note: str, actor: Actor, now: datetime
) -> PlanTask:
    """Record whether a task was done.

    Raises: PlanNotChangeable if the campaign is closed; ChangedMeanwhile.
    """
    with events.written_last():
        locked = locked_version(PlanTask.objects.all(), task, version=version)
        _refuse_closed(_locked(locked))
        locked.result, locked.note = result, note
        locked.version += 1
        locked.save(update_fields=["result", "note", "version"])
        _record("campaigns.task_reported", locked, locked.campaign, actor, now, locked)
    return locked


def take_over_tasks(
    *,
    campaign: Campaign,
    tasks: Iterable[ConferenceTask],
    actor: Actor,
    now: datetime,
) -> list[PlanTask]:
    """Write key tasks of a summary conference into the campaign's plan, each once.

    Raises: PlanNotChangeable if the campaign is closed.
    """
    with events.written_last():
        # Of two who press at once the second waits here, and then sees the first.
        held = Campaign.objects.select_for_update(of=("self",), no_key=True)
        locked = held.select_related("root_unit").get(pk=campaign.pk)
        known = set(PlanTask.objects.of_plan(locked).values_list("text", flat=True))
        new = {task.text: task for task in tasks if task.text not in known}
        units = PartyUnit.objects.open().in_subtree_of(locked.root_unit)
        open_ids = set(units.values_list("pk", flat=True))
        return [
            add_part(
                part=PlanTask(
                    campaign=locked,
                    text=task.text,
                    kind=PlanTask.Kind.ONCE,
                    due_on=task.due_on or date(locked.year, 12, 31),
                    responsible_id=task.unit_id if task.unit_id in open_ids else None,
                ),
                actor=actor,
                now=now,
            )
            for task in new.values()
        ]


def _locked(part: PlanPart) -> Campaign:
    campaigns = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return campaigns.select_related("root_unit").get(pk=part.campaign_id)


def _check(part: PlanPart) -> None:
    """Refuse what the plan cannot hold; the campaign is held until the end."""
    campaign = _locked(part)
    _refuse_closed(campaign)
    if part.unit_id and campaign.state == State.DRAFT:
        raise PlanNotChangeable(_("Local plans follow when the campaign is open."))
    if part.unit_id:  # it hangs on a unit, which no import may delete any more
        tallies.keep_from_imports(Campaign.objects.filter(pk=campaign.pk))
    try:
        part.validate_constraints()
    except ValidationError as refusal:
        # A step that has its phase is said beside the step; its days, by the form.
        beside = "step" if isinstance(part, Phase) else ""
        raise PlanNotChangeable(" ".join(refusal.messages), column=beside) from refusal
    if isinstance(part, Phase):
        _check_phase(part, campaign)
    elif isinstance(part, Peak):
        _check_window(part.from_on, part.until_on, campaign)
    elif isinstance(part, ContentItem) and part.parent and part.parent.parent_id:
        raise PlanNotChangeable(
            _("A sub-item has no sub-items of its own."), column="parent"
        )


def _check_phase(phase: Phase, campaign: Campaign) -> None:
    """Refuse days outside the window, outside the campaign's phase, or over already.

    Source: docs/rules/phases.md § 2.2, § 2.4.
    """
    _check_window(phase.from_on, phase.until_on, campaign)
    if phase.unit_id is None:
        return
    whole = Phase.objects.filter(campaign=campaign, unit=None, step=phase.step).first()
    if whole is None:
        raise PlanNotChangeable(
            _("The campaign has no phase of this step."), column="step"
        )
    if phase.from_on < whole.from_on or phase.until_on > whole.until_on:
        raise PlanNotChangeable(
            _("The campaign's own phase goes from %(first)s to %(last)s.")
            % {
                "first": display_day(whole.from_on),
                "last": display_day(whole.last_day),
            },
            column="from_on" if phase.from_on < whole.from_on else "last_day",
        )


def _check_window(from_on: date, until_on: date, campaign: Campaign) -> None:
    if until_on <= from_on:
        raise PlanNotChangeable(
            _("The last day is before the first."), column="last_day"
        )
    first, last = window_of(campaign.year)
    if from_on < first or until_on - DAY > last:
        raise PlanNotChangeable(
            _("A campaign of %(year)s goes from %(first)s to %(last)s at most.")
            % {
                "year": str(campaign.year),
                "first": display_day(first),
                "last": display_day(last),
            },
            column="from_on" if from_on < first else "last_day",
        )


def _refuse_closed(campaign: Campaign) -> None:
    if campaign.state == State.CLOSED:
        raise PlanNotChangeable(_("The campaign is closed; its plan stays as it is."))


def _overlapping(campaign: Campaign) -> Campaign | None:
    """Return another campaign of the year whose root stands above or below this one's."""
    others = Campaign.objects.filter(year=campaign.year).exclude(pk=campaign.pk)
    path = campaign.root_unit.path
    for other in others.select_related("root_unit").order_by("pk"):
        theirs = other.root_unit.path
        if theirs.startswith(path) or path.startswith(theirs):
            return other
    return None


def _name_documents(part: PlanPart, documents: Iterable[PlanDocument]) -> None:
    if isinstance(part, ContentItem):
        own = PlanDocument.objects.filter(campaign=part.campaign_id)
        part.documents.set(own.filter(pk__in=[each.pk for each in documents]))


def _record(
    action: str,
    subject: Campaign | PlanPart,
    campaign: Campaign,
    actor: Actor,
    now: datetime,
    part: PlanPart | None = None,
) -> None:
    unit = part.unit.custodian if part and part.unit else campaign.root_unit
    events.record(
        action=action,
        subject=subject,
        actor=actor,
        now=now,
        unit=unit,
        area=Area.CAMPAIGN,
        data={"campaign": campaign.pk},
    )
