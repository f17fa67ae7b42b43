"""Boards of progress in every state that somebody can meet."""

from datetime import date, timedelta

from campaigns.models import Campaign, CampaignUnit, Participant, Placement, ProgressDay
from campaigns.services.tallies import changing
from members.models import Account
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import CampaignUnitFactory, PostFactory

SECOND = "dot-thu-hai"
STATES_OF_PLEDGES = ("CONFIRMED", "SENT", "RETURNED", "DRAFT", "NONE")


def _unit(site: Site, code: str) -> CampaignUnit:
    return CampaignUnit.objects.get(campaign=site.campaign, code=code)


def _board(site: Site, code: str) -> str:
    unit = _unit(site, code)
    return site.address("reports:unit_progress", site.campaign.pk, unit.live_unit_id)


def board_in_the_year(site: Site) -> str:
    root = _unit(site, "H")
    placed = Placement.objects.open().filter(unit__campaign=site.campaign)
    with changing(placed.values_list("unit", flat=True)):
        for at, person in enumerate(placed.values_list("participant", flat=True)):
            state = STATES_OF_PLEDGES[at % len(STATES_OF_PLEDGES)]
            Participant.objects.filter(pk=person).update(pledge_state=state)
    ProgressDay.objects.filter(unit=root).delete()
    for day in range(5):
        on = date(2024, 3, 1) + timedelta(days=day)
        ProgressDay.objects.create(unit=root, on=on, owed=20, sent=day, confirmed=day)
    return _board(site, "H")


def board_of_the_cell(site: Site) -> str:
    board_in_the_year(site)
    return _board(site, "X1")


def cell_secretary(site: Site) -> Account:
    """Somebody who keeps the pledges of a cell."""
    unit = _unit(site, "X1").live_unit
    return PostFactory(unit=unit, role=Role.SECRETARY).account


def boards_of_two_campaigns(site: Site) -> str:
    """The list; with one campaign its board opens at once."""
    if not Campaign.objects.filter(code=SECOND).exists():
        second = Campaign.objects.get(pk=site.campaign.pk)
        second.pk, second.code, second.year = None, SECOND, second.year + 1
        second.save()
        CampaignUnitFactory(campaign=second)
    return site.address("reports:progress_list")


BOARDS = {
    "boards": boards_of_two_campaigns,
    "board before anything": lambda site: _board(site, "H"),
    "board in the year": board_in_the_year,
    "board of a cell": board_of_the_cell,
}
