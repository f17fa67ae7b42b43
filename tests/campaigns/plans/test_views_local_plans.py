"""What a unit adds to the plan of a campaign: its own plan, its days, its reports."""

from datetime import timedelta

import pytest

from campaigns.models import Peak, PeakDay, Phase
from members.policy import Role
from tests.campaigns.plan_worlds import TODAY, errors, page
from tests.factories import PeakDayFactory, PeakFactory, PlanTaskFactory

pytestmark = pytest.mark.django_db


def test_a_local_plan_lies_within_the_campaigns(world):
    campaign = world.opened()
    below = world.post(world.committee, Role.SECRETARY)
    address = page("local_part_add", campaign.pk, world.committee.pk, "phases")
    first = TODAY() - timedelta(days=20)

    def typed(last):
        return {
            "step": "PLEDGE",
            "from_on": f"{first:%d/%m/%Y}",
            "last_day": f"{last:%d/%m/%Y}",
        }

    assert list(errors(below.post(address, typed(TODAY())))) == ["last_day"]
    done = below.post(address, typed(TODAY() - timedelta(days=2)))
    assert done.url == page("local_plan", campaign.pk, world.committee.pk) + "#phases"
    assert Phase.objects.get(unit__live_unit=world.committee).until_on == (
        TODAY() - timedelta(days=1)
    )
    assert world.member.get(done.url).status_code == 200
    assert world.secretary.get(address).status_code == 404


def test_who_answers_for_a_task_reports_it(world):
    campaign = world.opened()
    task = PlanTaskFactory(campaign=campaign, responsible=world.cell)
    address = page("task_report", task.pk)
    typed = {"result": "DONE", "note": "Đủ 12 kỳ", "version": 1}

    assert world.member.get(address).status_code == 404
    assert world.secretary.post(address, typed).status_code == 302
    task.refresh_from_db()
    assert (task.result, task.note) == ("DONE", "Đủ 12 kỳ")
    assert world.secretary.post(address, {**typed, "result": ""}).status_code == 409


def test_a_peak_stays_once_a_unit_has_set_its_day_in_it(world):
    campaign = world.opened()
    day = PeakDayFactory(unit=world.unit(campaign, world.cell))
    free = PeakFactory(campaign=campaign)
    chosen, other = (page("part_remove", "peaks", pk) for pk in (day.peak_id, free.pk))

    refused = world.clerk.post(chosen, {"version": 1})

    assert errors(refused) == {
        "__all__": ["Đã có đơn vị đặt ngày trong đợt cao điểm này nên không bỏ được."]
    }
    assert PeakDay.objects.get() == day
    assert world.clerk.post(other, {"version": 1}).status_code == 302
    assert Peak.objects.get() == day.peak
