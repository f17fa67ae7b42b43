"""A small world in which a whole review can happen.

    H  (committee of the district: two holders)
    ├── G  (committee of a commune: one in it is a member of C1, one the secretary of C2)
    │   ├── C1  (cell of five: secretary, deputy, two more, the one of the committee)
    │   └── C2  (cell of two: secretary, a member)
    └── Z  (grassroots cell of three, which decides itself)

C1 and Z have a review meeting at which everybody is there. Some self-reviews are far on
already, so that a short walk gets far as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from campaigns import rulesets
from campaigns.models import Campaign, CampaignUnit, Meeting, Participant
from members.models import Account
from members.policy import Role
from tests.factories import (
    AccountFactory,
    AttendanceFactory,
    CampaignBodyFactory,
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    MeetingFactory,
    MemberFactory,
    PlacementFactory,
    PostFactory,
    SelfReviewTextFactory,
    UnitFactory,
)

# Who is in which cell; whose post there.
CELLS = {
    "C1": {
        "secretary": Role.SECRETARY,
        "deputy": Role.DEPUTY_SECRETARY,
        "third": None,
        "fourth": None,
        "official": None,
    },
    "C2": {"neighbour": Role.SECRETARY, "other": None},
    "Z": {
        "secretary of Z": Role.SECRETARY,
        "deputy of Z": Role.DEPUTY_SECRETARY,
        "member of Z": None,
    },
}
# Who holds a post in a committee. The official is a member of the first cell, the
# neighbour sends up the files of the second.
COMMITTEES = {
    "H": {"district": Role.SECRETARY, "district deputy": Role.DEPUTY_SECRETARY},
    "G": {
        "commune": Role.SECRETARY,
        "official": Role.DEPUTY_SECRETARY,
        "neighbour": Role.DEPUTY_SECRETARY,
    },
}

# Whose self-review is not to be begun any more.
WRITTEN = {
    "third": "SENT",
    **dict.fromkeys(("fourth", "official", "neighbour", "other"), "CONFIRMED"),
    **dict.fromkeys(CELLS["Z"], "CONFIRMED"),
}


@dataclass
class World:
    """The campaign, its units by code, the people and the accounts by name."""

    campaign: Campaign
    units: dict[str, CampaignUnit]
    people: dict[str, Participant] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """Return the browser in which somebody has just typed the password."""
        if name not in self.clients:
            self.clients[name] = Client(raise_request_exception=True)
            self.clients[name].force_login(self.accounts[name])
        return self.clients[name]

    @contextmanager
    def taking_back(self) -> Iterator[None]:
        """Leave nothing behind, also none who logged in meanwhile."""
        before = dict(self.clients)
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            self.clients = before

    def cell_of(self, name: str) -> str:
        return next(code for code, people in CELLS.items() if name in people)

    def keepers_of(self, code: str) -> list[str]:
        """Return who holds a post in a cell."""
        return [name for name, role in CELLS[code].items() if role]

    def name_of(self, participant_id: int) -> str:
        return next(
            name for name, each in self.people.items() if each.pk == participant_id
        )


def build() -> World:
    """Return the world before anything is written."""
    now = timezone.now()
    resolved = rulesets.resolve("qd124-2023")
    resolved["procedure"]["ballot"]["rounds"]["value"] = 2
    campaign = CampaignFactory(
        state=Campaign.State.OPEN,
        opened_at=now - timedelta(days=60),
        mode=Campaign.Mode.FULL_TEXT,
        year=timezone.localdate().year,
        rule_set_code="qd124-2023",
        rule_set_resolved=resolved,
    )
    root = CampaignUnitFactory(campaign=campaign)
    live = GrassrootsFactory(parent=root.live_unit)
    commune = CampaignUnitFactory(campaign=campaign, parent=root, live_unit=live)
    alone = UnitFactory(parent=root.live_unit, kind="GRASSROOTS_CELL")
    units = {
        "H": root,
        "G": commune,
        "C1": CampaignUnitFactory(campaign=campaign, parent=commune, grassroots=commune),
        "C2": CampaignUnitFactory(campaign=campaign, parent=commune, grassroots=commune),
        "Z": CampaignUnitFactory(campaign=campaign, parent=root, live_unit=alone),
    }  # fmt: skip
    CampaignUnit.objects.filter(pk=units["Z"].pk).update(grassroots=units["Z"])
    CampaignUnit.objects.filter(pk=commune.pk).update(grassroots=commune)
    units = {code: CampaignUnit.objects.get(pk=unit.pk) for code, unit in units.items()}
    world = World(campaign, units)
    for code, people in CELLS.items():
        _people(world, code, people)
    for code, holders in COMMITTEES.items():
        CampaignBodyFactory(unit=units[code])
        for name, role in holders.items():
            _hold(world, units[code], name, role)
    for code in ("C1", "Z"):
        _meeting(world, code)
    for name, state in WRITTEN.items():
        person = world.people[name]
        Participant.objects.filter(pk=person.pk).update(review_state=state)
        SelfReviewTextFactory(self_review__participant=person)
    return world


def _people(world: World, code: str, people: dict[str, Any]) -> None:
    unit = world.units[code]
    CampaignBodyFactory(unit=unit)
    for name, role in people.items():
        member = MemberFactory(full_name=f"Lê {name.title()}", cell=unit.live_unit)
        placed = PlacementFactory(
            unit=unit,
            participant__member=member,
            participant__official_on="2011-05-19",
        )
        world.people[name] = placed.participant
        world.accounts[name] = AccountFactory(login=name, member=member)
        if role:
            PostFactory(member=member, role=role, unit=unit.live_unit)


def _hold(world: World, unit: CampaignUnit, name: str, role: Role) -> None:
    person = world.people.get(name)
    if person:
        PostFactory(member=person.member, role=role, unit=unit.live_unit)
        return
    world.accounts[name] = AccountFactory(login=name)
    PostFactory(account=world.accounts[name], role=role, unit=unit.live_unit)


def _meeting(world: World, code: str) -> None:
    meeting = MeetingFactory(
        unit=world.units[code],
        kind=Meeting.Kind.REVIEW,
        state=Meeting.State.HELD,
        on=timezone.localdate() - timedelta(days=1),
    )
    for name in CELLS[code]:
        AttendanceFactory(meeting=meeting, participant=world.people[name])
    world.meetings[code] = meeting
