"""What is said of the collective at a review meeting: kept while typed, then recorded.

Source: docs/rules/review-meetings.md § 4.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import CampaignBody, Meeting
from campaigns.services.meetings.shared import demand_running
from members import events
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services.versions import ChangedMeanwhile
from reviews.models import CollectiveRemark, CollectiveTurn
from reviews.queries.collective_turns import said_of_collective
from reviews.queries.remarks import Said
from reviews.services import said_versions
from reviews.services.occasions import ReviewNotRecordable


@opened_for(Purpose.ACT)
def note_said(
    *, meeting: Meeting, version: int, said: Said, actor: Actor, now: datetime
) -> CollectiveTurn:
    """Keep what is being typed of the collective, as a later version; 0 is the first.

    What is kept already is no other version. One event tells of a whole sitting.
    Raises: ReviewNotRecordable at a meeting that reviews nobody or is closed, and once
        it is recorded, when a correction has its reason (`record`);
        MeetingNotChangeable; versions.ChangedMeanwhile.
    """
    return _noted(meeting, version, said.fit, "", actor, now)


def _noted(
    meeting: Meeting,
    version: int,
    said: Said,
    reason: str,
    actor: Actor,
    now: datetime,
) -> CollectiveTurn:
    with transaction.atomic():
        turn = _held(meeting)
        before = said_of_collective(turn if turn.pk else None)
        if before == said and turn.pk:
            return turn
        if turn.version != version:
            raise ChangedMeanwhile(turn)
        if turn.is_recorded:
            if not reason:
                raise ReviewNotRecordable(
                    _("This is published already: say why it is corrected.")
                )
            said_versions.keep(turn, before, reason=reason, actor=actor, now=now)
        turn.version += 1
        turn.save()
        _write(turn, said)
        _tell_once(turn, actor, now)
    return turn


@opened_for(Purpose.ACT)
def record(
    *,
    meeting: Meeting,
    version: int,
    said: Said | None,
    remarks_made: int,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> CollectiveTurn:
    """Record that the collective was reviewed; `said` None where texts are on paper.

    What is recorded already is corrected with a `reason`, and kept as it stood.

    Raises: as `note_said`.
    """
    with events.written_last(), transaction.atomic():
        turn = (
            _held(meeting)
            if said is None
            else _noted(meeting, version, said.fit, reason, actor, now)
        )
        if said is None and turn.version != version:
            raise ChangedMeanwhile(turn)
        turn.is_recorded, turn.remarks_made = True, remarks_made
        turn.version += 1
        turn.save()
        _record("reviewed", turn, actor, now)
    return turn


def _held(meeting: Meeting) -> CollectiveTurn:
    """Return the turn at a meeting that is held and open, or a new one that is not kept."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("unit__campaign", "unit__custodian").get(pk=meeting.pk)
    demand_running(held.unit)
    if held.is_closed or held.kind != Meeting.Kind.REVIEW or held.body_id is not None:
        raise ReviewNotRecordable(_("This meeting does not review the collective."))
    body = CampaignBody.objects.organisations().get(unit=held.unit)
    body.unit = held.unit
    found = CollectiveTurn.objects.filter(meeting=held, body=body).first()
    turn = found or CollectiveTurn(meeting=held, body=body, version=0)
    turn.body = body
    return turn


def _write(turn: CollectiveTurn, said: Said) -> None:
    kinds = CollectiveRemark.Kind
    CollectiveRemark.objects.filter(turn=turn).delete()
    rows = [
        CollectiveRemark(turn=turn, position=position, text=text, critic=critic)
        for position, (text, critic) in enumerate(said.remarks, start=1)
    ]
    for kind, text in ((kinds.ANSWER, said.answer), (kinds.COMMENT, said.comment)):
        if text:
            rows.append(CollectiveRemark(turn=turn, kind=kind, text=text))
    CollectiveRemark.objects.bulk_create(rows)


def _tell_once(turn: CollectiveTurn, actor: Actor, now: datetime) -> None:
    last = events.last_of(turn)
    told = ("collective_turns.noted", actor.account_id)
    if last is None or (last.action, last.account_id) != told:
        _record("noted", turn, actor, now)


def _record(action: str, turn: CollectiveTurn, actor: Actor, now: datetime) -> None:
    events.record(
        action=f"collective_turns.{action}",
        subject=turn,
        actor=actor,
        now=now,
        unit=turn.body.unit.custodian,
        area=Area.WORK_EDIT,
        data={"campaign": turn.body.unit.campaign_id},
    )
