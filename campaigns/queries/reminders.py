"""Who is to be reminded: who has not taken a step, which cells are not through.

Source: docs/rules/reminders.md § 3 to § 5.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from campaigns.models import (
    CampaignUnit,
    Extension,
    Participant,
    PersonalExtension,
    Phase,
    Placement,
    Reminder,
    Tally,
)
from campaigns.queries.phases import last_days
from campaigns.queries.progress import COUNTS
from campaigns.queries.steps_taken import not_taken
from campaigns.reminding import Hours, warned_by
from campaigns.steps import Step, moved_by
from members.holidays import Holidays, holidays
from members.models import Account, Post
from members.policy import COMMITTEE_ROLES, Actor, Role
from members.row_security import Purpose, opened_for

DAY = timedelta(days=1)
# Steps of which the program knows who has not taken them.
REMINDED = (Step.PLEDGE,)
OF_A_CELL: tuple[Role, ...] = tuple(COMMITTEE_ROLES)
OF_AN_OFFICE = (Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.CLERK)
State = Reminder.State
MOST_OWN = 60


def working_days() -> Holidays:
    """Return the working days of this site."""
    return holidays(settings.HOLIDAYS_FILE)


def mail_hours() -> Hours:
    """Return the time of day in which e-mails go out."""
    return Hours(*settings.REMINDER_HOURS)


def subject_of(step: Step) -> str:
    """Return what a person has to hand in at a step."""
    return {Step.PLEDGE: _("Pledge")}[step]


@dataclass(frozen=True, slots=True)
class MissingPerson:
    """Somebody of a cell who has not taken a step."""

    participant_id: int
    name: str
    last_day: date | None
    has_email: bool
    is_reminded: bool  # today

    def days_left(self, today: date) -> int | None:
        """Return how many days are left after today; below 0 once it is over."""
        return (self.last_day - today).days if self.last_day else None


def missing_people(
    unit: CampaignUnit, *, step: Step, today: date
) -> list[MissingPerson]:
    """Return who of a cell has not taken the step, in the order of the roll.

    The caller got the unit through a scope and keeps its pledges. Four queries.
    """
    placed = Placement.objects.open().filter(unit=unit).values("participant")
    people = not_taken(Participant.objects.filter(pk__in=placed), step)
    rows = list(
        people.order_by("sort_key", "pk").values_list("pk", "full_name", "member")
    )
    ids = [pk for pk, _name, _member in rows]
    until = last_days(ids, step=step)
    mailed = members_mailed(member for _pk, _name, member in rows)
    reminded = set(
        Reminder.objects.filter(participant__in=ids, step=step, on=today).values_list(
            "participant", flat=True
        )
    )
    return [
        MissingPerson(pk, name, until[pk], member in mailed, pk in reminded)
        for pk, name, member in rows
    ]


def members_mailed(member_ids: Iterable[int]) -> set[int]:
    """Return which of these people get e-mails; one query."""
    if not settings.SENDS_EMAIL:
        return set()
    mailed = Account.objects.mailed().filter(member__in=list(member_ids))
    return set(mailed.values_list("member", flat=True))


@dataclass(frozen=True, slots=True)
class CellCounts:
    """How many of a cell have not sent it, and how many the cell has not confirmed."""

    missing: int
    waiting: int


def not_through(units: QuerySet[CampaignUnit], *, step: Step) -> dict[int, CellCounts]:
    """Return which of the units are not through with a step; one grouped query.

    Of the people placed just there. Source: docs/rules/progress.md § 1.
    """
    assert step in REMINDED
    rows = (
        Tally.objects.filter(unit__in=units, subject=Tally.Subject.MEMBERS)
        .values("unit")
        .annotate(
            owed=Sum(COUNTS["owed"]),
            sent=Sum(COUNTS["sent"]),
            confirmed=Sum(COUNTS["confirmed"]),
        )
        .filter(confirmed__lt=F("owed"))
        .order_by("unit")
    )
    return {
        row["unit"]: CellCounts(
            row["owed"] - row["sent"] - row["confirmed"], row["sent"]
        )
        for row in rows
    }


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


@opened_for(Purpose.RETALLY)
def known_last_days(campaign_id: int, *, step: Step) -> set[date]:
    """Return every day on which the step may end for anybody; three queries."""
    phases = Phase.objects.filter(campaign=campaign_id, step=step)
    ends = set(phases.values_list("until_on", flat=True))
    for longer in (Extension, PersonalExtension):
        times = longer.objects.filter(campaign=campaign_id, step__in=moved_by(step))
        ends |= set(times.values_list("until_on", flat=True))
    return {end - DAY for end in ends}


def warned_cells(
    units: QuerySet[CampaignUnit], *, step: Step, on: date, last_day: date
) -> set[int]:
    """Return the cells whose committee was warned two working days before a day.

    Source: docs/rules/reminders.md § 3.5.
    """
    warnings = Reminder.objects.filter(
        unit__in=units,
        step=step,
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
            what=subject_of(Step(row.step)),
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
                "The committee of your cell reminded all who had not sent it."
            ),
            Reminder.To.SECRETARY: _(
                "The level above reminded the cells that were not through; you hold a "
                "post in the committee of this one."
            ),
        }[to]
    whom = {
        Reminder.To.PERSON: _("whoever has not sent it"),
        Reminder.To.SECRETARY: _("the committee of a cell that is not through"),
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
