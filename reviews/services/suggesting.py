"""A committee above suggests what is to be answered, and judges the answer later.

Source: docs/rules/self-reviews.md § 6.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Author, CampaignUnit, Participant, WrittenKind
from campaigns.services.written.states import (
    WRITABLE,
    WritingRefused,
    demand_running,
    locked,
    unit_of,
)
from members import events
from members.models import Member
from members.policy import Actor, Area
from reviews.models import (
    COLLECTIVE_REPORTS,
    SELF_REVIEWS,
    CollectiveSuggestion,
    ReviewSuggestion,
    Suggested,
)


def suggest(
    *,
    author: Author,
    issuer: CampaignUnit,
    document: str,
    on: date,
    text: str,
    actor: Actor,
    now: datetime,
) -> Suggested:
    """Suggest one matter to a person or a collective, who answers it in section IV.

    Raises: WritingRefused if the day is still to come, it is one's own, the person has
        left or the campaign takes no acts.
    """
    if on > timezone.localdate(now):
        raise WritingRefused(_("This day is still to come."), column="on")
    _refuse_ones_own(author, actor)
    kind, suggested = _of(author)
    with transaction.atomic():
        held = locked(author)
        demand_running(held.campaign)
        unit_of(held)
        made = suggested._default_manager.create(
            **{kind.author: held},
            issuer=issuer,
            document=document,
            on=on,
            time=(
                Suggested.Time.AFTER if _is_sent(kind, held) else Suggested.Time.BEFORE
            ),
            text=text,
            recorded_at=now,
            recorded_by_id=actor.account_id,
        )
        _record(f"{kind.name}.suggested", made, actor, now)
    return made


def judge(
    *,
    suggestion: Suggested,
    judgement: Suggested.Judgement,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whether the answer suffices; why not, is told to who gave it.

    Raises: WritingRefused if nothing is sent yet, it is one's own, or an answer that does
        not suffice has no word on it.
    """
    is_lacking = judgement == Suggested.Judgement.INSUFFICIENT
    if is_lacking and not note:
        raise WritingRefused(_("Say what the answer leaves out."), column="note")
    author = suggestion.author
    _refuse_ones_own(author, actor)
    kind, suggested = _of(author)
    with transaction.atomic():
        held = locked(author)
        demand_running(held.campaign)
        if not _is_sent(kind, held):
            raise WritingRefused(_("No answer is sent yet."))
        suggested._default_manager.filter(pk=suggestion.pk).update(
            judgement=judgement, judgement_note=note, judged_at=now
        )
        _record(f"{kind.name}.answer_judged", suggestion, actor, now)


def _of(author: Author) -> tuple[WrittenKind, type[Suggested]]:
    if isinstance(author, Participant):
        return SELF_REVIEWS, ReviewSuggestion
    return COLLECTIVE_REPORTS, CollectiveSuggestion


def _is_sent(kind: WrittenKind, author: Author) -> bool:
    return kind.state_of(author) not in ("NONE", *WRITABLE)


def _refuse_ones_own(author: Author, actor: Actor) -> None:
    if isinstance(author, Participant) and author.member_id == actor.member_id:
        raise WritingRefused(_("Nobody suggests anything for their own review."))


def _record(action: str, suggestion: Suggested, actor: Actor, now: datetime) -> None:
    author = suggestion.author
    member = Member(pk=author.member_id) if isinstance(author, Participant) else None
    events.record(
        action=action,
        subject=suggestion,
        member=member,
        actor=actor,
        now=now,
        unit=suggestion.issuer.custodian,
        area=Area.CAMPAIGN,
        data={"campaign": author.campaign_id},
    )
