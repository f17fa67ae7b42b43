"""What is said at somebody's turn is kept while it is typed; the person may reply.

Source: docs/rules/review-meetings.md § 3.
"""

from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from campaigns.models import Meeting
from campaigns.services.meetings.shared import demand_running
from members import events
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services.versions import ChangedMeanwhile
from reviews.models import Remark, ReviewOccasion
from reviews.queries.remarks import Said, said_at, why_no_reply
from reviews.services import said_versions
from reviews.services.occasions import (
    ReviewNotRecordable,
    held_turn,
    mark_reviewed,
)
from reviews.steps import TURN, Act, states_for

LONGEST = 20_000  # characters of one text
MOST_REMARKS = 200
MOST_REPLIES = 20


@opened_for(Purpose.ACT)
def note_said(
    *,
    occasion: ReviewOccasion,
    version: int,
    meeting: Meeting,
    said: Said,
    actor: Actor,
    now: datetime,
) -> ReviewOccasion:
    """Keep what is being typed of somebody's turn, as a later version of it.

    What is kept already is no other version. One event tells of a whole sitting, not
    of every time that the page saves itself.
    Raises: as `occasions.held_turn`; ReviewNotRecordable once it is published, when a
        correction has its reason (`record_turn`).
    """
    return _noted(occasion, version, meeting, said, "", actor, now)


def _noted(
    occasion: ReviewOccasion,
    version: int,
    meeting: Meeting,
    said: Said,
    reason: str,
    actor: Actor,
    now: datetime,
) -> ReviewOccasion:
    said = said.fit
    with transaction.atomic():
        try:
            current = held_turn(occasion, version=version, meeting=meeting, actor=actor)
        except ChangedMeanwhile as changed:
            now_kept: Any = changed.current
            if said_at(now_kept) != said:
                raise
            return now_kept  # type: ignore[no-any-return]  # the turn as it is now
        if said_at(current) == said:
            return current
        if current.state not in states_for(TURN, Act.NOTE):
            if not reason:
                raise ReviewNotRecordable(
                    _("This is published already: say why it is corrected.")
                )
            before = said_at(current)
            said_versions.keep(current, before, reason=reason, actor=actor, now=now)
        _write(current, said)
        current.chaired_by = said.chaired_by
        current.version += 1
        current.save(update_fields=["chaired_by", "version"])
        _tell_once(current, actor, now)
    return current


@opened_for(Purpose.ACT)
def record_turn(
    *,
    occasion: ReviewOccasion,
    version: int,
    meeting: Meeting,
    said: Said,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> ReviewOccasion:
    """Record that somebody was reviewed, with all that was said; it is published.

    What is published is corrected with a `reason`, and kept as it stood.
    Raises: as `note_said` and `occasions.mark_reviewed`.
    """
    with events.written_last():
        noted = _noted(occasion, version, meeting, said, reason, actor, now)
        return mark_reviewed(
            occasion=noted,
            version=noted.version,
            meeting=meeting,
            remarks_made=len(said.fit.remarks),
            chaired_by=said.chaired_by,
            actor=actor,
            now=now,
        )


@opened_for(Purpose.ACT)
def reply(
    *, occasion: ReviewOccasion, text: str, actor: Actor, now: datetime
) -> Remark:
    """Add what the person writes to what was said of them; it is never changed.

    Raises: ReviewNotRecordable for somebody else's turn, before the review is recorded,
        once the level is decided, or after many replies; MeetingNotChangeable if the
        campaign takes no acts.
    """
    with transaction.atomic():
        rows = ReviewOccasion.objects.select_related(
            "participant__member", "body__unit__campaign", "body__unit__custodian"
        )
        current = rows.select_for_update(of=("self",), no_key=True).get(pk=occasion.pk)
        demand_running(current.body.unit)
        if current.participant.member_id != actor.member_id:
            raise ReviewNotRecordable(_("Only the person themselves replies."))
        if why := why_no_reply(current):
            raise ReviewNotRecordable(why)
        replies = Remark.objects.filter(occasion=current, kind=Remark.Kind.REPLY)
        last = replies.aggregate(last=Max("position"))["last"] or 0
        if last >= MOST_REPLIES:
            raise ReviewNotRecordable(
                _("No more replies fit here: hand the secretary a paper.")
            )
        written = Remark.objects.create(
            occasion=current,
            kind=Remark.Kind.REPLY,
            position=last + 1,
            text=text,
            at=now,
        )
        _record("replied", current, actor, now)
    return written


def _write(occasion: ReviewOccasion, said: Said) -> None:
    kinds = Remark.Kind
    Remark.objects.filter(occasion=occasion).exclude(kind=kinds.REPLY).delete()
    remarks = (
        Remark(occasion=occasion, position=position, text=text, critic=critic)
        for position, (text, critic) in enumerate(said.remarks, start=1)
    )
    single = (
        Remark(occasion=occasion, kind=kind, text=text)
        for kind, text in ((kinds.ANSWER, said.answer), (kinds.COMMENT, said.comment))
        if text
    )
    Remark.objects.bulk_create(chain(remarks, single))


def _tell_once(occasion: ReviewOccasion, actor: Actor, now: datetime) -> None:
    """Record that somebody writes at a turn, unless that is the last that is known."""
    last = events.last_of(occasion)
    if last is None or (last.action, last.account_id) != (
        "occasions.noted",
        actor.account_id,
    ):
        _record("noted", occasion, actor, now)


def _record(action: str, occasion: ReviewOccasion, actor: Actor, now: datetime) -> None:
    events.record(
        action=f"occasions.{action}",
        subject=occasion,
        actor=actor,
        now=now,
        unit=occasion.body.unit.custodian,
        member=occasion.participant.member,
        area=Area.WORK_EDIT,
        data={"campaign": occasion.body.unit.campaign_id},
    )
