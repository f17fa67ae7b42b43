"""What a person asks to have corrected, and the answer of whoever keeps the roll.

Source: docs/rules/rolls.md § 8.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import events
from members.models import CorrectionRequest, Member
from members.periods import periods
from members.policy import Actor, Area
from members.services import memberships, people

State = CorrectionRequest.State


class CorrectionNotPossible(Exception):
    """The request cannot be made or answered like this; the text says why."""


def ask(
    *,
    member: Member,
    subject: CorrectionRequest.Subject,
    wanted: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> CorrectionRequest:
    """Ask whoever keeps the roll to have one matter of one's own record corrected.

    Raises: CorrectionNotPossible while one about the same waits;
        memberships.MemberNotMovable if the person is on no roll, and nobody could answer.
    """
    with transaction.atomic():
        memberships.official_membership(member)
        waiting = CorrectionRequest.objects.waiting().filter(member=member)
        if waiting.filter(subject=subject).exists():
            raise CorrectionNotPossible(
                _("Your request about this waits for an answer already.")
            )
        request = CorrectionRequest.objects.create(
            member=member,
            subject=subject,
            wanted=wanted,
            reason=reason,
            asked_at=now,
            due_on=periods().answer_to_a_request.after(timezone.localdate(now)),
        )
        events.record(
            action="corrections.asked",
            subject=request,
            member=member,
            actor=actor,
            now=now,
            data={"kind": subject},
        )
    return request


def take_back(*, request: CorrectionRequest, actor: Actor, now: datetime) -> None:
    """Take back what one has asked for.

    Raises: CorrectionNotPossible where it is answered already.
    """
    _answer(request, State.TAKEN_BACK, answer="", actor=actor, now=now)


def refuse(
    *, request: CorrectionRequest, answer: str, actor: Actor, now: datetime
) -> None:
    """Leave the record as it is and tell the person why.

    Raises: CorrectionNotPossible where it is answered already, or is one's own.
    """
    _refuse_ones_own(request, actor)
    _answer(request, State.REFUSED, answer=answer, actor=actor, now=now)


def settle(
    *, request: CorrectionRequest, answer: str, actor: Actor, now: datetime
) -> None:
    """Tell the person that it is corrected, and by what.

    Raises: as `refuse`.
    """
    _refuse_ones_own(request, actor)
    _answer(request, State.CORRECTED, answer=answer, actor=actor, now=now)


def correct(
    *,
    request: CorrectionRequest,
    version: int,
    facts: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> Member:
    """Correct the person as asked, which answers the request in the same act.

    Raises: as `refuse` and `people.correct_member`.
    """
    with events.written_last():
        settle(request=request, answer="", actor=actor, now=now)
        return people.correct_member(
            member=request.member, version=version, facts=facts, actor=actor, now=now
        )


def _refuse_ones_own(request: CorrectionRequest, actor: Actor) -> None:
    if request.member_id == actor.member_id:
        raise CorrectionNotPossible(_("Nobody answers a request of their own."))


def _answer(
    request: CorrectionRequest,
    state: CorrectionRequest.State,
    *,
    answer: str,
    actor: Actor,
    now: datetime,
) -> None:
    with transaction.atomic():
        held = CorrectionRequest.objects.select_for_update(of=("self",), no_key=True)
        current = held.select_related("member").get(pk=request.pk)
        if current.state != State.WAITING:
            raise CorrectionNotPossible(
                _("This request was answered already: %s.")
                % current.get_state_display()
            )
        current.state = state
        current.answer = answer
        current.answered_at = now
        current.answered_by_id = actor.account_id
        current.save(update_fields=["state", "answer", "answered_at", "answered_by"])
        events.record(
            action=f"corrections.{state.lower()}",
            subject=current,
            member=current.member,
            actor=actor,
            now=now,
            # One's own request is made and taken back by no post.
            unit=None
            if state == State.TAKEN_BACK
            else memberships.cell_of(current.member),
            area=Area.ROLL_EDIT,
            data={"kind": current.subject},
        )
