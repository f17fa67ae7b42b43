"""Key tasks of the summary conference go into the plan of the next year's campaign."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import ConferenceTask, PlanTask
from campaigns.services.plans import PlanNotChangeable, take_over_tasks
from members.models import Event
from members.policy import Role
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import PostFactory, SummaryConferenceFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return cell_at_work(year=2025)


@pytest.fixture
def clerk(world):
    return PostFactory(unit=world.committee.live_unit, role=Role.CLERK).account


@pytest.fixture
def tasks(world):
    """Two of the conference of the year before, and one of another year."""
    root = world.campaign.root_unit
    conference = SummaryConferenceFactory(unit=root, year=2024)
    older = SummaryConferenceFactory(unit=root, year=2023)
    ConferenceTask.objects.create(conference=older, position=1, text="Việc cũ")
    return [
        ConferenceTask.objects.create(
            conference=conference, position=1, text="Cải cách thủ tục",
            due_on=date(2025, 6, 30), unit=world.cell.live_unit,
        ),
        ConferenceTask.objects.create(
            conference=conference, position=2, text="Nêu gương", unit=UnitFactory()
        ),
    ]  # fmt: skip


def page(world, name):
    return reverse(f"plans:{name}", args=[world.campaign.pk])


def planned(world):
    rows = PlanTask.objects.of_plan(world.campaign).order_by("pk")
    return list(rows.values_list("text", "kind", "due_on", "responsible"))


def offered(world, account):
    context = browser_of(account).get(page(world, "plan_detail")).context
    return [task.text for task in context["key_tasks"]]


def test_they_are_offered_to_who_runs_the_campaign_and_to_nobody_else(
    world, clerk, tasks
):
    assert offered(world, clerk) == ["Cải cách thủ tục", "Nêu gương"]
    for other in (world.secretary, world.member):
        assert offered(world, other) == []


def test_one_press_writes_one_and_another_all_that_is_left(world, clerk, tasks):
    client = browser_of(clerk)
    client.post(page(world, "tasks_take"), {"tasks": tasks[0].pk})
    cell = world.cell.live_unit_id
    first = ("Cải cách thủ tục", "ONCE", date(2025, 6, 30), cell)
    assert planned(world) == [first]
    assert offered(world, clerk) == ["Nêu gương"]

    client.post(page(world, "tasks_take"), {"all": "1"})
    assert planned(world) == [first, ("Nêu gương", "ONCE", date(2025, 12, 31), None)]
    assert offered(world, clerk) == []
    added = Event.objects.filter(action="campaigns.plan_part_added")
    assert added.count() == 2


def test_what_the_plan_has_is_written_no_second_time(world, clerk, tasks):
    by = {"actor": world.actor(clerk), "now": world.by_secretary["now"]}
    take_over_tasks(campaign=world.campaign, tasks=tasks, **by)
    take_over_tasks(campaign=world.campaign, tasks=tasks, **by)

    assert len(planned(world)) == 2


@pytest.mark.parametrize("sent", [{}, {"tasks": "999999"}])
def test_what_is_not_offered_is_refused_in_words(world, clerk, tasks, sent):
    response = browser_of(clerk).post(page(world, "tasks_take"), sent, follow=True)

    assert planned(world) == []
    assert "Không còn được đề xuất" in response.content.decode()


def test_a_closed_campaign_takes_none(world, clerk, tasks):
    world.campaign.state = "CLOSED"
    world.campaign.closed_at = world.campaign.roll_fixed_at = world.by_secretary["now"]
    world.campaign.save()

    with pytest.raises(PlanNotChangeable):
        take_over_tasks(campaign=world.campaign, tasks=tasks, **world.by_secretary)
    assert offered(world, clerk) == []
