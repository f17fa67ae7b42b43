"""How many years running one level was given, and what the committee reads of it."""

import pytest

from campaigns import rulesets
from campaigns.models import Participant
from reviews.queries import streaks
from reviews.streaks import years_running
from tests.clients import client_of
from tests.factories import (
    CampaignBodyFactory,
    CampaignFactory,
    CampaignUnitFactory,
    CommendationFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import cell, committee, holder, received, someone

__all__ = ["cell", "committee"]
BEST, LOWEST = "EXCELLENT", "NOT_COMPLETED"


@pytest.mark.parametrize(
    ("levels", "unrated", "years"),
    [
        ({2024: {BEST}, 2023: {BEST}, 2022: {BEST}}, "BREAKS", [2024, 2023, 2022]),
        ({2024: {BEST}, 2022: {BEST}}, "BREAKS", [2024]),
        ({2024: {BEST}, 2022: {BEST}}, "SKIPPED", [2024, 2022]),
        ({2024: {BEST}, 2023: {"GOOD"}, 2022: {BEST}}, "SKIPPED", [2024]),
        # Of two campaigns in one year both have to give it.
        ({2024: {BEST}, 2023: {BEST, "GOOD"}}, "BREAKS", [2024]),
        ({2024: {"GOOD"}, 2023: {BEST}}, "BREAKS", []),
        ({}, "BREAKS", []),
    ],
)
def test_years_run_back_from_the_last(levels, unrated, years):
    assert years_running(levels, BEST, last=2024, unrated=unrated) == years


@pytest.mark.parametrize("unrated", ["BREAKS", "SKIPPED"])
def test_one_more_year_with_the_level_never_shortens_the_row(unrated):
    levels = {2024: {BEST}, 2022: {BEST}}
    fewer = years_running(levels, BEST, last=2024, unrated=unrated)

    more = years_running({**levels, 2023: {BEST}}, BEST, last=2024, unrated=unrated)

    assert set(fewer) < set(more)


@pytest.mark.parametrize(
    "code", ["hd27-2014", "qd132-2018", "qd124-2023", "qd366-2025"]
)
def test_every_rule_set_says_after_how_many_years(code):
    asks = rulesets.load(code).procedure.streaks

    assert (asks.best_years.value, asks.lowest_years.value) == (5, 2)
    assert asks.unrated_year.certainty == "U"


def before(person: Participant, level: str, *years: int) -> None:
    """Give somebody a level in campaigns of other units and earlier years."""
    for year in years:
        unit = CampaignUnitFactory(campaign=CampaignFactory(year=year))
        other = ParticipantFactory(
            campaign=unit.campaign,
            member=person.member,
            status="ASSESSED",
            level=level,
            reason="OTHER" if level == LOWEST else "",
            is_imported=True,
        )
        PlacementFactory(unit=unit, participant=other)


def decided(cell, level: str, *years: int, **columns) -> Participant:
    person = someone(
        cell,
        status="ASSESSED",
        level=level,
        reason="OTHER" if level == LOWEST else "",
        decided_by=cell.parent,
        **columns,
    )
    before(person, level, *(cell.campaign.year - each for each in years))
    return person


@pytest.mark.django_db
def test_the_committee_reads_who_has_had_it_long_enough(cell, committee):
    best = decided(cell, BEST, 1, 2, 3, 4)
    decided(cell, BEST, 1, 2, 3)  # a year too few
    decided(cell, BEST, 1, 2, 4, 5)  # a year without a level
    lowest = decided(cell, LOWEST, 1)
    decided(cell, LOWEST)
    someone(cell, status="ASSESSED", level=BEST, is_imported=True)

    page = client_of(committee).get(address("streak_list", cell.parent))

    found = {row.member: row.streak for row in page.context["people"]}
    assert set(found) == {best.member, lowest.member}
    year = cell.campaign.year
    assert list(found[best.member].years) == [year - each for each in range(5)]
    assert found[best.member].is_best
    assert list(found[lowest.member].years) == [year, year - 1]
    assert "5 năm liền" in page.content.decode()


@pytest.mark.django_db
def test_beside_it_stands_what_was_recorded_and_the_way_to_record_it(cell, committee):
    person = decided(cell, BEST, 1, 2, 3, 4)
    live = cell.parent.live_unit
    CommendationFactory(
        unit=live,
        subject=cell.live_unit,
        member=person.member,
        on=f"{cell.campaign.year}-06-01",
        field="EXCELLENT_FIVE_YEARS",
        document="Quyết định số 5-QĐ/ĐU",
    )

    page = client_of(committee).get(address("streak_list", cell.parent))

    (row,) = page.context["people"]
    assert [each.document for each in row.records] == ["Quyết định số 5-QĐ/ĐU"]
    said = page.content.decode()
    assert f"?of={live.pk}&amp;to=m{person.member.code_key}" in said


@pytest.mark.django_db
def test_an_organisation_has_its_years_too(cell, committee):
    CampaignBodyFactory(unit=cell, level=BEST, decided_by=cell.parent)
    for back in range(1, 5):
        campaign = CampaignFactory(year=cell.campaign.year - back)
        unit = CampaignUnitFactory(campaign=campaign, live_unit=cell.live_unit)
        CampaignBodyFactory(unit=unit, level=BEST, is_imported=True)

    (found,) = streaks.organisations_running(cell.parent)

    assert (found.unit, len(found.streak.years)) == (cell, 5)


@pytest.mark.django_db
def test_before_the_decision_it_is_shown_as_it_would_be(cell, committee):
    file = received(cell, BEST, LOWEST)
    people = list(Participant.objects.filter(level="").order_by("pk"))
    before(people[0], BEST, *(cell.campaign.year - each for each in (1, 2, 3, 4)))
    assert file.goes_to == cell.parent

    page = client_of(committee).get(address("decision_add", cell.parent))

    shown = {case.participant: streak for case, *_rest, streak in page.context["rows"]}
    assert shown[people[1]] is None
    assert len(shown[people[0]].years) == 5


@pytest.mark.django_db
def test_a_campaign_opened_under_rules_without_years_finds_nobody(cell, committee):
    decided(cell, BEST, 1, 2, 3, 4)
    stored = cell.campaign.rule_set_resolved
    del stored["procedure"]["streaks"]
    type(cell.campaign).objects.filter(pk=cell.campaign_id).update(
        rule_set_resolved=stored
    )

    page = client_of(committee).get(address("streak_list", cell.parent))

    assert (page.context["people"], page.context["asks"]) == ([], None)


@pytest.mark.django_db
@pytest.mark.parametrize("people", [1, 4])
def test_the_page_asks_a_fixed_number_of_times(
    cell, committee, people, django_assert_max_num_queries
):
    for _ in range(people):
        decided(cell, BEST, 1, 2, 3, 4)
    client = client_of(committee)
    client.get(address("streak_list", cell.parent))

    with django_assert_max_num_queries(22):
        client.get(address("streak_list", cell.parent))


@pytest.mark.django_db
def test_the_cell_reads_no_such_page(cell):
    PostFactory(unit=cell.live_unit)
    page = client_of(holder(cell)).get(address("streak_list", cell.parent))

    assert page.status_code == 404
