"""Criteria of a unit: written by it, approved and published by the unit above.

Source: docs/rules/pledges.md § 2.
"""

from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, CriteriaSet, Criterion
from campaigns.services import phases
from campaigns.services.written.states import WritingRefused, demand_running
from campaigns.steps import Step
from members import events
from members.policy import Actor, Area
from members.services.versions import ChangedMeanwhile, locked_version

State = CriteriaSet.State


class CriterionFacts(TypedDict):
    """The columns of a criterion that people write."""

    organisation: str
    occupation: str
    text: str
    measure: str
    goal: str
    unit_of_measure: str


def add(
    *,
    unit: CampaignUnit,
    facts: CriterionFacts,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> Criterion:
    """Add a criterion to those of the unit, which are begun by the first.

    Raises: WritingRefused if they are sent or published, or the campaign takes no acts;
        phases.StepClosed after the last day of the criteria.
    """
    with transaction.atomic():
        criteria, _made = CriteriaSet.objects.get_or_create(unit=unit)
        held = _hold_written(criteria, now=now, opened_at=opened_at)
        criterion = Criterion.objects.create(criteria=criteria, **facts)
        _write(held)
        _record("criteria.added", criteria, actor=actor, now=now)
    return criterion


def change(
    *,
    criterion: Criterion,
    version: int,
    facts: CriterionFacts,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> None:
    """Write a criterion anew.

    Raises: ChangedMeanwhile if somebody else has; as `add`.
    """
    with transaction.atomic():
        held = _hold_written(criterion.criteria, now=now, opened_at=opened_at)
        current = locked_version(Criterion.objects.all(), criterion, version=version)
        for name, value in facts.items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        _write(held)
        _record("criteria.changed", held, actor=actor, now=now)


def remove(
    *,
    criterion: Criterion,
    version: int,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> None:
    """Take a criterion out again.

    Raises: as `change`.
    """
    with transaction.atomic():
        held = _hold_written(criterion.criteria, now=now, opened_at=opened_at)
        locked_version(Criterion.objects.all(), criterion, version=version).delete()
        _write(held)
        _record("criteria.removed", held, actor=actor, now=now)


def send(
    *,
    criteria: CriteriaSet,
    version: int,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> None:
    """Send the criteria to the unit above for approval, as they were shown.

    Raises: WritingRefused if there is none; ChangedMeanwhile; as `add`.
    """
    with transaction.atomic():
        held = _hold_written(criteria, version=version, now=now, opened_at=opened_at)
        if not Criterion.objects.filter(criteria=held).exists():
            raise WritingRefused(_("There is no criterion yet."))
        _move(held, State.SENT)
        _record("criteria.sent", held, actor=actor, now=now)


def publish(
    *, criteria: CriteriaSet, version: int, document: str, actor: Actor, now: datetime
) -> None:
    """Approve the criteria by a document, and publish them to the whole organisation.

    Raises: WritingRefused if they do not wait for it; ChangedMeanwhile if they are not
        those that were read.
    """
    with transaction.atomic():
        held = _hold(criteria, states=(State.SENT,), version=version)
        held.document, held.published_at = document, now
        _move(held, State.PUBLISHED)
        _record("criteria.published", held, actor=actor, now=now, area=Area.CAMPAIGN)


def give_back(
    *, criteria: CriteriaSet, version: int, remark: str, actor: Actor, now: datetime
) -> None:
    """Return the criteria with what is to be mended.

    Raises: as `publish`.
    """
    with transaction.atomic():
        held = _hold(criteria, states=(State.SENT,), version=version)
        held.remark = remark
        _move(held, State.RETURNED)
        _record("criteria.returned", held, actor=actor, now=now, area=Area.CAMPAIGN)


def _hold_written(
    criteria: CriteriaSet,
    *,
    now: datetime,
    version: int | None = None,
    opened_at: datetime | None = None,
) -> CriteriaSet:
    held = _hold(criteria, states=CriteriaSet.BEING_WRITTEN, version=version)
    phases.demand_open(
        campaign=held.unit.campaign,
        step=Step.CRITERIA,
        unit=held.unit,
        opened_at=opened_at,
        now=now,
    )
    return held


def _hold(
    criteria: CriteriaSet,
    *,
    states: tuple[CriteriaSet.State, ...],
    version: int | None,
) -> CriteriaSet:
    rows = CriteriaSet.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("unit__campaign", "unit__custodian").get(pk=criteria.pk)
    demand_running(held.unit.campaign)
    if held.state not in states:
        raise WritingRefused(
            _("The criteria are “%s” by now.") % held.get_state_display()
        )
    if version not in (None, held.version):
        raise ChangedMeanwhile(held)
    return held


def _move(held: CriteriaSet, state: CriteriaSet.State) -> None:
    held.state = state
    _write(held)


def _write(held: CriteriaSet) -> None:
    """Make them other criteria than those that somebody may have on the screen."""
    held.version += 1
    held.save()


def _record(
    action: str,
    criteria: CriteriaSet,
    *,
    actor: Actor,
    now: datetime,
    area: Area = Area.WORK_EDIT,
) -> None:
    events.record(
        action=action,
        subject=criteria,
        actor=actor,
        now=now,
        unit=criteria.unit.custodian,
        area=area,
        data={"campaign": criteria.unit.campaign_id},
    )
