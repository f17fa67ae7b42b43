"""Rows that a unit keeps of its own work: added, corrected, taken out.

Source: docs/rules/programmes.md § 1.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit
from campaigns.services import running, tallies
from campaigns.services.phases import demand_open
from campaigns.services.scanning import ask_for_scan
from campaigns.steps import Step
from members import events
from members.policy import Actor, Area
from members.services.versions import locked_version

Row = TypeVar("Row", bound=models.Model)
Demand = Callable[[models.Model], None]  # refuses by NotRecordable
# Holds what an act on a row changes the counts of, and counts it anew after the act.
Counting = Callable[[Any], AbstractContextManager[None]]


class NotRecordable(Exception):
    """What a unit wants to record cannot be; the text says why, `column` where."""

    def __init__(self, text: str, *, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


class KeptByUnit(Protocol):
    """A row of which its model says by which look-up its unit is reached."""

    UNIT: str
    version: int


def nothing(row: models.Model) -> None:
    """Demand nothing more than that the campaign runs."""


def uncounted(row: models.Model) -> AbstractContextManager[None]:
    """Count nothing: most rows stand in no tally."""
    return nullcontext()


def add_row(
    *,
    row: Row,
    actor: Actor,
    now: datetime,
    demand: Demand = nothing,
    counting: Counting = uncounted,
) -> Row:
    """Record a new row of a unit that the caller got by a scope.

    Raises: NotRecordable where the campaign takes no acts, or as `demand` does.
    """
    with transaction.atomic(), counting(row):
        demand_running(unit_of(row))
        demand(row)
        row.save()
        ask_for_scan(row, actor=actor)
        note("added", row, actor, now)
    return row


def change_row(
    *,
    row: Row,
    version: int,
    facts: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    demand: Demand = nothing,
) -> Row:
    """Write what is known of a row now.

    Raises: versions.ChangedMeanwhile; NotRecordable as `add_row`.
    """
    with transaction.atomic():
        demand_running(unit_of(row))
        demand(row)
        rows = cast(Any, type(row)).objects.all()
        current = locked_version(rows, row, version=version)
        for name, value in facts.items():
            setattr(current, name, value)
        _kept(current).version += 1
        current.save()
        ask_for_scan(current, actor=actor)
        note("corrected", current, actor, now)
    return cast(Row, current)


def remove_row(
    *,
    row: Row,
    version: int,
    actor: Actor,
    now: datetime,
    demand: Demand = nothing,
    counting: Counting = uncounted,
) -> None:
    """Take a row out that was entered by mistake, with what hangs on it.

    Raises: versions.ChangedMeanwhile; NotRecordable where something else rests on it.
    """
    with transaction.atomic(), counting(row):
        demand_running(unit_of(row))
        demand(row)
        rows = cast(Any, type(row)).objects.all()
        current = locked_version(rows, row, version=version)
        note("removed", current, actor, now)
        try:
            current.delete()
        except ProtectedError as refusal:
            raise NotRecordable(
                _("Something else that is recorded rests on this.")
            ) from refusal


def demand_running(unit: CampaignUnit) -> Campaign:
    """Refuse what comes before the opening or after the closing of the campaign.

    No file replaces the campaign any more. Nothing is held: thousands of cells record
    in one campaign, and who closes it at the same moment comes after.
    Raises: NotRecordable.
    """
    campaign = Campaign.objects.get(pk=unit.campaign_id)
    running.demand_running(campaign, NotRecordable)
    tallies.keep_worked_on(campaign)
    return campaign


def demand_in_time(
    unit: CampaignUnit, step: Step, opened_at: datetime | None, now: datetime
) -> None:
    """Refuse as `demand_running`, and what comes after the last day of a step.

    Raises: NotRecordable; phases.StepClosed.
    """
    campaign = demand_running(unit)
    demand_open(campaign=campaign, step=step, unit=unit, opened_at=opened_at, now=now)


def unit_of(row: models.Model) -> CampaignUnit:
    """Return the campaign's unit to which a row belongs."""
    found: Any = row
    for name in _kept(row).UNIT.split("__"):
        found = getattr(found, name)
    return cast(CampaignUnit, found)


def note(
    what: str, row: models.Model, actor: Actor, now: datetime, **data: object
) -> None:
    """Log an act on a row of a unit's work."""
    unit = unit_of(row)
    events.record(
        action=f"work.{row._meta.model_name}_{what}",
        subject=row,
        actor=actor,
        now=now,
        unit=unit.custodian,
        area=Area.WORK_EDIT,
        data=data,
    )


def _kept(row: models.Model) -> KeptByUnit:
    return cast(KeptByUnit, row)
