"""An open campaign with a committee, a cell of three and their secretaries."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse

from campaigns import rulesets
from campaigns.models import Campaign, CampaignUnit, Participant
from members import queries
from members.models import Account
from members.policy import Actor, Role
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    MemberFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
    UnitFactory,
)

NOW = datetime(2024, 6, 1, 5, tzinfo=UTC)  # noon in Vietnam


@dataclass(frozen=True)
class CellAtWork:
    """What most tests of a unit's work need."""

    campaign: Campaign
    committee: CampaignUnit
    cell: CampaignUnit
    people: list[Participant]  # of the cell, in the order of the roll
    secretary: Account  # of the cell
    upper: Account  # secretary of the committee
    member: Account  # of the first person

    def actor(self, account: Account | None = None) -> Actor:
        return queries.actor_for(account or self.secretary)

    @property
    def by_secretary(self) -> dict[str, object]:
        return {"actor": self.actor(), "now": NOW}

    def url(self, name: str, *more: object) -> str:
        unit = (self.campaign.pk, self.cell.live_unit_id)
        return reverse(f"work:{name}", args=[*unit, *more])


def cell_at_work(**columns: object) -> CellAtWork:
    rules = {
        "rule_set_resolved": rulesets.resolve("qd124-2023"),
        "opened_at": NOW,
        "state": "OPEN",
    }
    campaign = CampaignFactory(**{**rules, **columns})
    committee = CampaignUnitFactory(campaign=campaign)
    live = UnitFactory(parent=committee.live_unit, name="Chi bộ Trường Sơn Ca")
    cell = CampaignUnitFactory(campaign=campaign, parent=committee, live_unit=live)
    names = ("Lê Thị Bé", "Trần Văn Đào", "Nguyễn Thị Út")
    people = [_placed(cell, name, number) for number, name in enumerate(names)]
    return CellAtWork(
        campaign=campaign,
        committee=committee,
        cell=cell,
        people=people,
        secretary=PostFactory(unit=live, role=Role.SECRETARY).account,
        upper=PostFactory(unit=committee.live_unit, role=Role.SECRETARY).account,
        member=AccountFactory(member=people[0].member),
    )


def _placed(cell: CampaignUnit, name: str, number: int) -> Participant:
    member = MemberFactory(full_name=name, sort_key=f"{number}")
    person = ParticipantFactory(campaign=cell.campaign, member=member)
    PlacementFactory(participant=person, unit=cell)
    return person


def browser_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def typed_in(page: SimpleNamespace) -> dict[str, object]:
    """What a form of a page sends when nothing is changed."""
    form = page.context["form"]
    found = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() is not None
    }
    return {**found, "once": page.context["key"], "opened": page.context["opened"]}
