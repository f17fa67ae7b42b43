"""Persons are called up at a review meeting, reviewed, or left for a later one.

Source: docs/rules/review-meetings.md § 2.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import (
    Attendance,
    CampaignBody,
    Meeting,
    Minutes,
    Participant,
)
from campaigns.services.meetings.shared import demand_running, held_in_place, saved
from members import events
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for
from members.services import versions
from reviews.models import BallotLine, Remark, ReviewOccasion
from reviews.queries.remarks import said_at
from reviews.queries.turns import order_of, why_it_stays
from reviews.services import said_versions


class ReviewNotRecordable(Exception):
    """The meeting, or the person's turn at it, does not take this act."""


@opened_for(Purpose.ACT)
def call_up(
    *, meeting: Meeting, version: int, actor: Actor, now: datetime
) -> list[ReviewOccasion]:
    """Place everybody whom the body still has to review in the order of the meeting.

    Who was reviewed at an earlier meeting stays as they are.
    Raises: ReviewNotRecordable for another kind of meeting; as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        if current.kind != Meeting.Kind.REVIEW:
            raise ReviewNotRecordable(
                _("Persons are reviewed at review meetings alone.")
            )
        body = CampaignBody.objects.organisations().get(unit=current.unit)
        ReviewOccasion.objects.bulk_create(
            [
                ReviewOccasion(participant=person, body=body, position=position)
                for position, person in enumerate(order_of(current), start=1)
            ],
            update_conflicts=True,
            unique_fields=["participant", "body", "capacity"],
            update_fields=["position"],
        )
        saved(current, action="called_up", actor=actor, now=now)
    return list(ReviewOccasion.objects.filter(body=body))


@opened_for(Purpose.ACT)
def mark_reviewed(
    *,
    occasion: ReviewOccasion,
    version: int,
    meeting: Meeting,
    remarks_made: int,
    chaired_by: str = "",
    actor: Actor,
    now: datetime,
) -> ReviewOccasion:
    """Record that somebody was reviewed at a meeting, with how many remarks.

    Raises: ReviewNotRecordable for oneself, for somebody who is not there, or if the
        chair is reviewed and nobody else led that part; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = held_turn(occasion, version=version, meeting=meeting, actor=actor)
        chairs = Minutes.objects.filter(
            meeting=meeting, chair=current.participant.full_name
        )
        if not chaired_by.strip() and chairs.exists():
            raise ReviewNotRecordable(
                _("The chair is being reviewed: say who led this part.")
            )
        if current.state != ReviewOccasion.State.REVIEWED:
            current.state_before = _now_reviewed(current.participant)
        current.state = ReviewOccasion.State.REVIEWED
        current.meeting = meeting
        current.remarks_made, current.chaired_by = remarks_made, chaired_by
        return saved_turn(current, "reviewed", actor, now)


@opened_for(Purpose.ACT)
def leave_for_later(
    *, occasion: ReviewOccasion, version: int, actor: Actor, now: datetime
) -> ReviewOccasion:
    """Leave somebody's turn, to come back to it at this meeting or a later one.

    What was said is kept, and published once the person is reviewed.
    Raises: ReviewNotRecordable for oneself, once there is a ballot on the person or
        they replied in writing; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = _own_turn(occasion, version=version, actor=actor)
        put_off(current, actor=actor, now=now)
        return saved_turn(current, "left", actor, now)


def put_off(occasion: ReviewOccasion, *, actor: Actor, now: datetime) -> None:
    """Take a turn that is held out of its meeting; it is not saved here.

    What was published of it is kept as a version.

    Raises: ReviewNotRecordable if the person has replied to what was said.
    """
    if occasion.state == ReviewOccasion.State.REVIEWED:
        _demand_no_reply(occasion)
        _no_longer_reviewed(occasion)
        reason = _("The turn was left for later.")
        said = said_at(occasion)
        said_versions.keep(occasion, said, reason=reason, actor=actor, now=now)
    occasion.state, occasion.state_before = ReviewOccasion.State.LEFT, ""
    occasion.meeting, occasion.chaired_by, occasion.remarks_made = None, "", 0


def held_turn(
    occasion: ReviewOccasion, *, version: int, meeting: Meeting, actor: Actor
) -> ReviewOccasion:
    """Return somebody's turn as it is now, held, if they can be reviewed here.

    The meeting is held first, as by whoever calls up or opens a ballot.
    Raises: ReviewNotRecordable for oneself, for somebody who is not there, at a meeting
        that does not review them; versions.ChangedMeanwhile.
    """
    held = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    current = _own_turn(occasion, version=version, actor=actor)
    if (
        held.is_closed
        or held.kind != Meeting.Kind.REVIEW
        or held.unit_id != current.body.unit_id
    ):
        raise ReviewNotRecordable(_("This meeting does not review this person."))
    there = Attendance.objects.filter(
        meeting=meeting,
        participant=current.participant_id,
        state__in=Attendance.THERE,
    )
    if not there.exists():
        raise ReviewNotRecordable(
            _("Whoever is absent is reviewed at a later meeting.")
        )
    return current


def _demand_no_reply(occasion: ReviewOccasion) -> None:
    """Refuse to withdraw what somebody has replied to."""
    replies = Remark.objects.filter(occasion=occasion, kind=Remark.Kind.REPLY)
    if replies.exists():
        raise ReviewNotRecordable(
            _("The person has replied in writing to what was said here: it stays.")
        )


def _now_reviewed(person: Participant) -> str:
    """Note that the self-review was reviewed; return how far it was before.

    Source: docs/rules/review-meetings.md § 2.6.
    """
    held = Participant.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = held.review_state
    held.review_state = Participant.Review.REVIEWED
    held.version += 1
    held.save(update_fields=["review_state", "version"])
    return before


def _no_longer_reviewed(occasion: ReviewOccasion) -> None:
    """Take that back; another body may have reviewed the same person."""
    others = ReviewOccasion.objects.filter(
        participant=occasion.participant, state=ReviewOccasion.State.REVIEWED
    )
    if others.exclude(pk=occasion.pk).exists():
        return
    held = Participant.objects.select_for_update(no_key=True)
    person = held.get(pk=occasion.participant_id)
    person.review_state = occasion.state_before
    person.version += 1
    person.save(update_fields=["review_state", "version"])


def _own_turn(
    occasion: ReviewOccasion, *, version: int, actor: Actor
) -> ReviewOccasion:
    rows = ReviewOccasion.objects.select_related(
        "participant", "body__unit__campaign", "body__unit__custodian"
    )
    current = versions.locked_version(rows, occasion, version=version)
    demand_running(current.body.unit)
    if current.participant.member_id == actor.member_id:
        raise ReviewNotRecordable(_("Somebody else records what is said of oneself."))
    if BallotLine.objects.filter(occasion=current).exists():
        raise ReviewNotRecordable(_("There is a ballot on this person already."))
    if why := why_it_stays(current):
        raise ReviewNotRecordable(why)
    return current


def saved_turn(
    occasion: ReviewOccasion, action: str, actor: Actor, now: datetime
) -> ReviewOccasion:
    """Save a turn as a later version, and record the act."""
    occasion.version += 1
    occasion.save()
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
    return occasion
