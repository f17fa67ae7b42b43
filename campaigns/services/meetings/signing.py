"""Minutes are signed on paper; from then on they are only added to.

Source: docs/rules/meetings.md § 4.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from campaigns.models import (
    Attendance,
    Campaign,
    Meeting,
    Minutes,
    MinutesCorrection,
)
from campaigns.queries.meetings import expected_at
from campaigns.services.meetings.shared import (
    MeetingNotChangeable,
    held_in_place,
    of_version,
    saved,
)
from members.policy import Actor


def mark_signed(
    *,
    meeting: Meeting,
    version: int,
    chair: str,
    recorder: str,
    signed_on: date,
    paper: str = "",
    actor: Actor,
    now: datetime,
) -> Meeting:
    """Record that chair and recorder have signed the printed minutes; closes the meeting.

    `paper`: number and place of the minutes, where the campaign enters no texts.
    Raises: MeetingNotChangeable if something is missing that minutes need, or the day
        is before the meeting or after today; as `held_in_place`.
    """
    with transaction.atomic():
        current = held_in_place(meeting, version=version)
        minutes = Minutes.objects.filter(meeting=current).first()
        _demand_complete(current, minutes)
        assert minutes is not None  # just demanded
        if not current.on <= signed_on <= timezone.localdate(now):
            raise MeetingNotChangeable(
                _(
                    "Minutes are signed on the day of the meeting or later, not after today."
                ),
                column="signed_on",
            )
        if not (minutes.conclusion or paper):
            raise MeetingNotChangeable(
                _("Say which paper holds the minutes, and where it is kept."),
                column="paper",
            )
        minutes.chair, minutes.recorder, minutes.paper = chair, recorder, paper
        minutes.signed_on, minutes.signed_at = signed_on, now
        minutes.signed_by_id = actor.account_id
        minutes.save()
        current.state = Meeting.State.SIGNED
        return saved(current, action="signed", actor=actor, now=now)


def correct_minutes(
    *,
    meeting: Meeting,
    version: int,
    text: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> MinutesCorrection:
    """Add to signed minutes what they should say; nothing is taken away.

    Raises: MeetingNotChangeable if they are not signed; as `of_version`.
    """
    with transaction.atomic():
        current = of_version(meeting, version=version)
        if current.state != Meeting.State.SIGNED:
            raise MeetingNotChangeable(
                _("These minutes are not signed: change them where they are written.")
            )
        correction = MinutesCorrection.objects.create(
            minutes=Minutes.objects.get(meeting=current),
            text=text,
            reason=reason,
            at=now,
            by_id=actor.account_id,
        )
        saved(current, action="corrected", actor=actor, now=now)
    return correction


def _demand_complete(meeting: Meeting, minutes: Minutes | None) -> None:
    if meeting.state != Meeting.State.HELD or minutes is None:
        raise MeetingNotChangeable(_("Nothing is recorded of this meeting yet."))
    if missing := missing_in(meeting, minutes):
        raise MeetingNotChangeable(
            _("The minutes are not complete: %s.") % ", ".join(missing)
        )


def missing_in(meeting: Meeting, minutes: Minutes) -> list[str]:
    """Return what minutes need before they can be signed, in words.

    Where only results and figures are entered, course and conclusion stay on paper.
    Of a review meeting those are asked, too, whom `settings.SIGNING_CHECKS` names.
    """
    people = expected_at(meeting)
    recorded = Attendance.objects.filter(meeting=meeting).count()
    lacks_people = recorded < len(people) if people else meeting.present is None
    has_texts = meeting.unit.campaign.mode == Campaign.Mode.FULL_TEXT
    found = [
        (lacks_people, _("attendance")),
        (has_texts and not minutes.course, _("course of the meeting")),
        (has_texts and not minutes.conclusion, _("conclusion")),
    ]
    missing = [str(name) for is_missing, name in found if is_missing]
    if meeting.kind == Meeting.Kind.REVIEW:
        checks = [import_string(path) for path in settings.SIGNING_CHECKS]
        missing += [why for check in checks if (why := check(meeting))]
    return missing
