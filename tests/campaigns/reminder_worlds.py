"""A campaign with a committee, a cell of four and the days of its pledges."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from campaigns.lifecycle import State
from campaigns.models import Campaign, CampaignUnit, Participant, WantedReminder
from campaigns.services.reminders import planning, sending
from campaigns.services.reminders.sending import Outcome
from campaigns.services.tallies import changing
from members.models import Account
from members.policy import Actor, Role
from members.queries import actor_for
from tests.factories import (
    NOON,
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    MemberFactory,
    ParticipantFactory,
    PhaseFactory,
    PlacementFactory,
    PostFactory,
    UnitFactory,
    WantedReminderFactory,
)
from tests.restricted import working

LAST_DAY = date(2024, 3, 28)  # a Thursday
NAMES = ("Lê Thị Bé", "Trần Văn Đào", "Nguyễn Thị Út", "Phạm Văn Tám")
STATES = ("NONE", "DRAFT", "RETURNED", "SENT")


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A local time of 2024, in UTC."""
    return datetime(2024, month, day, hour - 7, minute, tzinfo=UTC)


@dataclass(frozen=True)
class Cell:
    campaign: Campaign
    above: CampaignUnit
    unit: CampaignUnit
    people: list[Participant]
    secretary: Account
    clerk: Account  # of the unit above

    def actor(self, account: Account | None = None) -> Actor:
        return actor_for(account or self.secretary)


def mailed(**columns: object) -> Account:
    """Somebody with a confirmed address."""
    address = {"email": "dong.chi@example.vn", "email_confirmed_at": NOON}
    return AccountFactory(**{**address, **columns})


def cell_with_pledges(**columns: object) -> Cell:
    campaign = CampaignFactory(
        state=State.OPEN,
        opened_at=NOON,
        rule_set_resolved={},
        rule_set_sha256="x",
        **columns,
    )
    root = CampaignUnitFactory(campaign=campaign)
    above = CampaignUnitFactory(
        campaign=campaign,
        parent=root,
        live_unit=GrassrootsFactory(parent=root.live_unit),
    )
    PhaseFactory(
        campaign=campaign, from_on=date(2024, 1, 1), until_on=date(2024, 3, 29)
    )
    unit, people = cell_below(above)
    return Cell(
        campaign=campaign,
        above=above,
        unit=unit,
        people=people,
        secretary=PostFactory(unit=unit.live_unit, role=Role.SECRETARY).account,
        clerk=PostFactory(unit=above.live_unit, role=Role.CLERK).account,
    )


def cell_below(above: CampaignUnit, states: tuple[str, ...] = STATES):
    live = UnitFactory(parent=above.live_unit, kind="CELL")
    unit = CampaignUnitFactory(campaign=above.campaign, parent=above, live_unit=live)
    people = []
    with changing([unit.pk]):
        for number, (name, state) in enumerate(zip(NAMES, states, strict=False)):
            member = MemberFactory(full_name=name, sort_key=f"{number}")
            person = ParticipantFactory(
                campaign=unit.campaign, member=member, pledge_state=state
            )
            PlacementFactory(unit=unit, participant=person)
            people.append(person)
    return unit, people


def moves(person: Participant, unit: CampaignUnit, state: str) -> None:
    """Give a pledge another state, as the acts do."""
    with changing([unit.pk]):
        Participant.objects.filter(pk=person.pk).update(pledge_state=state)


def wish(
    cell: Cell, days: int = -3, to: str = "PERSON", **columns: object
) -> WantedReminder:
    """What the plan asks for."""
    return WantedReminderFactory(
        campaign=cell.campaign, days=days, addressee=to, **columns
    )


def plan(now: datetime) -> int:
    """As a worker does, in its own role."""
    with working():
        return planning.plan_today(now=now)


def send(now: datetime) -> Outcome:
    """As a worker does, in its own role."""
    with working():
        return sending.send_today(now=now)
