"""How pledges are kept: exceptions at meetings, reports beforehand, results at the end.

Source: docs/rules/pledges.md § 6.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    PLEDGES,
    Campaign,
    CampaignUnit,
    CheckRound,
    MeasuredItem,
    Meeting,
    Participant,
    PledgeCheck,
    PledgeItem,
    PledgeText,
)
from campaigns.services import phases
from campaigns.services.written.states import WritingRefused, demand_running, holding
from campaigns.steps import Step
from members import events
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

CONFIRMED = (Participant.Pledge.CONFIRMED,)
Progress = PledgeItem.Progress


def record_check(
    *,
    item: PledgeItem,
    state: PledgeItem.Progress,
    on: date,
    note: str,
    evidence: str,
    actor: Actor,
    now: datetime,
    meeting: Meeting | None = None,
    opened_at: datetime | None = None,
) -> PledgeCheck:
    """Record what the cell found on a day: behind or done, or on track again.

    Where the campaign enters no texts the note says that it stands on the paper.
    Raises: WritingRefused if an exception has no note, the day is still to come or
        before the pledge was sent, or it is one's own; as `states.holding`.
    """
    if _is_on_paper(item):
        note, evidence = _("As on the paper."), ""
    if state != Progress.ON_TRACK and not note:
        raise WritingRefused(
            _("Say in a few words what is behind, or what is done."), column="note"
        )
    return _checked(
        item,
        PledgeCheck(state=state, on=on, note=note, evidence=evidence, meeting=meeting),
        actor=actor,
        now=now,
        opened_at=opened_at,
    )


def report_progress(
    *,
    item: PledgeItem,
    state: PledgeItem.Progress,
    note: str,
    evidence: str,
    actor: Actor,
    now: datetime,
) -> PledgeCheck:
    """Tell the cell before its meeting how one's own item stands; it decides then.

    Raises: as `record_check`.
    """
    if _is_on_paper(item):
        note = evidence = ""
    told = PledgeCheck(
        state=state,
        on=timezone.localdate(now),
        note=note,
        evidence=evidence,
        is_own_report=True,
    )
    return _checked(item, told, actor=actor, now=now)


def _is_on_paper(item: PledgeItem) -> bool:
    """Tell whether the campaign keeps no words of an item: states and days alone."""
    campaign = item.sent.pledge.participant.campaign
    return campaign.mode == Campaign.Mode.RESULTS_ONLY


def _checked(
    item: PledgeItem,
    check: PledgeCheck,
    *,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> PledgeCheck:
    sent = item.sent
    if check.on > timezone.localdate(now):
        raise WritingRefused(_("This day is still to come."), column="on")
    if check.on < timezone.localdate(sent.sent_at):
        raise WritingRefused(_("On this day the pledge was not sent yet."), column="on")
    step = None if check.is_own_report else Step.CHECK
    with holding(
        PLEDGES,
        sent.pledge.participant,
        states=CONFIRMED,
        actor=actor,
        now=now,
        step=step,
        opened_at=opened_at,
    ) as held:
        is_own = held.member_id == actor.member_id
        if is_own and not check.is_own_report:
            raise WritingRefused(
                _("Nobody checks a pledge of their own: another of the committee does.")
            )
        check.item, check.at, check.by_id = item, now, actor.account_id
        check.save()
        if check.is_own_report:
            held.record("reported", area=None)
        else:
            PledgeItem.objects.filter(pk=item.pk).update(progress=check.state)
            held.record("checked", area=Area.PLEDGES)
    return check


def record_round(
    *,
    unit: CampaignUnit,
    on: date,
    actor: Actor,
    now: datetime,
    meeting: Meeting | None = None,
    opened_at: datetime | None = None,
) -> CheckRound:
    """Record that the cell went through all pledges: what is not changed is on track.

    Raises: WritingRefused if the day is still to come, or has its round already;
        phases.StepClosed after the last day of the checks.
    """
    if on > timezone.localdate(now):
        raise WritingRefused(_("This day is still to come."), column="on")
    with transaction.atomic():
        # Two who record the same day wait for each other here.
        held = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
        locked = held.select_related("campaign", "custodian").get(pk=unit.pk)
        demand_running(locked.campaign)
        phases.demand_open(
            campaign=locked.campaign,
            step=Step.CHECK,
            unit=locked,
            opened_at=opened_at,
            now=now,
        )
        if CheckRound.objects.filter(unit=locked, on=on).exists():
            raise WritingRefused(
                _("The check of this day is recorded already."), column="on"
            )
        done = CheckRound.objects.create(
            unit=locked, meeting=meeting, on=on, at=now, by_id=actor.account_id
        )
        events.record(
            action="pledges.round_recorded",
            subject=done,
            actor=actor,
            now=now,
            unit=locked.custodian,
            area=Area.PLEDGES,
            data={"campaign": locked.campaign_id},
        )
    return done


@opened_for(Purpose.ACT)  # the unit right above reaches none but by this act
def record_results(
    *,
    participant: Participant,
    results: Mapping[int, tuple[MeasuredItem.Result, str]],
    actor: Actor,
    now: datetime,
    is_from_above: bool = False,
) -> None:
    """Give each item of a confirmed pledge its result of the year, by number.

    Items of an earlier text keep what they have. `is_from_above`: as in
    `written.answering.record_paper`.

    Raises: WritingRefused if it is one's own; as `states.holding`.
    """
    with holding(PLEDGES, participant, states=CONFIRMED, actor=actor, now=now) as held:
        if held.member_id == actor.member_id:
            raise WritingRefused(
                _("Nobody checks a pledge of their own: another of the committee does.")
            )
        texts = PledgeText.objects.filter(pledge__participant=participant)
        latest = texts.order_by("-number").values("pk")[:1]
        items = PledgeItem.objects.filter(sent__in=latest, pk__in=results)
        for item in items:
            item.result, item.result_note = results[item.pk]
        PledgeItem.objects.bulk_update(items, ["result", "result_note"])
        area = Area.CAMPAIGN if is_from_above else Area.PLEDGES
        held.record("results_recorded", area=area)
