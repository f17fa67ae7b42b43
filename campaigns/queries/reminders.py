"""Who is to be reminded: people who have not done a matter, and who holds which post.

Source: docs/rules/reminders.md § 3 to § 5.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import (
    CampaignUnit,
    Participant,
    Placement,
    Reminder,
)
from campaigns.queries.matters import matters_of_people
from campaigns.queries.matters.people import OfPeople
from campaigns.queries.phases import last_days, span
from campaigns.reminding import Hours, warned_by
from campaigns.reminding import Matter as Code
from members.holidays import Holidays, holidays
from members.models import Account, Post
from members.policy import COMMITTEE_ROLES, Actor, Role
from members.row_security import Purpose, opened_for

DAY = timedelta(days=1)
OF_A_CELL = COMMITTEE_ROLES
OF_AN_OFFICE = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.CLERK)
State = Reminder.State
MOST_OWN = 60


def working_days() -> Holidays:
    """Return the working days of this site."""
    return holidays(settings.HOLIDAYS_FILE)


def mail_hours() -> Hours:
    """Return the time of day in which e-mails go out."""
    return Hours(*settings.REMINDER_HOURS)


@dataclass(frozen=True, slots=True)
class MissingPerson:
    """Somebody of a cell who has not done a matter."""

    participant_id: int
    name: str
    sort_key: str
    last_day: date | None
    has_email: bool
    is_reminded: bool  # today

    def days_left(self, today: date) -> int | None:
        """Return how many days are left after today; below 0 once it is over."""
        return (self.last_day - today).days if self.last_day else None


def missing_people(
    unit: CampaignUnit, *, matter: OfPeople, today: date
) -> list[MissingPerson]:
    """Return who of a cell has not done the matter, in the order of the roll.

    The caller got the unit through a scope and keeps its pledges. Four queries.
    """
    rows = _missing_rows(unit, matter)
    ids = [pk for pk, *_rest in rows]
    until = last_days(ids, step=matter.step)
    mailed = members_mailed(member for *_rest, member in rows)
    reminders = Reminder.objects.filter(
        participant__in=ids, matter=matter.code, on=today
    )
    reminded = set(reminders.values_list("participant", flat=True))
    return [
        MissingPerson(pk, name, key, until[pk], member in mailed, pk in reminded)
        for pk, name, key, member in rows
    ]


def names_missing(unit: CampaignUnit, matter: OfPeople) -> list[str]:
    """Return who of a cell has not done the matter, as on the roll; one query.

    The caller got the unit through a scope and keeps its pledges.
    """
    return [name for _pk, name, *_rest in _missing_rows(unit, matter)]


@opened_for(Purpose.RETALLY)
def _missing_rows(
    unit: CampaignUnit, matter: OfPeople
) -> list[tuple[int, str, str, int]]:
    placed = Placement.objects.open().filter(unit=unit).values("participant")
    people = matter.not_done(Participant.objects.filter(pk__in=placed))
    in_order = people.order_by("sort_key", "pk")
    return list(in_order.values_list("pk", "full_name", "sort_key", "member"))


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One thing that somebody has not done, for the list that is handed over."""

    person: MissingPerson
    what: str


def paper_lines(unit: CampaignUnit, *, asked: OfPeople, today: date) -> list[PaperLine]:
    """Return what people of a cell have not done, in the order of the roll.

    What is asked for, and all else whose step has begun. The caller got the unit
    through a scope and keeps its pledges. Five queries for each matter of people.
    """
    lines = []
    for matter in matters_of_people():
        times = span(campaign=unit.campaign, step=matter.step, unit=unit)
        if matter.code == asked.code or times and times.from_on <= today:
            missing = missing_people(unit, matter=matter, today=today)
            lines += [PaperLine(person, matter.name) for person in missing]
    return sorted(lines, key=_by_the_roll)


def _by_the_roll(line: PaperLine) -> tuple[bytes, int]:
    return line.person.sort_key.encode(), line.person.participant_id


def members_mailed(member_ids: Iterable[int]) -> set[int]:
    """Return which of these people get e-mails; one query."""
    if not settings.SENDS_EMAIL:
        return set()
    mailed = Account.objects.mailed().filter(member__in=list(member_ids))
    return set(mailed.values_list("member", flat=True))


@opened_for(Purpose.HOLDERS)
def holders(
    live_unit_ids: Collection[int], *, roles: Collection[Role]
) -> dict[int, set[int]]:
    """Return the accounts that hold a post of these roles, by live unit; two queries."""
    posts = Post.objects.in_force().filter(unit__in=live_unit_ids, role__in=roles)
    rows = list(posts.values_list("unit", "account", "member"))
    opening = Account.objects.filter(is_active=True, is_technical=False)
    members = [member for _unit, _account, member in rows if member]
    of_member = dict(opening.filter(member__in=members).values_list("member", "pk"))
    able = set(
        opening.filter(pk__in=[account for _u, account, _m in rows if account])
        .values_list("pk", flat=True)
    )  # fmt: skip
    found: dict[int, set[int]] = defaultdict(set)
    for unit_id, account, member in rows:
        held_by = account if account in able else of_member.get(member)
        if held_by:
            found[unit_id].add(held_by)
    return found


def warned_cells(
    units: QuerySet[CampaignUnit], *, matter: Code, on: date, last_day: date
) -> set[int]:
    """Return the units whose committee was warned two working days before a day.

    Source: docs/rules/reminders.md § 3.5.
    """
    warnings = Reminder.objects.filter(
        unit__in=units,
        matter=matter,
        to=Reminder.To.SECRETARY,
        last_day=last_day,
        on__lte=warned_by(on, working_days()),
        state__in=[State.SENT, State.LISTED],
    )
    return set(warnings.values_list("unit", flat=True))


@dataclass(frozen=True, slots=True)
class OwnReminder:
    """A reminder that somebody got, and why."""

    on: date
    what: str
    unit: str
    campaign: str
    why: str
    state: str
    last_day: date | None


def own_reminders(actor: Actor) -> list[OwnReminder]:
    """Return the newest reminders that the actor got, with why; one query."""
    rows = (
        Reminder.objects.own(actor)
        .select_related("unit__campaign", "digest")
        .order_by("-on", "-pk")
    )
    return [
        OwnReminder(
            on=row.on,
            what=row.get_matter_display(),
            unit=row.unit.name,
            campaign=row.unit.campaign.name,
            why=why(row),
            state=how(row),
            last_day=row.last_day,
        )
        for row in rows[:MOST_OWN]
    ]


def why(row: Reminder) -> str:
    """Return the reason of a reminder in a sentence, for whoever got it."""
    to = Reminder.To(row.to)
    if row.is_by_hand:
        return {
            Reminder.To.PERSON: _(
                "The committee of your cell reminded all who had not done it."
            ),
            Reminder.To.SECRETARY: _(
                "The level above reminded the units that were not through; you hold a "
                "post in the committee of this one."
            ),
        }[to]
    whom = {
        Reminder.To.PERSON: _("whoever has not done it"),
        Reminder.To.SECRETARY: _("the committee of a unit that is not through"),
        Reminder.To.ABOVE: _("the level above, in numbers"),
    }[to]
    return _("The plan of the campaign reminds %(whom)s %(when)s.") % {
        "whom": whom,
        "when": _when(row.days or 0),
    }


def _when(days: int) -> str:
    if days == 0:
        return _("on the last day")
    text = (
        _("%(days)d days before the last day")
        if days < 0
        else _("%(days)d days after the last day")
    )
    return text % {"days": abs(days)}


def how(row: Reminder) -> str:
    """Return what became of a reminder, for whoever got it."""
    if row.state == State.SENT and row.digest and not row.digest.sent_at:
        return _("the e-mail was begun; whether it arrived nobody knows")
    if row.state == State.LISTED and row.to != Reminder.To.PERSON:
        return _("on the first page")
    return row.get_state_display()
