"""A unit for a form: from a select of few units, found by name where there are many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Extension, PlanTask, TeamVisit
from campaigns.views import choosing
from tests.campaigns.plan_worlds import World, page
from tests.factories import PlanTaskFactory, UnitFactory, WorkingTeamFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def many(monkeypatch):
    """The least number of units of which one is found by name."""
    monkeypatch.setattr(choosing, "MOST", 1)


def offered(answer, name):
    return [value for value, _label in answer.context["form"].fields[name].choices]


def pks(*rows):
    return [row.pk for row in rows]


def test_of_many_cells_the_one_is_found_first_and_alone_offered(world, many):
    other = UnitFactory(name="Chi bộ Suối Cát", parent=world.committee)
    address = reverse("member_add")

    first = world.clerk.get(address)
    assert "form" not in first.context
    assert len(first.context["choices"]) == 2
    found = world.clerk.get(address, {"q": "suoi cat"}).context["choices"]
    assert [pk for pk, _name, _note in found] == [other.pk]

    form = world.clerk.get(address, {"to": other.pk})
    assert offered(form, "unit") == ["", other.pk]
    refused = world.clerk.post(address, {"unit": other.pk})
    assert refused.status_code == 422
    assert offered(refused, "unit") == ["", other.pk]
    assert "unit" not in refused.context["form"].errors


def test_a_unit_that_is_out_of_reach_is_not_offered(world, many):
    UnitFactory(parent=world.committee)
    elsewhere = UnitFactory()
    address = reverse("member_add")

    assert offered(world.clerk.get(address, {"to": elsewhere.pk}), "unit") == [""]
    refused = world.clerk.post(address, {"unit": elsewhere.pk})
    assert "unit" in refused.context["form"].errors


def test_a_longer_time_is_for_people_or_a_unit_that_is_found(world, many):
    campaign = world.opened()
    cell = world.unit(campaign, world.cell)
    address = page("extension_add", campaign.pk)
    day = timezone.localdate() + timedelta(days=5)
    typed = {"step": "PLEDGE", "last_day": f"{day:%d/%m/%Y}", "reason": "Lũ"}

    form = world.clerk.get(address, {"step": "PLEDGE"})
    assert offered(form, "unit") == [""]
    assert 'name="find_unit"' in form.content.decode()
    found = world.clerk.get(address, {"step": "PLEDGE", "q": "G1"}).context
    assert [pk for pk, _name, _note in found["choices"]] == [cell.pk]
    chosen = world.clerk.get(address, {"step": "PLEDGE", "to": cell.pk})
    assert offered(chosen, "unit") == ["", cell.pk]

    people = {**typed, "scope": "PEOPLE", "codes": "P1"}
    assert world.clerk.post(address, people).status_code == 302
    unit = {**typed, "scope": "UNIT", "unit": cell.pk}
    assert world.clerk.post(address, unit).status_code == 302
    assert Extension.objects.get().unit == cell


def test_what_was_typed_goes_along_while_the_unit_is_found(world, many):
    campaign = world.opened()
    cell = world.unit(campaign, world.cell)
    address = page("extension_add", campaign.pk)
    typed = {"step": "PLEDGE", "last_day": "so", "scope": "UNIT", "reason": "Lũ"}
    opened = world.clerk.get(address).context["opened"]

    finding = world.clerk.post(
        address, {**typed, "opened": opened, "once": "a", "find_unit": "1"}
    )
    assert (finding.status_code, len(finding.context["choices"]) > 1) == (200, True)
    carried = dict(finding.context["carried"])
    assert carried == {**typed, "opened": opened}
    found = world.clerk.post(address, {**carried, "unit_sought": "G1"})
    assert [pk for pk, _name, _note in found.context["choices"]] == [cell.pk]
    assert dict(found.context["carried"]) == carried

    back = world.clerk.post(address, {**carried, "unit_found": cell.pk})
    form = back.context["form"]
    assert (back.status_code, form.is_bound) == (200, False)
    assert offered(back, "unit") == ["", cell.pk]
    kept = {name: form[name].value() for name in (*typed, "unit")}
    assert kept == {**typed, "unit": str(cell.pk)}
    assert back.context["opened"]
    assert not Extension.objects.exists()


def test_a_task_keeps_who_answers_for_it_until_another_is_found(world, many):
    task = PlanTaskFactory(campaign=world.draft(), responsible=world.cell)
    address = page("part_edit", "tasks", task.pk)

    assert offered(world.clerk.get(address), "responsible") == ["", world.cell.pk]
    assert "form" not in world.clerk.get(address, {"to": ""}).context
    other = {"to": world.committee.pk}
    assert offered(world.clerk.get(address, other), "responsible")[1:] == pks(
        world.committee
    )
    typed = {"text": "Mới", "kind": "STANDING", "version": 1}
    answer = world.clerk.post(address, {**typed, "responsible": world.committee.pk})
    assert answer.status_code == 302
    assert PlanTask.objects.get().responsible == world.committee


def test_a_team_visits_a_unit_that_is_found(world, many):
    campaign = world.opened()
    team = WorkingTeamFactory(unit=world.unit(campaign, world.district))
    cell = world.unit(campaign, world.cell)
    address = reverse("work:visit_add", args=[team.pk])

    assert "form" not in world.clerk.get(address).context
    assert offered(world.clerk.get(address, {"to": cell.pk}), "unit") == ["", cell.pk]
    typed = {"unit": cell.pk, "on": f"{team.from_on:%d/%m/%Y}"}
    assert world.clerk.post(address, typed).status_code == 302
    assert TeamVisit.objects.get().unit == cell


def test_a_form_over_more_units_needs_no_more_queries(world, many):
    address = reverse("member_add")
    counts = []
    for _more in range(2):
        UnitFactory.create_batch(3, parent=world.committee)
        world.clerk.get(address)
        for query in ({}, {"q": "chi"}, {"to": world.cell.pk}):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                world.clerk.get(address, query)
            counts.append(len(asked))

    assert counts[:3] == counts[3:]
