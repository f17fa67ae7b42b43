"""Opening a plan of remediation, and its steps: given, minuted, sent up, answered.

Source: docs/rules/remediation.md § 2, § 3.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from members import events
from members.models import Member, PartyUnit
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews.models import RemediationItem, RemediationPlan, RemediationStep
from reviews.queries.remediation.reading import contents_of, why_no_texts
from reviews.queries.remediation.roles import place_of
from reviews.remediation import Act, State
from reviews.services.remediation.shared import (
    RemediationRefused,
    demand,
    held_plan,
    note,
    refuse_days_to_come,
)

# What the event of each step is called.
TOLD = {
    Act.GIVE: "given",
    Act.MINUTE: "minuted",
    Act.SEND: "sent",
    Act.ACCEPT: "accepted",
    Act.RETURN: "returned",
}


@opened_for(Purpose.ACT)
def open_of_person(
    *, member: Member, signed_on: date | None, actor: Actor, now: datetime
) -> RemediationPlan:
    """Open a person's plan, or return the draft that there is.

    `signed_on`: typed by somebody else from the signed paper of that day.
    Raises: RemediationRefused if no texts are kept there, the person is on no roll, or
        the day is to come.
    """
    if signed_on is not None:
        refuse_days_to_come(signed_on, now, "signed_on")
        if member.pk == actor.member_id:
            raise RemediationRefused(_("Nobody types the own plan on behalf."))
    return _opened(RemediationPlan(member=member, signed_on=signed_on), actor, now)


@opened_for(Purpose.ACT)
def open_of_unit(*, unit: PartyUnit, actor: Actor, now: datetime) -> RemediationPlan:
    """Open the plan of a collective, or return the draft that there is.

    Raises: RemediationRefused if no texts are kept there.
    """
    return _opened(RemediationPlan(unit=unit), actor, now)


def _opened(new: RemediationPlan, actor: Actor, now: datetime) -> RemediationPlan:
    with transaction.atomic():
        place = place_of(new)
        if place is None:
            raise RemediationRefused(_("The person is on no roll here."))
        if why := why_no_texts(place):
            raise RemediationRefused(why)
        plan, is_new = RemediationPlan.objects.get_or_create(
            unit=new.unit,
            member=new.member,
            state=State.DRAFT,
            defaults={
                "signed_on": new.signed_on,
                "opened_at": now,
                "opened_by_id": actor.account_id,
            },
        )
        if is_new:
            note("opened", plan, plan, actor, now)
        elif plan.signed_on != new.signed_on:
            raise RemediationRefused(_("Another plan of this person is being written."))
    return plan


@opened_for(Purpose.ACT)
def take_step(
    *,
    plan: RemediationPlan,
    version: int,
    act: Act,
    on: date,
    text: str = "",
    document: str = "",
    actor: Actor,
    now: datetime,
) -> RemediationPlan:
    """Take a plan one step on, and keep the step with the items as they are.

    Raises: RemediationRefused if the table has no such line, the plan has no item, the
        words or the number are missing, the day is to come, or somebody accepts what
        they sent; versions.ChangedMeanwhile.
    """
    refuse_days_to_come(on, now, "on")
    with events.written_last():
        current = held_plan(plan, version)
        to = demand(current, act, actor)
        _demand_words(act, text, document)
        if not RemediationItem.objects.filter(plan=current).exists():
            raise RemediationRefused(_("The plan has no item yet."))
        goes_to = current.goes_to
        if act is Act.SEND:
            place = place_of(current)
            goes_to = place.parent if place else None
        if current.state == State.SENT:
            _demand_another(current, actor)
        RemediationStep.objects.create(
            plan=current,
            act=act,
            text=text,
            document=document,
            on=on,
            to=goes_to if act is Act.SEND else None,
            contents=contents_of(current),
            at=now,
            by_id=actor.account_id,
        )
        current.state = to
        current.goes_to = goes_to if to in (State.SENT, State.ACCEPTED) else None
        current.version += 1
        current.save(update_fields=["state", "goes_to", "version"])
        note(TOLD[act], current, current, actor, now)
    return current


def _demand_words(act: Act, text: str, document: str) -> None:
    if act is Act.MINUTE and not text:
        raise RemediationRefused(
            _("Write the opinion of the collective."), column="text"
        )
    if act is Act.MINUTE and not document:
        raise RemediationRefused(
            _("Enter the number of the minutes."), column="document"
        )
    if act is Act.RETURN and not text:
        raise RemediationRefused(_("Say what is to be completed."), column="text")


def _demand_another(plan: RemediationPlan, actor: Actor) -> None:
    """Refuse that who sent a plan up answers it, where somebody stands above."""
    sent = RemediationStep.objects.filter(plan=plan, act=Act.SEND).last()
    if plan.goes_to_id and sent and sent.by_id == actor.account_id:
        raise RemediationRefused(_("Whoever sent the plan up does not answer it."))
