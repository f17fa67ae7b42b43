"""Reminding by hand: a cell its own people, the office above the cells.

Source: docs/rules/reminders.md § 5.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit, Reminder
from campaigns.queries import reminders as queries
from campaigns.queries.matters.base import Matter, Waiting
from campaigns.queries.matters.people import OfPeople
from campaigns.queries.phases import span
from campaigns.services import running
from campaigns.services.reminders import planning
from members import events
from members.dates import display_day
from members.models import Account
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for


class NobodyReminded(Exception):
    """There is nobody to be reminded now; the text says why."""


@dataclass(frozen=True, slots=True)
class PeopleReminded:
    """How many of a cell are reminded by this act, and how many were before, today."""

    by_email: int
    on_paper: int
    before: int


@dataclass(frozen=True, slots=True)
class CellsReminded:
    """How many cells are reminded; of their committees, who gets an e-mail and who not.

    Where nobody of a committee has an account the office has to call.
    """

    cells: int
    by_email: int
    on_page: int
    unreached: tuple[
        str, ...
    ]  # names of cells, with the unit above where it is another


def remind_missing(
    *, unit: CampaignUnit, matter: OfPeople, actor: Actor, now: datetime
) -> PeopleReminded:
    """Remind all of a cell who have not done the matter, each once a day.

    Raises: NobodyReminded if the campaign does not run, its step has not begun, all
        have done it, or all were reminded today.
    """
    today = timezone.localdate(now)
    running.demand_running(unit.campaign, NobodyReminded)
    times = span(campaign=unit.campaign, step=matter.step, unit=unit)
    if times and times.from_on > today:
        raise NobodyReminded(
            _("The step begins on %s: nobody can do it yet.")
            % display_day(times.from_on)
        )
    missing = queries.missing_people(unit, matter=matter, today=today)
    if not missing:
        raise NobodyReminded(_("Nobody is missing: all of the cell have done it."))
    new = [person for person in missing if not person.is_reminded]
    if not new:
        raise NobodyReminded(
            _(
                "All who are missing were reminded today; nobody is reminded twice a day."
            )
        )
    with transaction.atomic():
        planning.save(
            Reminder(
                unit=unit,
                matter=matter.code,
                to=Reminder.To.PERSON,
                participant_id=person.participant_id,
                on=today,
                last_day=person.last_day,
                asked_by_id=actor.account_id,
            )
            for person in new
        )
        by_email = sum(person.has_email for person in new)
        done = PeopleReminded(by_email, len(new) - by_email, len(missing) - len(new))
        _record("reminders.people", unit, actor, now, Area.PLEDGES, len(new))
    return done


def remind_cells(
    *, unit: CampaignUnit, matter: Matter, actor: Actor, now: datetime
) -> CellsReminded:
    """Remind the committees of the units below that are not through, each once a day.

    In numbers; no member is reached from above.
    Raises: NobodyReminded if the campaign does not run, no unit below has begun or is
        waiting, or all were reminded today.
    """
    today = timezone.localdate(now)
    running.demand_running(unit.campaign, NobodyReminded)
    below = CampaignUnit.objects.in_subtree_of(unit).filter(closed_on=None)
    begun = [
        each
        for each in matter.waiting(below.exclude(pk=unit.pk))
        if each.from_on is None or each.from_on <= today
    ]
    if not begun:
        raise NobodyReminded(_("Every unit below is through, or has not begun yet."))
    waiting = below.filter(pk__in={each.unit_id for each in begun})
    units = list(waiting.select_related("parent").order_by("path"))
    held = queries.holders(
        [each.custodian_id for each in units], roles=queries.OF_A_CELL
    )
    rows = _rows(units, begun, held, matter, actor, today)
    before = _reminded_today(units, matter, now)
    new = [row for row in rows if (row.unit_id, row.account_id) not in before]
    unreached = tuple(
        _told_apart(each, unit) for each in units if not held.get(each.custodian_id)
    )
    if not new and not unreached:
        raise NobodyReminded(
            _(
                "All who are missing were reminded today; nobody is reminded twice a day."
            )
        )
    with transaction.atomic():
        planning.save(new)
        _record(
            "reminders.cells",
            unit,
            actor,
            now,
            Area.CAMPAIGN,
            len(new),
            with_below=True,
        )
    readers = {row.account_id for row in new}
    mailed = Account.objects.mailed().filter(pk__in=readers).count()
    by_email = mailed if settings.SENDS_EMAIL else 0
    return CellsReminded(
        cells=len({row.unit_id for row in new}),
        by_email=by_email,
        on_page=len(readers) - by_email,
        unreached=unreached,
    )


def _told_apart(cell: CampaignUnit, asked: CampaignUnit) -> str:
    """Return the name of a cell; every commune has a "Chi bộ thôn 1"."""
    if cell.parent is None or cell.parent == asked:
        return cell.name
    return f"{cell.name} ({cell.parent.name})"


def _rows(
    units: Sequence[CampaignUnit],
    begun: Sequence[Waiting],
    held: Mapping[int, Collection[int]],
    matter: Matter,
    actor: Actor,
    today: date,
) -> list[Reminder]:
    """Return a reminder of each last day of each unit for all of its committee."""
    unit_of = {unit.pk: unit for unit in units}
    return [
        Reminder(
            unit=unit_of[each.unit_id],
            matter=matter.code,
            to=Reminder.To.SECRETARY,
            account_id=account_id,
            on=today,
            last_day=each.last_day,
            asked_by_id=actor.account_id,
        )
        for each in begun
        for account_id in sorted(held.get(unit_of[each.unit_id].custodian_id, ()))
    ]


@opened_for(Purpose.REMIND)
def _reminded_today(
    cells: Sequence[CampaignUnit], matter: Matter, now: datetime
) -> set[tuple[int, int | None]]:
    today = Reminder.objects.filter(
        unit__in=cells,
        matter=matter.code,
        to=Reminder.To.SECRETARY,
        on=timezone.localdate(now),
    )
    return set(today.values_list("unit", "account"))


def _record(
    action: str,
    unit: CampaignUnit,
    actor: Actor,
    now: datetime,
    area: Area,
    count: int,
    *,
    with_below: bool = False,
) -> None:
    events.record(
        action=action,
        subject=unit,
        actor=actor,
        now=now,
        unit=unit.custodian,
        area=area,
        with_below=with_below,
        data={"campaign": unit.campaign_id, "reminded": count},
    )
