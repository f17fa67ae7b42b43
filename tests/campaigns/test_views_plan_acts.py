"""The acts of a campaign that runs, by the pages: its roll, longer times, peaks."""

from datetime import timedelta

import pytest

from campaigns.models import (
    Campaign,
    Extension,
    Participant,
    PeakDay,
    PersonalExtension,
)
from members.policy import Role
from tests.campaigns.plan_worlds import TODAY, World, errors, page
from tests.factories import PeakFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_the_roll_is_fixed_after_a_look_at_what_changed(world):
    campaign = world.opened()
    address = page("roll_fix", campaign.pk)

    shown = world.clerk.get(address).context["preview"]
    assert (shown.present, shown.joined, shown.left, shown.on_the_way) == (2, [], [], 0)
    Participant.objects.filter(member=world.people[1]).update(presence="LEFT")
    assert world.clerk.get(address).context["preview"].left == [
        world.people[1].full_name
    ]
    assert world.secretary.get(address).status_code == 404

    assert world.clerk.post(address, {"version": 2}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == "ROLL_FIXED"
    assert world.clerk.post(address, {"version": 3}).status_code == 422


class TestALongerTime:
    """One act, for people, a unit or a subtree, with a reason."""

    @pytest.fixture
    def campaign(self, world):
        return world.opened()

    def give(self, world, campaign, client=None, **typed):
        day = TODAY() + timedelta(days=5)
        form = {"step": "PLEDGE", "last_day": f"{day:%d/%m/%Y}", "reason": "Lũ"}
        address = page("extension_add", campaign.pk)
        return (client or world.clerk).post(address, {**form, **typed})

    def test_people_get_it_by_a_pasted_list(self, world, campaign):
        answer = self.give(world, campaign, scope="PEOPLE", codes="p1,\n P2 ")

        assert answer.status_code == 302
        given = PersonalExtension.objects.order_by("participant")
        assert [each.participant.member for each in given] == world.people
        assert {each.last_day for each in given} == {TODAY() + timedelta(days=5)}
        home = world.member.get(page("campaign_home", campaign.pk))
        assert [each.days_left for each in home.context["now"]] == [5]

    def test_one_wrong_code_refuses_all(self, world, campaign):
        answer = self.give(world, campaign, scope="PEOPLE", codes="P1 P9")

        assert list(errors(answer)) == ["codes"]
        assert "P9" in errors(answer)["codes"][0]
        assert not PersonalExtension.objects.exists()

    def test_the_root_opens_a_closed_phase_again(self, world, campaign):
        root = world.unit(campaign, world.district)
        readers = (world.member, world.clerk)  # who keeps the plan is on no roll of it
        for reader in readers:
            assert not reader.get(page("campaign_home", campaign.pk)).context["now"]

        answer = self.give(world, campaign, scope="SUBTREE", unit=root.pk)

        assert answer.status_code == 302
        extension = Extension.objects.get()
        assert (extension.unit, extension.with_below, extension.reason) == (
            root,
            True,
            "Lũ",
        )
        plan = world.clerk.get(page("plan_detail", campaign.pk))
        assert "Lũ" in plan.content.decode()
        for reader in readers:
            assert reader.get(page("campaign_home", campaign.pk)).context["now"]

    def test_what_would_move_nobodys_last_day_is_refused(self, world, campaign):
        root = world.unit(campaign, world.district)
        self.give(world, campaign, scope="SUBTREE", unit=root.pk)

        cell = world.unit(campaign, world.cell)
        for again in (
            {"scope": "SUBTREE", "unit": root.pk},
            {"scope": "UNIT", "unit": cell.pk},
            {"scope": "PEOPLE", "codes": "P1"},
        ):
            answer = self.give(world, campaign, **again)
            assert list(errors(answer)) == ["last_day"]
        assert Extension.objects.count() == 1
        later = TODAY() + timedelta(days=6)
        given = self.give(
            world, campaign, scope="PEOPLE", codes="P1", last_day=f"{later:%d/%m/%Y}"
        )
        assert given.status_code == 302

    def test_a_committee_below_gives_it_to_its_own_alone(self, world, campaign):
        below = world.post(world.committee, Role.SECRETARY)
        root = world.unit(campaign, world.district)
        own = world.unit(campaign, world.cell)

        refused = self.give(world, campaign, below, scope="UNIT", unit=root.pk)
        assert list(errors(refused)) == ["unit"]
        given = self.give(world, campaign, below, scope="UNIT", unit=own.pk)
        assert given.status_code == 302
        assert (
            world.secretary.get(page("extension_add", campaign.pk)).status_code == 404
        )

    @pytest.mark.parametrize(
        ("typed", "column"),
        [
            ({"reason": ""}, "reason"),
            ({"last_day": "01/01/2099"}, "last_day"),
            ({"scope": "PEOPLE"}, "codes"),
            ({"scope": "UNIT", "unit": ""}, "unit"),
            ({"step": "STUDY"}, "step"),
        ],
    )
    def test_what_is_missing_or_impossible_is_told(
        self, world, campaign, typed, column
    ):
        root = world.unit(campaign, world.district)
        typed = {"scope": "SUBTREE", "unit": root.pk, **typed}

        assert list(errors(self.give(world, campaign, **typed))) == [column]
        assert not Extension.objects.exists()


def test_a_unit_sets_its_day_in_the_window_and_the_board_counts(world):
    campaign = world.opened()
    today = TODAY()
    peak = PeakFactory(
        campaign=campaign,
        from_on=today - timedelta(days=3),
        until_on=today + timedelta(days=3),
    )
    address = page("peak_day", campaign.pk, peak.pk, world.cell.pk)

    def typed(days, **more):
        return {"on": f"{today + timedelta(days=days):%d/%m/%Y}", "version": 0, **more}

    assert list(errors(world.secretary.post(address, typed(3)))) == ["on"]
    assert list(errors(world.secretary.post(address, typed(1, is_held="on")))) == [
        "is_held"
    ]
    held = typed(-1, is_held="on", attendance=12, outcome="Sửa nội quy")
    assert world.secretary.post(address, held).status_code == 302
    assert world.secretary.post(address, held | {"attendance": 1}).status_code == 409
    day = PeakDay.objects.get()
    assert (day.is_held, day.attendance, day.version) == (True, 12, 1)

    board = page("peak_detail", campaign.pk, peak.pk, world.district.pk)
    shown = world.clerk.get(board).context["board"]
    assert (shown.own.held, shown.own.expected) == (1, 3)
    assert [(line.held, line.expected) for line in shown.below] == [(1, 2)]
    assert world.secretary.get(board).status_code == 404


@pytest.mark.parametrize("name", ["campaign_open", "roll_fix"])
def test_a_campaign_that_was_changed_meanwhile_is_read_again_before_its_act(
    world, name
):
    campaign = world.draft() if name == "campaign_open" else world.opened()
    before = campaign.state
    Campaign.objects.update(version=7, name="Đợt khác")
    address = page(name, campaign.pk)

    stale = world.clerk.post(address, {"version": 6})

    campaign.refresh_from_db()
    assert (stale.status_code, campaign.state) == (409, before)
    assert stale.context["campaign"].name == "Đợt khác"
    assert "đọc lại" in stale.content.decode()
    again = stale.context["form"]["version"].value()
    assert world.clerk.post(address, {"version": again}).status_code == 302
