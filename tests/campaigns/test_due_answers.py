"""What came from below is told to who answers it, one step above and nowhere else."""

from datetime import date

import pytest
from django.utils import translation

from campaigns.models import Campaign
from campaigns.queries.due_answers import (
    criteria_to_approve_due,
    results_to_answer_due,
)
from members.policy import Role
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import (
    CampaignUnitFactory,
    CriteriaSetFactory,
    CriterionFactory,
    PostFactory,
    ProgrammeFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
OPENED = "2024-01-10T05:00Z"
TODAY = date(2024, 3, 25)


@pytest.fixture
def world():
    return cell_at_work(opened_at=OPENED)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(source, world, account):
    found = source(world.actor(account), today=TODAY)
    return [(each.sentence, each.url) for each in found]


def beside(world):
    live = UnitFactory(parent=world.committee.live_unit)
    return CampaignUnitFactory(
        campaign=world.campaign, parent=world.committee, live_unit=live
    )


def waiting(unit):
    return CriterionFactory(criteria__unit=unit, criteria__state="SENT").criteria


def discussed(unit):
    return ProgrammeFactory(
        unit=unit,
        state="SENT",
        adopted_on=date(2024, 1, 15),
        discussed_on=date(2024, 3, 5),
        minutes="Biên bản số 3",
    )


def test_criteria_that_wait_are_told_directly_above_and_lead_to_their_page(world):
    waiting(world.cell)

    [(sentence, url)] = told(criteria_to_approve_due, world, world.upper)

    assert sentence.startswith("The criteria of 1 unit wait for approval;")
    assert browser_of(world.upper).get(url).context["may_answer"]
    for other in (world.secretary, world.member):
        assert told(criteria_to_approve_due, world, other) == []


def test_of_several_the_list_is_opened(world):
    waiting(world.cell)
    waiting(beside(world))

    [(sentence, url)] = told(criteria_to_approve_due, world, world.upper)

    assert sentence.startswith("The criteria of 2 units")
    page = browser_of(world.upper).get(url)
    assert len(page.context["waiting"]) == 2


def test_who_stands_two_levels_above_is_not_told(world):
    live = UnitFactory(parent=world.cell.live_unit)
    below = CampaignUnitFactory(
        campaign=world.campaign, parent=world.cell, live_unit=live
    )
    waiting(below)
    discussed(below)

    for source in (criteria_to_approve_due, results_to_answer_due):
        assert told(source, world, world.upper) == []


def test_a_result_that_was_sent_up_is_told_to_the_committee_above(world):
    discussed(world.cell)

    [(sentence, url)] = told(results_to_answer_due, world, world.upper)

    assert sentence == (
        "Chi bộ Trường Sơn Ca has sent up the result of its action programme."
    )
    assert browser_of(world.upper).get(url).status_code == 200
    clerk = PostFactory(unit=UnitFactory(), role=Role.CLERK).account
    for other in (world.secretary, world.member, clerk):
        assert told(results_to_answer_due, world, other) == []


def test_nothing_is_told_of_what_is_answered_or_of_a_closed_campaign(world):
    CriteriaSetFactory(unit=world.cell, state="DRAFT")
    ProgrammeFactory(unit=world.cell)
    for source in (criteria_to_approve_due, results_to_answer_due):
        assert told(source, world, world.upper) == []

    other = beside(world)
    waiting(other)
    discussed(other)
    Campaign.objects.update(state="CLOSED", closed_at=OPENED, roll_fixed_at=OPENED)
    for source in (criteria_to_approve_due, results_to_answer_due):
        assert told(source, world, world.upper) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_each_takes_one_query_for_any_number_of_rows(
    world, rows, django_assert_num_queries
):
    for unit in [world.cell, *(beside(world) for _ in range(rows - 1))]:
        waiting(unit)
        discussed(unit)
    actor = world.actor(world.upper)

    for source in (criteria_to_approve_due, results_to_answer_due):
        with django_assert_num_queries(1):
            assert list(source(actor, today=TODAY))
