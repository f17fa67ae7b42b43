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
from campaigns.queries.matters import matter_of, matter_of_people
from campaigns.queries.matters.base import Matter
from campaigns.queries.matters.people import OfPeople
from campaigns.queries.phases import last_days
from campaigns.reminding import Slot, To, due_slots
from campaigns.steps import moved_by
from members.bulk import ROWS, batches
from members.row_security import Purpose, opened_for

Slots = Mapping[date, Slot]  # by the last day


def plan_today(*, now: datetime) -> int:
    """Write a row for everybody who is to be reminded today; return how many are new.

    Of what stands there already nothing changes.
    """
    today = timezone.localdate(now)
    wishes = WantedReminder.objects.filter(campaign__in=Campaign.objects.running())
    made = 0
    for wish in wishes.select_related("unit").order_by("pk"):
        matter, days = matter_of(wish.matter), queries.working_days()
        by_addressee: dict[To, dict[date, Slot]] = defaultdict(dict)
        for slot in due_slots(To(wish.addressee), wish.days, today, days):
            by_addressee[slot.to][slot.last_day] = slot
        known = matter.known_last_days(wish.campaign_id)
        for to, slots in by_addressee.items():
            due = {day: slot for day, slot in slots.items() if day in known}
            if due:
                made += save(_rows_of(to, _units_of(wish), matter, due))
    return made


@opened_for(Purpose.REMIND)
def save(rows: Iterable[Reminder]) -> int:
    """Write those that are not there yet; return how many these are."""
    wanted = list(rows)
    made = 0
    for batch in batches(wanted, ROWS):
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
        return row.participant_id, row.matter, row.on
    return row.account_id, row.unit_id, row.matter, row.to, row.on, row.last_day


def _units_of(wish: WantedReminder) -> QuerySet[CampaignUnit]:
    """Return the units that a wish is about: all, or those of a local plan."""
    units = CampaignUnit.objects.filter(campaign=wish.campaign_id, closed_on=None)
    if wish.unit is None:
        return units
    return units.in_subtree_of(wish.unit)


def _rows_of(
    to: To, units: QuerySet[CampaignUnit], matter: Matter, slots: Slots
) -> Iterator[Reminder]:
    if to is To.PERSON:
        return _of_people(units, matter_of_people(matter.code), slots)
    of_posts = _of_units if to is To.SECRETARY else _of_offices
    return of_posts(units, matter, slots)


def _of_people(
    units: QuerySet[CampaignUnit], matter: OfPeople, slots: Slots
) -> Iterator[Reminder]:
    for unit_id, participant_id, last_day in _people(units, matter):
        if slot := slots.get(last_day):
            yield _row(slot, unit_id, matter, participant_id=participant_id)


@opened_for(Purpose.RETALLY)
def _people(
    units: QuerySet[CampaignUnit], matter: OfPeople
) -> list[tuple[int, int, date]]:
    """Return who has not done a matter: the unit, the person, the person's last day.

    Only who has a longer time of their own costs more than their unit's last day.
    """
    of_unit = {
        each.unit_id: each.last_day for each in matter.waiting(units) if each.missing
    }
    placed = Placement.objects.open().filter(
        unit__in=list(of_unit),
        participant__in=matter.not_done(Participant.objects.all()),
    )
    places = dict(placed.values_list("participant", "unit"))
    longer = PersonalExtension.objects.filter(
        participant__in=list(places), step__in=moved_by(matter.step)
    )
    own = last_days(set(longer.values_list("participant", flat=True)), step=matter.step)
    found = (
        (unit_id, pk, own.get(pk) or of_unit[unit_id]) for pk, unit_id in places.items()
    )
    return [(unit_id, pk, last_day) for unit_id, pk, last_day in found if last_day]


def _of_units(
    units: QuerySet[CampaignUnit], matter: Matter, slots: Slots
) -> Iterator[Reminder]:
    due = _due_in(units, matter, slots)
    rows = {unit.pk: unit for unit in units.filter(pk__in={pk for pk, _slot in due})}
    held = queries.holders(
        [unit.custodian_id for unit in rows.values()], roles=queries.OF_A_CELL
    )
    for pk, slot in due:
        for account_id in sorted(held.get(rows[pk].custodian_id, ())):
            yield _row(slot, pk, matter, account_id=account_id)


def _of_offices(
    units: QuerySet[CampaignUnit], matter: Matter, slots: Slots
) -> Iterator[Reminder]:
    """Yield what goes to the units above: one for each last day of those warned."""
    due = _due_in(units, matter, slots)
    pairs: list[tuple[int, Slot]] = []
    for last_day, slot in sorted(slots.items()):
        late = units.filter(pk__in=[pk for pk, own in due if own == slot])
        warned = _warned(late, matter, slot.on, last_day)
        above = CampaignUnit.objects.filter(pk__in=warned)
        parents = above.order_by("parent").values_list("parent", flat=True).distinct()
        pairs += [(parent, slot) for parent in parents if parent]
    offices = CampaignUnit.objects.in_bulk({pk for pk, _slot in pairs})
    held = queries.holders(
        [unit.custodian_id for unit in offices.values()], roles=queries.OF_AN_OFFICE
    )
    for pk, slot in pairs:
        for account_id in sorted(held.get(offices[pk].custodian_id, ())):
            yield _row(slot, pk, matter, account_id=account_id)


@opened_for(Purpose.REMIND)
def _warned(
    units: QuerySet[CampaignUnit], matter: Matter, on: date, last_day: date
) -> set[int]:
    return queries.warned_cells(units, matter=matter.code, on=on, last_day=last_day)


def _due_in(
    units: QuerySet[CampaignUnit], matter: Matter, slots: Slots
) -> list[tuple[int, Slot]]:
    """Return the units that have not done it, each with the slot of its last day."""
    return [
        (each.unit_id, slots[each.last_day])
        for each in matter.waiting(units, among=slots)
        if each.last_day
    ]


def _row(
    slot: Slot,
    unit_id: int,
    matter: Matter,
    *,
    participant_id: int | None = None,
    account_id: int | None = None,
) -> Reminder:
    return Reminder(
        unit_id=unit_id,
        matter=matter.code,
        to=slot.to,
        participant_id=participant_id,
        account_id=account_id,
        on=slot.on,
        last_day=slot.last_day,
        days=slot.days,
    )
