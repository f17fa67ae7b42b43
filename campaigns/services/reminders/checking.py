"""What is still to be told at the moment of sending, in words.

Source: docs/rules/reminders.md § 3.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campaigns.models import Campaign, CampaignUnit, Participant, Reminder
from campaigns.queries import reminders as queries
from campaigns.queries.matters import matter_of, matter_of_people
from campaigns.queries.matters.base import Matter
from campaigns.queries.phases import last_days
from members.models import Account
from members.policy import Actor, Area
from members.queries import actor_for
from members.row_security import Purpose, opened_for

State = Reminder.State


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in an e-mail, with its last day."""

    sentence: str
    campaign: str
    last_day: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What is still to be told, by reminder, and what became of the others."""

    lines: dict[int, Line]
    settled: dict[int, State]


def still_due(
    rows: Sequence[Reminder], *, account: Account | None, today: date
) -> Checked:
    """Return which of these reminders of one reader still hold.

    `account` is the reader of those that went to a post; a fixed number of queries for
    each matter and unit.
    """
    lines: dict[int, Line] = {}
    settled: dict[int, State] = {}
    running = set(
        Campaign.objects.running()
        .filter(pk__in={row.unit.campaign_id for row in rows})
        .values_list("pk", flat=True)
    )
    people = _people([row for row in rows if row.participant_id])
    actor = _actor(account)
    for row in rows:
        if row.unit.campaign_id not in running:
            settled[row.pk] = State.LAPSED
            continue
        found = people[row.pk] if row.participant_id else _of_post(row, actor)
        if isinstance(found, State):
            settled[row.pk] = found
        else:
            sentence, last_day = found
            left = (last_day - today).days if last_day else None
            lines[row.pk] = Line(sentence, row.unit.campaign.name, last_day, left)
    return Checked(lines, settled)


Found = State | tuple[str, date | None]


@opened_for(Purpose.RETALLY)
def _people(rows: Sequence[Reminder]) -> dict[int, Found]:
    """Return what holds of people: not if they have done it, or have more time now."""
    found: dict[int, Found] = {}
    for code in {row.matter for row in rows}:
        own = [row for row in rows if row.matter == code]
        matter = matter_of_people(code)
        ids = [row.participant_id for row in own if row.participant_id]
        people = matter.not_done(Participant.objects.filter(pk__in=ids))
        missing = set(people.values_list("pk", flat=True))
        until = last_days(ids, step=matter.step)
        for row in own:
            last_day = until[row.participant_id or 0]
            if row.participant_id not in missing:
                found[row.pk] = State.DONE
            elif not row.is_by_hand and last_day != row.last_day:
                found[row.pk] = State.LAPSED
            else:
                found[row.pk] = str(matter.own), last_day
    return found


def _of_post(row: Reminder, actor: Actor | None) -> Found:
    """Return what holds of a unit: not if it is through, has more time, or the post ended."""
    unit, matter = row.unit, matter_of(row.matter)
    is_above = row.to == Reminder.To.ABOVE
    area = Area.PROGRESS if is_above else matter.area
    if actor is None or not actor.reaches_unit(
        area, unit.custodian_id, unit.custodian.path
    ):
        return State.LAPSED
    return _above(row, matter) if is_above else _here(row, matter)


def _here(row: Reminder, matter: Matter) -> Found:
    """Return what the committee of the unit is told."""
    here = CampaignUnit.objects.filter(pk=row.unit_id)
    among = None if matter.may_move else [row.last_day] if row.last_day else []
    for waiting in matter.waiting(here, among=among):
        if not row.is_by_hand and waiting.last_day != row.last_day:
            return State.LAPSED
        return matter.sentence(row.unit, waiting), waiting.last_day
    return State.DONE


@opened_for(Purpose.REMIND)
def _above(row: Reminder, matter: Matter) -> Found:
    assert row.last_day is not None
    below = CampaignUnit.objects.directly_below(row.unit)
    late = [each.unit_id for each in matter.waiting(below, among=[row.last_day])]
    warned = queries.warned_cells(
        CampaignUnit.objects.filter(pk__in=late),
        matter=matter.code,
        on=row.on,
        last_day=row.last_day,
    )
    if not warned:
        return State.DONE
    return matter.upward(row.unit, len(warned)), row.last_day


@opened_for(Purpose.HOLDERS)
def _actor(account: Account | None) -> Actor | None:
    return actor_for(account) if account else None
