"""The day of these tests, and what is told on it."""

from datetime import date

from campaigns.services.tallies import changing
from members.policy import Role
from members.queries import actor_for, due_items
from tests.factories import (
    MemberFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)

TODAY = date(2024, 3, 25)  # a week before the last day, 31 March
LAST_DAY = date(2024, 3, 31)
NAMES = ("Nguyễn Văn Bé", "Trần Thị Đào", "Lê Thị Út")


def placed(cell, *states, names=NAMES):
    people = []
    with changing([cell.pk]):
        for name, state in zip(names, states, strict=False):
            person = ParticipantFactory(
                campaign=cell.campaign,
                member=MemberFactory(full_name=name),
                pledge_state=state,
            )
            PlacementFactory(unit=cell, participant=person)
            people.append(person)
    return people


def secretary(cell):
    return PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account


def told(account, today=TODAY):
    return [
        (item.sentence, item.due_on, item.is_own, item.is_done)
        for item in due_items(actor_for(account), today=today)
    ]
