"""Notices are given, and people ask for their level to be looked at again.

All of it goes on after the campaign is closed, a request within its days.
Source: docs/rules/notices.md § 1, § 2.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant
from campaigns.services import running, tallies
from campaigns.steps import GRACE
from members import events
from members.models import Member
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services.versions import locked_version
from reviews.models import LevelNotice, LevelRequest
from reviews.queries.notices import (
    Notice,
    goes_to,
    notices_in,
    notices_of,
    why_not_asked,
)
from reviews.steps import REQUEST, Act, states_for


class NoticeRefused(Exception):
    """Nothing of it is recorded; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


def hand_over(
    *,
    unit: CampaignUnit,
    people: Collection[int],
    given_on: date,
    actor: Actor,
    now: datetime,
) -> int:
    """Record that people of a cell were given their latest notice on paper on a day.

    Who was given it before keeps the earlier record. Returns how many are new.
    Raises: NoticeRefused if nobody is left, or the day is to come or before a decision.
    """
    if given_on > timezone.localdate(now):
        raise NoticeRefused(_("This day is still to come."), column="given_on")
    with transaction.atomic():
        tallies.keep_worked_on(unit.campaign)
        units = CampaignUnit.objects.select_for_update(of=("self",), no_key=True)
        units.get(pk=unit.pk)
        waiting = [
            each
            for each in notices_in(unit, actor)
            if each.given is None and each.participant.pk in people
        ]
        if not waiting:
            raise NoticeRefused(_("Choose who was given the notice."), column="people")
        for each in waiting:
            if given_on < each.decision.on:
                raise NoticeRefused(
                    _("The decision on %s is later than this day.")
                    % each.participant.full_name,
                    column="given_on",
                )
            _give(each, LevelNotice.Way.PAPER, given_on, actor, now, unit)
    return len(waiting)


def read(*, notice: Notice, actor: Actor, now: datetime) -> None:
    """Record that somebody has read the own notice; a second time changes nothing."""
    with transaction.atomic():
        tallies.keep_worked_on(notice.decision.unit.campaign)
        if notice.given is None:
            today = timezone.localdate(now)
            _give(notice, LevelNotice.Way.READ, today, actor, now, None)


def _give(
    notice: Notice,
    way: str,
    given_on: date,
    actor: Actor,
    now: datetime,
    unit: CampaignUnit | None,
) -> None:
    _given, is_new = LevelNotice.objects.get_or_create(
        participant=notice.participant,
        decision=notice.decision,
        defaults={
            "way": way,
            "given_on": given_on,
            "recorded_at": now,
            "recorded_by_id": actor.account_id,
        },
    )
    if is_new:
        events.record(
            action="level_notices.given",
            subject=notice.decision,
            member=Member(pk=notice.participant.member_id),
            actor=actor,
            now=now,
            unit=unit.custodian if unit else None,
            area=Area.LEVELS,
            data={"campaign": notice.participant.campaign_id, "kind": way},
        )


def ask(
    *,
    notice: Notice,
    text: str,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> LevelRequest:
    """Ask for the own level to be looked at again; it goes up past the cell.

    Raises: NoticeRefused if it is not one's own, the days are over, or it was asked
        for before.
    """
    is_in_grace = opened_at is not None and opened_at <= now < opened_at + GRACE
    on = timezone.localdate(opened_at if opened_at and is_in_grace else now)
    if notice.participant.member_id != actor.member_id:
        raise NoticeRefused(_("Everybody asks for themselves."))
    _demand_text(notice.decision.unit.campaign, text)
    return _file(notice, text, None, on, actor, now)


@opened_for(Purpose.ACT)  # the paper came to a committee that sees no level but by it
def ask_from_paper(
    *,
    unit: CampaignUnit,
    code: str,
    signed_on: date,
    text: str,
    actor: Actor,
    now: datetime,
) -> LevelRequest:
    """Type a request that came to the committee on paper, signed on a day.

    Raises: NoticeRefused if nobody of this code has a level to be looked at by this
        committee, the paper was signed after the last day, it is one's own, or it was
        asked for before.
    """
    if signed_on > timezone.localdate(now):
        raise NoticeRefused(_("This day is still to come."), column="signed_on")
    _demand_text(unit.campaign, text)
    participant = person_of(unit, code)
    notice = latest_of(participant) if participant else None
    to = goes_to(notice.decision, notice.participant) if notice else None
    if notice is None or to != unit:
        raise NoticeRefused(
            _("Nobody of this code has a level that this committee looks at again."),
            column="code",
        )
    if notice.participant.member_id == actor.member_id:
        raise NoticeRefused(_("Somebody else of the committee types your own."))
    return _file(notice, text, signed_on, signed_on, actor, now)


def person_of(unit: CampaignUnit, code: str) -> Participant | None:
    """Return who has this member code in the campaign of a unit."""
    people = Participant.objects.filter(campaign=unit.campaign_id)
    return people.filter(member__code__iexact=code.strip()).first()


def latest_of(participant: Participant) -> Notice | None:
    """Return the latest notice of somebody, whoever asks."""
    asker = Actor(account_id=None, member_id=participant.member_id)
    found = (each for each in notices_of(asker) if each.participant == participant)
    return next(found, None)


def _demand_text(campaign: Campaign, text: str) -> None:
    is_typed = campaign.mode == Campaign.Mode.FULL_TEXT
    if is_typed and not text:
        raise NoticeRefused(_("Say what is to be looked at again."), column="text")
    if text and not is_typed:
        raise NoticeRefused(_("This campaign keeps no texts."), column="text")


def _file(
    notice: Notice,
    text: str,
    signed_on: date | None,
    on: date,
    actor: Actor,
    now: datetime,
) -> LevelRequest:
    campaign = notice.decision.unit.campaign
    running.demand_opened(campaign, NoticeRefused)
    with transaction.atomic(), opened_for(Purpose.ACT):
        tallies.keep_worked_on(campaign)
        people = Participant.objects.select_for_update(of=("self",), no_key=True)
        people.get(pk=notice.participant.pk)
        asked = LevelRequest.objects.filter(
            participant=notice.participant, decision=notice.decision
        )
        if asked.exists():
            raise NoticeRefused(_("You have asked for this already."))
        latest = latest_of(notice.participant)
        if latest is None or latest.decision != notice.decision:
            raise NoticeRefused(_("A later decision stands in its place."))
        if why := why_not_asked(latest, on=on):
            raise NoticeRefused(why)
        to = goes_to(notice.decision, notice.participant)
        assert to is not None  # why_not_asked would have said so
        request = LevelRequest.objects.create(
            participant=notice.participant,
            decision=notice.decision,
            goes_to=to,
            level=latest.code,
            reason=notice.participant.reason,
            text=text,
            signed_on=signed_on,
            filed_at=now,
            filed_by_id=actor.account_id,
        )
        _record("level_requests.filed", request, actor, now)
    return request


@opened_for(Purpose.ACT)  # the cell learns of it by the notice, which it alone sees
def receive(
    *, request: LevelRequest, version: int, actor: Actor, now: datetime
) -> None:
    """Take a request over; from now on the cell reads that there is one.

    Raises: NoticeRefused if it is one's own, or is received already;
        versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        running.demand_opened(request.goes_to.campaign, NoticeRefused)
        held = locked_version(LevelRequest.objects.all(), request, version=version)
        demand_of_another(held, actor)
        if held.state not in states_for(REQUEST, Act.RECEIVE):
            raise NoticeRefused(
                _("It is “%s” by now: reload the page.") % held.get_state_display()
            )
        held.state, held.received_at = LevelRequest.State.RECEIVED, now
        held.received_by_id = actor.account_id
        held.version += 1
        held.save()
        tell_the_cell(held)
        _record("level_requests.received", held, actor, now)


def tell_the_cell(request: LevelRequest) -> None:
    """Let the cell read that a request has come to the committee, and no more."""
    LevelNotice.objects.filter(
        participant=request.participant_id, decision=request.decision_id
    ).update(asked_again=True)


def demand_of_another(request: LevelRequest, actor: Actor) -> None:
    """Refuse that somebody receives or answers the own request.

    Raises: NoticeRefused.
    """
    if request.participant.member_id == actor.member_id:
        raise NoticeRefused(_("Somebody else of the committee looks at your own."))


def _record(action: str, request: LevelRequest, actor: Actor, now: datetime) -> None:
    """Log it at the unit that it goes to, where the cell does not read."""
    events.record(
        action=action,
        subject=request,
        member=Member(pk=request.participant.member_id),
        actor=actor,
        now=now,
        unit=request.goes_to.custodian,
        area=Area.LEVELS,
        data={"campaign": request.goes_to.campaign_id},
    )
