"""A campaign whose roll is fixed follows nobody but by an explicit act."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from campaigns.lifecycle import State
from campaigns.models import Campaign, LateChange, Participant
from campaigns.queries import changes_of, waiting_for
from campaigns.services import late_changes, movements, opening
from campaigns.services.opening import CampaignNotChangeable
from members.models import Event, Membership
from members.policy import Role
from members.queries import actor_for
from tests.campaigns.movement_worlds import (
    IN_MAY,
    MAY,
    OPENED_ON,
    PEOPLE,
    TREE,
    campaign_of,
    history,
    open_campaign,
    person,
)
from tests.factories import PostFactory, UnitFactory
from tests.members.keepers import keeper_of
from tests.small_worlds import BY_COMMAND, live, recounted, tallies_of

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 1)
PAPERS = {"document": "Công văn số 8", "reason": "Chuyển công tác trước ngày họp."}


@pytest.fixture
def world():
    """The live units; the campaign of the district H has its roll fixed."""
    found = live(TREE, PEOPLE)
    campaign = open_campaign(found["H"], "dot-2024")
    opening.fix_roll(campaign=campaign, **BY_COMMAND)
    return found


@pytest.fixture
def clerk(world):
    return PostFactory(unit=world["H"], role=Role.CLERK).account


def follow(code: str, clerk, **changes):
    return late_changes.follow_roll(
        **{
            "campaign_id": campaign_of().pk,
            "member_id": person(code).pk,
            "on": JUNE,
            **PAPERS,
            "actor": actor_for(clerk),
            "now": BY_COMMAND["now"],
            **changes,
        }
    )


def move(code: str, unit) -> None:
    movements.transfer_member(member=person(code), unit=unit, on=MAY)


def waiting(account) -> list[tuple[str, str, str]]:
    return [
        (each.name, each.counted_at, each.belongs_to)
        for each in waiting_for(actor_for(account))
    ]


def members_of(unit: str) -> int:
    return tallies_of(campaign_of())[unit, "MEMBERS", "COMMUNE"]["present"]


def code_of_first(world) -> str:
    return Membership.objects.filter(unit=world["X1"]).first().member.code


def test_a_transfer_waits_and_one_act_lets_the_campaign_follow(world, clerk):
    code = code_of_first(world)
    Participant.objects.filter(member__code=code).update(
        status="ASSESSED", level="GOOD", is_imported=True
    )
    move(code, world["X2"])
    assert (members_of("X1"), members_of("X2")) == (2, 1)
    assert waiting(clerk) == [
        (person(code).full_name, world["X1"].name, world["X2"].name)
    ]

    follow(code, clerk)

    assert (members_of("X1"), members_of("X2")) == (1, 2)
    assert tallies_of(campaign_of()) == recounted(campaign_of())
    assert history(code) == [
        ("X1", OPENED_ON, JUNE, "OPENING"),
        ("X2", JUNE, None, "LATE"),
        "PRESENT",
    ]
    assert Participant.objects.get(member__code=code).level == "GOOD"
    (change,) = changes_of(person(code), campaign_of())
    assert (change.source.code, change.target.code, change.by) == ("X1", "X2", clerk)
    assert (change.document, change.reason) == tuple(PAPERS.values())
    assert Event.objects.get(action="campaigns.roll_followed").member.code == code
    assert waiting(clerk) == []


def test_who_has_died_since_is_let_go(world, clerk):
    code = code_of_first(world)
    movements.end_membership(
        member=person(code),
        on=MAY,
        ending=Membership.Ending.DIED,
        document="Giấy báo tử số 1",
        actor=keeper_of(world["X1"]),
        now=IN_MAY["now"],
    )
    assert waiting(clerk) == [(person(code).full_name, world["X1"].name, "")]

    assert follow(code, clerk).target is None

    assert (members_of("X1"), history(code)[-1]) == (1, "DIED")
    assert waiting(clerk) == []


def test_who_comes_from_outside_joins_late(world, clerk):
    code = Membership.objects.filter(unit=world["K"]).first().member.code
    move(code, world["X2"])
    assert waiting(clerk) == [(person(code).full_name, "", world["X2"].name)]

    assert follow(code, clerk).source is None

    assert members_of("X2") == 2
    assert history(code) == [("X2", JUNE, None, "LATE"), "PRESENT"]


def test_a_unit_that_no_decision_has_brought_yet_is_no_place_to_follow_to(world, clerk):
    code = code_of_first(world)
    move(code, UnitFactory(code="X9", parent=world["X"]))

    with (
        translation.override("en"),
        pytest.raises(CampaignNotChangeable, match="apply it first"),
    ):
        follow(code, clerk)

    assert not LateChange.objects.exists()


@pytest.mark.parametrize("closed_at", [None, BY_COMMAND["now"]])
def test_only_a_fixed_roll_needs_the_act(world, clerk, closed_at):
    code = code_of_first(world)
    move(code, world["X2"])
    state = State.CLOSED if closed_at else State.OPEN
    fixed_at = BY_COMMAND["now"] if closed_at else None
    Campaign.objects.update(state=state, closed_at=closed_at, roll_fixed_at=fixed_at)

    with pytest.raises(CampaignNotChangeable):
        follow(code, clerk)

    assert waiting(clerk) == []
    assert not LateChange.objects.exists()


def test_whom_the_campaign_counts_so_already_needs_no_act(world, clerk):
    with pytest.raises(CampaignNotChangeable):
        follow(code_of_first(world), clerk)


def test_the_office_above_brings_somebody_in_line_in_the_browser(world, clerk):
    code = code_of_first(world)
    move(code, world["X2"])
    client = Client()
    client.force_login(clerk)
    (row,) = client.get(reverse("late_change_list")).context["waiting"]

    refused = client.post(row.url, {"on": "01/06/2025", "document": "", "reason": ""})
    done = client.post(row.url, {"on": "01/06/2025", **PAPERS})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["document", "reason"]
    assert done.url == reverse("late_change_list")
    assert (members_of("X1"), members_of("X2")) == (1, 2)
    assert client.post(row.url, {"on": "01/06/2025", **PAPERS}).status_code == 404


def test_the_list_costs_three_queries_for_a_campaign(
    world, clerk, django_assert_num_queries
):
    for code in ("X1", "X2"):
        for belongs in Membership.objects.filter(unit=world[code]):
            Membership.objects.filter(pk=belongs.pk).update(unit=world["K"])
    actor = actor_for(clerk)

    with django_assert_num_queries(3):
        assert len(waiting_for(actor)) == 3
