"""What falls due today by the plans becomes rows, however often this runs.

Source: docs/rules/reminders.md § 3.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.models import (
    Campaign,
    CampaignUnit,
    Participant,
    PersonalExtension,
    Placement,
    Reminder,
    WantedReminder,
)
from campaigns.queries import reminders as queries
from campaigns.queries.phases import last_days, last_days_of_units
from campaigns.queries.steps_taken import not_taken
from campaigns.reminding import Slot, To, due_slots
from campaigns.steps import Step, moved_by
from members.row_security import Purpose, opened_for

BATCH = 1000

Slots = Mapping[date, Slot]  # by the last day


def plan_today(*, now: datetime) -> int:
    """Write a row for everybody who is to be reminded today; return how many are new.

    Of what stands there already nothing changes.
    """
    today = timezone.localdate(now)
    wishes = WantedReminder.objects.filter(
        campaign__in=Campaign.objects.running(), step__in=queries.REMINDED
    )
    made = 0
    for wish in wishes.select_related("unit").order_by("pk"):
        step, days = Step(wish.step), queries.working_days()
        by_addressee: dict[To, dict[date, Slot]] = defaultdict(dict)
        for slot in due_slots(To(wish.addressee), wish.days, today, days):
            by_addressee[slot.to][slot.last_day] = slot
        known = queries.known_last_days(wish.campaign_id, step=step)
        for to, slots in by_addressee.items():
            if known & slots.keys():
                made += save(_MAKERS[to](_units_of(wish), step, slots))
    return made


@opened_for(Purpose.REMIND)
def save(rows: Iterable[Reminder]) -> int:
    """Write those that are not there yet; return how many these are."""
    wanted = list(rows)
    made = 0
    for at in range(0, len(wanted), BATCH):
        batch = wanted[at : at + BATCH]
        there = Reminder.objects.filter(
            on__in={row.on for row in batch}, unit__in={row.unit_id for row in batch}
        )
        known = {_once(row) for row in there}
        new = [row for row in batch if _once(row) not in known]
        # Another may write the same at this moment: what the database holds once stays.
        Reminder.objects.bulk_create(new, ignore_conflicts=True)
        made += len(new)
    return made


def _once(row: Reminder) -> tuple[object, ...]:
    """Return what there is one row of."""
    if row.participant_id:
        return row.participant_id, row.step, row.on
    return row.account_id, row.unit_id, row.step, row.to, row.on


def _units_of(wish: WantedReminder) -> QuerySet[CampaignUnit]:
    """Return the units that a wish is about: all, or those of a local plan."""
    units = CampaignUnit.objects.filter(campaign=wish.campaign_id, closed_on=None)
    if wish.unit is None:
        return units
    return units.in_subtree_of(wish.unit)


def _of_people(
    units: QuerySet[CampaignUnit], step: Step, slots: Slots
) -> Iterator[Reminder]:
    for unit_id, participant_id, last_day in _people(units, step):
        if slot := slots.get(last_day):
            yield _row(slot, unit_id, step, participant_id=participant_id)


@opened_for(Purpose.RETALLY)
def _people(units: QuerySet[CampaignUnit], step: Step) -> list[tuple[int, int, date]]:
    """Return who has not taken a step: the unit, the person, the person's last day.

    Only who has a longer time of their own costs more than their unit's last day.
    """
    waiting = [
        pk for pk, each in queries.not_through(units, step=step).items() if each.missing
    ]
    of_unit = last_days_of_units(waiting, step=step)
    placed = Placement.objects.open().filter(
        unit__in=waiting, participant__in=not_taken(Participant.objects.all(), step)
    )
    places = dict(placed.values_list("participant", "unit"))
    longer = PersonalExtension.objects.filter(
        participant__in=list(places), step__in=moved_by(step)
    )
    own = last_days(set(longer.values_list("participant", flat=True)), step=step)
    found = (
        (unit_id, pk, own.get(pk) or of_unit[unit_id]) for pk, unit_id in places.items()
    )
    return [(unit_id, pk, last_day) for unit_id, pk, last_day in found if last_day]


def _of_cells(
    units: QuerySet[CampaignUnit], step: Step, slots: Slots
) -> Iterator[Reminder]:
    due = _cells_due(units, step, slots)
    cells = {unit.pk: unit for unit in units.filter(pk__in=due)}
    held = queries.holders(
        [unit.custodian_id for unit in cells.values()], roles=queries.OF_A_CELL
    )
    for pk, unit in cells.items():
        for account_id in sorted(held.get(unit.custodian_id, ())):
            yield _row(due[pk], pk, step, account_id=account_id)


def _of_offices(
    units: QuerySet[CampaignUnit], step: Step, slots: Slots
) -> Iterator[Reminder]:
    """Yield what goes to the unit above the cells that were warned in time."""
    due = _cells_due(units, step, slots)
    slot_of: dict[int, Slot] = {}
    for last_day, slot in slots.items():
        cells = units.filter(pk__in=[pk for pk, own in due.items() if own == slot])
        warned = _warned(cells, step, slot.on, last_day)
        above = units.model.objects.filter(pk__in=warned).values_list(
            "parent", flat=True
        )
        slot_of |= dict.fromkeys(filter(None, above), slot)
    offices = {unit.pk: unit for unit in units.model.objects.filter(pk__in=slot_of)}
    held = queries.holders(
        [unit.custodian_id for unit in offices.values()], roles=queries.OF_AN_OFFICE
    )
    for pk, unit in offices.items():
        for account_id in sorted(held.get(unit.custodian_id, ())):
            yield _row(slot_of[pk], pk, step, account_id=account_id)


@opened_for(Purpose.REMIND)
def _warned(
    cells: QuerySet[CampaignUnit], step: Step, on: date, last_day: date
) -> set[int]:
    return queries.warned_cells(cells, step=step, on=on, last_day=last_day)


def _cells_due(
    units: QuerySet[CampaignUnit], step: Step, slots: Slots
) -> dict[int, Slot]:
    """Return the slot of each cell that is not through and has its last day there."""
    waiting = queries.not_through(units, step=step)
    until = last_days_of_units(waiting, step=step)
    return {
        pk: slots[last_day]
        for pk, last_day in until.items()
        if last_day and last_day in slots
    }


def _row(
    slot: Slot,
    unit_id: int,
    step: Step,
    *,
    participant_id: int | None = None,
    account_id: int | None = None,
) -> Reminder:
    return Reminder(
        unit_id=unit_id,
        step=step,
        to=slot.to,
        participant_id=participant_id,
        account_id=account_id,
        on=slot.on,
        last_day=slot.last_day,
        days=slot.days,
    )


_MAKERS = {To.PERSON: _of_people, To.SECRETARY: _of_cells, To.ABOVE: _of_offices}
