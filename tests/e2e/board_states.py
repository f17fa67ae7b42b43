"""Boards of progress in every state that somebody can meet."""

from datetime import date, timedelta

from campaigns.models import Campaign, CampaignUnit, Participant, Placement, ProgressDay
from campaigns.services.tallies import changing
from members.models import Account
from members.policy import Role
from tests.e2e.conftest import Site
from tests.factories import (
    CampaignUnitFactory,
    PhaseFactory,
    PostFactory,
    StudyDocumentFactory,
)

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
        ProgressDay.objects.create(
            unit=root,
            on=on,
            owed=20,
            sent=day,
            confirmed=day,
            study_owed=20,
            studied=4 * day,
            units=9,
            adopted=day,
        )
    return _board(site, "H")


def board_of_the_cell(site: Site) -> str:
    """All that people do has begun, and somebody is missing of each."""
    board_in_the_year(site)
    cell = _unit(site, "X1")
    for step in ("STUDY", "SELF_REVIEW"):
        PhaseFactory(
            campaign=site.campaign,
            unit=cell,
            step=step,
            from_on=date(2024, 1, 1),
            until_on=date(2024, 12, 31),
        )
    StudyDocumentFactory(unit=cell)
    with changing([cell.pk]):
        people = Placement.objects.open().filter(unit=cell).values("participant")
        Participant.objects.filter(pk__in=people).update(review_state="SENT")
        first = Participant.objects.filter(pk__in=people).order_by("pk")[:1]
        Participant.objects.filter(pk__in=first).update(review_state="DRAFT")
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


def papers_of_sole_keepers(site: Site) -> str:
    """Above a cell that keeps papers, whose secretary alone can log in."""
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="RESULTS_ONLY")
    placed = Placement.objects.filter(unit__campaign=site.campaign, unit__kind="CELL")
    first = placed.select_related("participant", "unit__parent").order_by("pk")[0]
    PostFactory(
        unit=first.unit.live_unit,
        role=Role.SECRETARY,
        member=first.participant.member,
        account=None,
    )
    above = first.unit.parent
    return site.address("keeper_papers", site.campaign.pk, above.live_unit_id)


BOARDS = {
    "boards": boards_of_two_campaigns,
    "board before anything": lambda site: _board(site, "H"),
    "board in the year": board_in_the_year,
    "board of a cell": board_of_the_cell,
    "papers of sole keepers": papers_of_sole_keepers,
}
