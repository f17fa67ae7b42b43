"""A committee above suggests what is to be answered, and judges the answer later.

Source: docs/rules/self-reviews.md § 6.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Participant
from campaigns.services.written.states import (
    WritingRefused,
    demand_running,
    unit_of,
)
from members import events
from members.models import Member
from members.policy import Actor, Area
from reviews.models import ReviewSuggestion

Review = Participant.Review
WRITTEN = (Review.SENT, Review.CONFIRMED, Review.REVIEWED)


def suggest(
    *,
    participant: Participant,
    issuer: CampaignUnit,
    document: str,
    on: date,
    text: str,
    actor: Actor,
    now: datetime,
) -> ReviewSuggestion:
    """Suggest one matter to somebody, who answers it in section IV.

    Raises: WritingRefused if the day is still to come, it is one's own, the person has
        left or the campaign takes no acts.
    """
    if on > timezone.localdate(now):
        raise WritingRefused(_("This day is still to come."), column="on")
    _refuse_ones_own(participant, actor)
    with transaction.atomic():
        people = Participant.objects.select_for_update(of=("self",), no_key=True)
        held = people.select_related("campaign").get(pk=participant.pk)
        demand_running(held.campaign)
        unit_of(held)
        is_after = held.review_state in WRITTEN
        made = ReviewSuggestion.objects.create(
            participant=held,
            issuer=issuer,
            document=document,
            on=on,
            time=(
                ReviewSuggestion.Time.AFTER
                if is_after
                else ReviewSuggestion.Time.BEFORE
            ),
            text=text,
            recorded_at=now,
            recorded_by_id=actor.account_id,
        )
        _record("self_reviews.suggested", made, actor, now)
    return made


def judge(
    *,
    suggestion: ReviewSuggestion,
    judgement: ReviewSuggestion.Judgement,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whether the answer suffices; why not, is told to the person.

    Raises: WritingRefused if nothing is sent yet, it is one's own, or an answer that does
        not suffice has no word on it.
    """
    is_lacking = judgement == ReviewSuggestion.Judgement.INSUFFICIENT
    if is_lacking and not note:
        raise WritingRefused(_("Say what the answer leaves out."), column="note")
    _refuse_ones_own(suggestion.participant, actor)
    with transaction.atomic():
        people = Participant.objects.select_for_update(of=("self",), no_key=True)
        held = people.select_related("campaign").get(pk=suggestion.participant_id)
        demand_running(held.campaign)
        if held.review_state not in WRITTEN:
            raise WritingRefused(_("No answer is sent yet."))
        ReviewSuggestion.objects.filter(pk=suggestion.pk).update(
            judgement=judgement, judgement_note=note, judged_at=now
        )
        _record("self_reviews.answer_judged", suggestion, actor, now)


def _refuse_ones_own(participant: Participant, actor: Actor) -> None:
    if participant.member_id == actor.member_id:
        raise WritingRefused(_("Nobody suggests anything for their own review."))


def _record(
    action: str, suggestion: ReviewSuggestion, actor: Actor, now: datetime
) -> None:
    participant = suggestion.participant
    events.record(
        action=action,
        subject=suggestion,
        member=Member(pk=participant.member_id),
        actor=actor,
        now=now,
        unit=suggestion.issuer.custodian,
        area=Area.CAMPAIGN,
        data={"campaign": participant.campaign_id},
    )
