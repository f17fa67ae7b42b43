"""A longer time is one act: for a person or several, a unit, or all below it.

Source: docs/rules/phases.md § 4.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Extension,
    PersonalExtension,
    Phase,
    Placement,
)
from campaigns.queries.phases import Span, spans_of_people, spans_of_units
from campaigns.services import running, tallies
from campaigns.services.plans import PlanNotChangeable
from campaigns.steps import Step, moves, window_of
from members import events, names
from members.dates import display_day
from members.models import PartyUnit
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

DAY = timedelta(days=1)


@opened_for(Purpose.ACT)
def extend_unit(
    *,
    unit: CampaignUnit,
    with_below: bool,
    step: Step,
    last_day: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Extension:
    """Give a unit, or it and all below it, a longer time; the root's opens a phase again.

    Raises: PlanNotChangeable if the campaign does not run, the step has no phase, or the
        day is too early or too late, or moves nobody's.
    """
    with events.written_last():
        campaign = _held(unit.campaign_id, step, last_day)
        units = CampaignUnit.objects.filter(pk=unit.pk)
        if with_below:
            units = CampaignUnit.objects.in_subtree_of(unit).filter(closed_on=None)
        ids = list(units.values_list("pk", flat=True))
        _demand_later(last_day, step, lambda each: spans_of_units(ids, step=each))
        extension = Extension.objects.create(
            campaign=campaign,
            unit=unit,
            with_below=with_below,
            step=step,
            until_on=last_day + DAY,
            reason=reason,
            at=now,
            by_id=actor.account_id,
        )
        _record(extension, unit.custodian, actor, now)
    return extension


@opened_for(Purpose.ACT)
def extend_people(
    *,
    campaign: Campaign,
    codes: Sequence[str],
    step: Step,
    last_day: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> list[PersonalExtension]:
    """Give people a longer time, all or none.

    Raises: PlanNotChangeable, naming the codes that nobody has whom the actor reaches.
    """
    with events.written_last():
        held = _held(campaign.pk, step, last_day)
        placements = _placed(held, codes, actor)
        ids = [placement.participant_id for placement in placements]
        _demand_later(last_day, step, lambda each: spans_of_people(ids, step=each))
        extensions = [
            PersonalExtension.objects.create(
                campaign=held,
                participant_id=placement.participant_id,
                unit=placement.unit,
                step=step,
                until_on=last_day + DAY,
                reason=reason,
                at=now,
                by_id=actor.account_id,
            )
            for placement in placements
        ]
        for extension, placement in zip(extensions, placements, strict=True):
            events.record(
                action="campaigns.time_extended",
                subject=extension,
                member=placement.participant.member,
                actor=actor,
                now=now,
                unit=placement.unit.custodian,
                area=Area.CAMPAIGN,
                data={"campaign": held.pk},
            )
    return extensions


def _demand_later(
    last_day: date, step: Step, spans: Callable[[Step], dict[int, Span | None]]
) -> None:
    """Refuse what would move nobody's last day, of the step or of one that depends on it.

    Raises: PlanNotChangeable.
    """
    for each in moves(step):
        ends = [span.last_day for span in spans(each).values() if span]
        if any(end < last_day for end in ends):
            return
    raise PlanNotChangeable(
        _("This is no longer time: all of them have until this day or later already."),
        column="last_day",
    )


def _held(campaign_id: int, step: Step, last_day: date) -> Campaign:
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    running.demand_running(campaign, PlanNotChangeable)
    tallies.keep_from_imports(Campaign.objects.filter(pk=campaign.pk))
    phase = Phase.objects.filter(campaign=campaign, step=step, unit=None).first()
    if phase is None:
        raise PlanNotChangeable(
            _("The campaign has no phase of this step."), column="step"
        )
    latest = window_of(campaign.year)[1]
    if not phase.from_on <= last_day <= latest:
        raise PlanNotChangeable(
            _("A longer time lies between %(first)s and %(last)s.")
            % {"first": display_day(phase.from_on), "last": display_day(latest)},
            column="last_day",
        )
    return campaign


def _placed(campaign: Campaign, codes: Sequence[str], actor: Actor) -> list[Placement]:
    """Return where the people of these codes are placed, in units in reach."""
    reached = CampaignUnit.objects.visible_to(actor, Area.CAMPAIGN)
    keys = {names.fold(code): code for code in codes}
    placements = list(
        Placement.objects.open()
        .filter(
            participant__campaign=campaign,
            participant__member__code_key__in=keys,
            unit__in=reached,
        )
        .select_related("participant__member", "unit__custodian")
        .order_by("participant")
    )
    found = {each.participant.member.code_key for each in placements}
    if missing := [code for key, code in keys.items() if key not in found]:
        raise PlanNotChangeable(
            _("Nobody in this campaign has the code: %s.") % ", ".join(missing),
            column="codes",
        )
    return placements


def _record(extension: Extension, unit: PartyUnit, actor: Actor, now: datetime) -> None:
    events.record(
        action="campaigns.time_extended",
        subject=extension,
        actor=actor,
        now=now,
        unit=unit,
        area=Area.CAMPAIGN,
        with_below=extension.with_below,
        data={"campaign": extension.campaign_id},
    )
