"""Whether a self-review, or a collective's report, meets the requirements.

Source: docs/rules/review-meetings.md § 5.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import (
    CampaignBody,
    Extension,
    Meeting,
    Participant,
    PersonalExtension,
    WrittenKind,
)
from campaigns.queries import phases
from campaigns.services.written.answering import latest
from campaigns.services.written.states import Held, holding, unit_of
from campaigns.steps import Step
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews import steps
from reviews.models import (
    COLLECTIVE_REPORTS,
    SELF_REVIEWS,
    CollectiveReportStatement,
    CollectiveReportText,
    ReviewOccasion,
    SelfReviewStatement,
    Suggested,
)
from reviews.services.occasions import (
    ReviewNotRecordable,
    held_turn,
    put_off,
    saved_turn,
)

DAY = timedelta(days=1)
SENT = steps.states_for(steps.REVIEW, steps.Act.STATE)


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated; `suggestion`, `leaves_out` and `again_on` where it does not meet."""

    meets: bool
    suggestion: Suggested | None = None
    leaves_out: str = ""
    again_on: date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What a row keeps of it."""
        if self.meets:
            return {"meets": True}
        return {
            "meets": False,
            "suggestion": self.suggestion,
            "leaves_out": self.leaves_out,
            "again_on": self.again_on,
        }


@opened_for(Purpose.ACT)
def state_self_review(
    *,
    occasion: ReviewOccasion,
    version: int,
    meeting: Meeting,
    stated: Stated,
    actor: Actor,
    now: datetime,
) -> SelfReviewStatement:
    """State at a meeting whether somebody's self-review meets the requirements.

    What does not is returned to the person, whose turn is put off; both are done again,
    the writing until the day that is named.
    Raises: as `occasions.held_turn`; ReviewNotRecordable if nothing is named that it
        leaves out, the day is not after the meeting, or the person has replied.
    """
    _demand_whole(stated, after=meeting.on)
    with transaction.atomic():
        current = held_turn(occasion, version=version, meeting=meeting, actor=actor)
        made = SelfReviewStatement.objects.create(
            occasion=current,
            meeting=meeting,
            at=now,
            by_id=actor.account_id,
            **stated.columns,
        )
        if not stated.meets:
            put_off(current, actor=actor, now=now)
            person = Participant.objects.select_for_update(no_key=True).get(
                pk=current.participant_id
            )
            if person.review_state in SENT:
                _reopen(SELF_REVIEWS, person)
                person.review_state = Participant.Review.RETURNED
                person.version += 1
                person.save(update_fields=["review_state", "version"])
            _give_time(person, stated, actor, now)
        saved_turn(current, "stated", actor, now)
    return made


@opened_for(Purpose.ACT)
def state_report(
    *, body: CampaignBody, number: int, stated: Stated, actor: Actor, now: datetime
) -> CollectiveReportStatement:
    """State for the level above whether the text of this number meets the requirements.

    What does not goes back to be done again, also after it was accepted.
    Raises: WritingRefused if nothing is sent, it is one's own, or another text came
        meanwhile; ReviewNotRecordable as `state_self_review`.
    """
    _demand_whole(stated, after=timezone.localdate(now))
    kind = COLLECTIVE_REPORTS
    with holding(kind, body, states=SENT, actor=actor, now=now) as held:
        text = latest(held, number)
        assert isinstance(text, CollectiveReportText)  # of this kind
        made = CollectiveReportStatement.objects.create(
            text=text, at=now, by_id=actor.account_id, **stated.columns
        )
        if not stated.meets:
            _reopen(kind, body)
            held.move("RETURNED")
            _give_unit_time(held, stated)
        held.record("stated", area=kind.answered_by)
    return made


def _demand_whole(stated: Stated, *, after: date) -> None:
    if stated.meets:
        return
    if stated.suggestion is None and not stated.leaves_out:
        raise ReviewNotRecordable(
            _("Name the suggestion or the concluded shortcoming that it leaves out.")
        )
    if stated.again_on is None or stated.again_on <= after:
        raise ReviewNotRecordable(_("Name a later day on which it is done again."))


def _reopen(kind: WrittenKind, author: Participant | CampaignBody) -> None:
    """Let the author go on from the text that was sent last."""
    texts = kind.text._default_manager.filter(**{kind.of_author: author})
    text = texts.order_by("-number").first()
    drafts = kind.draft._default_manager
    if text is None or drafts.filter(**{kind.author: author}).exists():
        return
    document = text.document
    signed = getattr(document, "signed_on", None)
    drafts.create(
        **{kind.author: author},
        form=text.form,
        content={"answers": text.all_answers, "items": []},
        saved_at=text.sent_at,
        **({"is_on_behalf": True} if signed else {}),
    )


def _give_time(
    person: Participant, stated: Stated, actor: Actor, now: datetime
) -> None:
    """Leave the person the time until the day, where the step would be over before."""
    unit = unit_of(person)
    span = phases.span(
        campaign=person.campaign, step=Step.SELF_REVIEW, unit=unit, participant=person
    )
    if span is None or stated.again_on is None or stated.again_on <= span.last_day:
        return
    PersonalExtension.objects.create(
        campaign=person.campaign,
        participant=person,
        unit=unit,
        step=Step.SELF_REVIEW,
        until_on=stated.again_on + DAY,
        reason=_("The self-review is done again."),
        at=now,
        by_id=actor.account_id,
    )


def _give_unit_time(held: Held, stated: Stated) -> None:
    """Leave the unit the time until the day, where the step would be over before."""
    campaign, unit = held.author.campaign, held.unit
    span = phases.span(
        campaign=campaign, step=Step.SELF_REVIEW, unit=unit, participant=None
    )
    if span is None or stated.again_on is None or stated.again_on <= span.last_day:
        return
    Extension.objects.create(
        campaign=campaign,
        unit=unit,
        with_below=False,
        step=Step.SELF_REVIEW,
        until_on=stated.again_on + DAY,
        reason=_("The report is done again."),
        at=held.now,
        by_id=held.actor.account_id,
    )
