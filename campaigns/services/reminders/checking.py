"""What is still to be told at the moment of sending, in words.

Source: docs/rules/reminders.md § 3.6.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Campaign, CampaignUnit, Participant, Reminder
from campaigns.queries import reminders as queries
from campaigns.queries.phases import last_days, last_days_of_units
from campaigns.queries.steps_taken import not_taken
from campaigns.steps import Step
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
    each step and unit.
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
    for step in {Step(row.step) for row in rows}:
        ids = [
            row.participant_id
            for row in rows
            if row.step == step and row.participant_id
        ]
        missing = set(
            not_taken(Participant.objects.filter(pk__in=ids), step).values_list(
                "pk", flat=True
            )
        )
        until = last_days(ids, step=step)
        for row in rows:
            if row.step != step or row.participant_id is None:
                continue
            if row.participant_id not in missing:
                found[row.pk] = State.DONE
                continue
            last_day = until[row.participant_id]
            if not row.is_by_hand and last_day != row.last_day:
                found[row.pk] = State.LAPSED
                continue
            found[row.pk] = _("Your pledge is not with the cell yet."), last_day
    return found


def _of_post(row: Reminder, actor: Actor | None) -> Found:
    """Return what holds of a unit: not if it is through, has more time, or the post ended."""
    unit, step = row.unit, Step(row.step)
    is_above = row.to == Reminder.To.ABOVE
    area = Area.PROGRESS if is_above else Area.PLEDGES
    if actor is None or not actor.reaches_unit(
        area, unit.custodian_id, unit.custodian.path
    ):
        return State.LAPSED
    if is_above:
        return _above(row, step)
    last_day = last_days_of_units([unit.pk], step=step)[unit.pk]
    if not row.is_by_hand and last_day != row.last_day:
        return State.LAPSED
    counts = queries.not_through(
        CampaignUnit.objects.filter(pk=unit.pk), step=step
    ).get(unit.pk)
    if counts is None:
        return State.DONE
    text = _(
        "%(unit)s: pledges not sent yet: %(missing)d; sent and not confirmed yet: %(waiting)d."
    )
    words = {"unit": unit.name, "missing": counts.missing, "waiting": counts.waiting}
    return text % words, last_day


@opened_for(Purpose.REMIND)
def _above(row: Reminder, step: Step) -> Found:
    assert row.last_day is not None
    below = CampaignUnit.objects.directly_below(row.unit)
    waiting = queries.not_through(below, step=step)
    until = last_days_of_units(waiting, step=step)
    late = [pk for pk, last_day in until.items() if last_day == row.last_day]
    warned = queries.warned_cells(
        CampaignUnit.objects.filter(pk__in=late),
        step=step,
        on=row.on,
        last_day=row.last_day,
    )
    if not warned:
        return State.DONE
    text = ngettext(
        "%(unit)s: %(count)d cell is not through with the pledges.",
        "%(unit)s: %(count)d cells are not through with the pledges.",
        len(warned),
    )
    return text % {"unit": row.unit.name, "count": len(warned)}, row.last_day


@opened_for(Purpose.HOLDERS)
def _actor(account: Account | None) -> Actor | None:
    return actor_for(account) if account else None
