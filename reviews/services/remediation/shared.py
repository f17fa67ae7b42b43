"""What every act on a plan of remediation does: hold it, demand the state, log it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from members import events
from members.models import Member
from members.models.events import REMEDIATION_OPENED
from members.policy import Actor, Area
from members.services.versions import locked_version
from reviews import remediation
from reviews.models import RemediationItem, RemediationPlan
from reviews.models.notices import committees_of
from reviews.queries.remediation.roles import place_of, roles_of
from reviews.remediation import Act, State


class RemediationRefused(Exception):
    """Nothing of it is recorded; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


def held_plan(plan: RemediationPlan, version: int) -> RemediationPlan:
    """Return a plan of that version, held until the transaction ends.

    Raises: versions.ChangedMeanwhile.
    """
    return locked_version(RemediationPlan.objects.all(), plan, version=version)


def held_item(item: RemediationItem, version: int) -> RemediationItem:
    """Return an item of that version with its plan, both held.

    Raises: versions.ChangedMeanwhile.
    """
    plans = RemediationPlan.objects.select_for_update(of=("self",), no_key=True)
    plan = plans.get(pk=item.plan_id)
    current = locked_version(RemediationItem.objects.all(), item, version=version)
    current.plan = plan
    return current


def demand(plan: RemediationPlan, act: Act, actor: Actor) -> State:
    """Return the state after an act, by the table of the rules.

    Raises: RemediationRefused where the table has no such line for the actor.
    """
    to = remediation.after(
        act,
        State(plan.state),
        roles_of(plan, actor),
        is_personal=plan.is_personal,
    )
    if to is None:
        raise RemediationRefused(
            _("The plan is “%s”, and does not take this act from you.")
            % plan.get_state_display()
        )
    return to


def changed(plan: RemediationPlan) -> None:
    """Count a change of what a plan holds as a later version of it."""
    plan.version += 1
    plan.save(update_fields=["version"])


def refuse_days_to_come(day: date, now: datetime, column: str) -> None:
    """Refuse a day that has not come yet.

    Raises: RemediationRefused.
    """
    if day > timezone.localdate(now):
        raise RemediationRefused(_("This day has not come yet."), column=column)


def note(
    what: str,
    subject: RemediationPlan | RemediationItem,
    plan: RemediationPlan,
    actor: Actor,
    now: datetime,
) -> None:
    """Log an act; a person reads what others did with their plan."""
    events.record(
        action=f"remediation.{what}",
        subject=subject,
        actor=actor,
        now=now,
        unit=place_of(plan),
        member=Member(pk=plan.member_id) if plan.member_id else None,
        area=_area(plan, actor),
    )


def note_read(plan: RemediationPlan, actor: Actor, now: datetime) -> None:
    """Log that somebody read another's plan; the person sees who and when."""
    if plan.member_id is None or plan.member_id == actor.member_id:
        return
    events.record(
        action=REMEDIATION_OPENED,
        subject=plan,
        actor=actor,
        now=now,
        unit=place_of(plan),
        member=Member(pk=plan.member_id),
        area=_area(plan, actor),
    )


def _area(plan: RemediationPlan, actor: Actor) -> Area:
    """Return in which area the actor reached a plan."""
    if plan.goes_to_id in committees_of(actor):
        return Area.CAMPAIGN
    return Area.PLEDGES if plan.is_personal else Area.WORK_EDIT
