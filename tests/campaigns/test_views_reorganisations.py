"""A carried-out decision enters a campaign in the browser, after a look at it."""

import pytest
from django.test import Client

from campaigns.models import Campaign
from members.models import (
    Event,
    Membership,
)
from tests.campaigns.decision_pages import (
    LIST,
    add,
    clerk_of,
    drafted,
    page,
    version,
)
from tests.campaigns.decisions import (
    PEOPLE,
    TREE,
    at,
    fix,
    open_campaign,
    presence,
    state_of,
)
from tests.small_worlds import live, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units():
    return live(TREE, PEOPLE)


@pytest.fixture
def clerk() -> Client:
    return clerk_of("P")


def test_applying_shows_what_would_change_and_changes_it_only_when_asked(clerk):
    campaign = open_campaign("c", "H", year=2025)
    fix(campaign)
    decision = drafted(clerk)
    add(clerk, decision, "MOVE", of="X", to="K")
    add(clerk, decision, "MOVE", of="K1", to="H")
    before = state_of(campaign)
    clerk.post(page("decision_carry_out", decision), version(decision))
    (offer,) = clerk.get(LIST).context["waiting"]
    assert (offer.campaign, offer.decision, offer.is_applied) == (
        campaign, decision, False,
    )  # fmt: skip

    url = page("decision_apply", decision, campaign.pk)
    shown = clerk.get(url).context

    assert state_of(campaign) == before
    assert shown["figures"] == [
        ("Units", 6, 4),
        ("Grassroots units", 2, 2),
        ("Cells under grassroots committees", 3, 1),
        ("Members", 5, 3),
        ("Members assessed", 0, 0),
    ]
    assert [names for _, names in shown["units"]] == [
        ["Đơn vị K1"], ["Đơn vị X", "Đơn vị X1", "Đơn vị X2"], [],
    ]  # fmt: skip
    assert [count for _, count, _ in shown["people"]] == [2, 4, 0]

    campaign.refresh_from_db()
    done = clerk.post(url, {"version": campaign.version})

    assert done["Location"] == page("decision_detail", decision)
    assert tree_of(campaign) == {"H": None, "Y": "H", "Y1": "Y", "K1": "H"}
    assert list(presence(campaign).values()).count("LEFT") == 4
    event = Event.objects.get(action="campaigns.reorganised")
    assert event.account == decision.applied_by or event.account is not None
    (offer,) = clerk.get(page("decision_detail", decision)).context["offers"]
    assert offer.is_applied is True
    assert clerk.get(LIST).context["waiting"] == []


def test_a_campaign_that_changed_meanwhile_is_shown_again(clerk):
    campaign = open_campaign("c", "P")
    decision = drafted(clerk)
    add(clerk, decision, "MOVE", of="X", to="K")
    clerk.post(page("decision_carry_out", decision), version(decision))
    Campaign.objects.update(version=9)

    answer = clerk.post(page("decision_apply", decision, campaign.pk), {"version": 2})

    assert answer.status_code == 409
    assert answer.context["is_stale"] is True
    assert tree_of(campaign)["X"] == "H"


def test_a_campaign_that_does_not_take_it_says_which_change(clerk):
    campaign = open_campaign("c", "H")
    fix(campaign)
    decision = drafted(clerk)
    move = Membership.objects.filter(unit=at("Y1")).get()
    Membership.objects.filter(pk=move.pk).update(unit=at("X1"))
    add(clerk, decision, "CLOSE", of="Y1")
    clerk.post(page("decision_carry_out", decision), version(decision))

    url = page("decision_apply", decision, campaign.pk)
    shown = clerk.get(url)
    tried = clerk.post(url, {"version": Campaign.objects.get().version})

    assert "still counts people" in shown.context["refusal"]
    assert shown.context["refused_id"] == decision.changes.get().pk
    assert (shown.status_code, tried.status_code) == (200, 422)


def test_a_campaign_of_which_one_reaches_a_part_is_not_applied_in(clerk):
    campaign = open_campaign("c", "P")
    below = clerk_of("H")
    decision = drafted(below, keeper="H")
    add(below, decision, "MOVE", of="X2", to="Y")
    below.post(page("decision_carry_out", decision), version(decision))

    url = page("decision_apply", decision, campaign.pk)

    assert below.get(LIST).context["waiting"] == []
    assert (below.get(url).status_code, clerk.get(url).status_code) == (404, 200)


def test_a_campaign_opened_afterwards_is_not_offered(clerk):
    decision = drafted(clerk)
    add(clerk, decision, "MOVE", of="X2", to="Y")
    clerk.post(page("decision_carry_out", decision), version(decision))
    campaign = open_campaign("c", "P")
    Campaign.objects.update(opened_at="2030-01-01T00:00:00Z")

    assert clerk.get(LIST).context["waiting"] == []
    assert campaign.pk
