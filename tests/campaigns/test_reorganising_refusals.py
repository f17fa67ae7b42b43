"""What a campaign does not take, and in which order it takes decisions."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Campaign
from campaigns.services import movements
from members.models import Event, Member, UnitDecision
from tests.campaigns.decisions import (
    PEOPLE,
    TREE,
    apply,
    at,
    carry_out,
    decide,
    fix,
    new_unit,
    open_campaign,
    refusal,
)
from tests.small_worlds import (
    NOW,
    contents,
    imported,
    live,
    tree_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return live(TREE, PEOPLE)


def test_a_unit_where_the_campaign_still_counts_people_is_not_closed(units):
    campaign = open_campaign("c", "H")
    fix(campaign)
    movements.transfer_member(
        member=Member.objects.get(code="P004"), unit=at("X1"), on=date(2025, 6, 1)
    )

    decision = carry_out("1", ("CLOSE", "Y1", None, {}))

    assert refusal(campaign, decision) == (
        "Đơn vị Y1 is closed, but this campaign still counts people or units there: "
        "place them elsewhere first."
    )


def test_a_unit_where_the_campaign_still_has_units_is_not_closed(units):
    campaign = open_campaign("c", "H")
    carry_out("1", ("MOVE", "Y1", "X", {}))

    decision = carry_out("2", ("CLOSE", "Y", None, {}))

    assert "still counts people or units there" in refusal(campaign, decision)


def test_nobody_leaves_by_mistake_for_a_unit_that_the_file_lacked():
    live(TREE)
    below = "H - SUPERIOR - -\nX H GRASSROOTS_COMMITTEE COMMUNE -\nX1 X CELL - -"
    campaign = imported(contents(below, {"X1": "GOOD"}))

    decision = carry_out("1", ("MOVE", "X1", "Y", {}))

    assert refusal(campaign, decision) == (
        "Đơn vị X1 goes to Đơn vị Y, a unit that this campaign does not hold."
    )


def test_a_unit_does_not_move_below_itself_where_the_file_had_another_tree():
    live("H - SUPERIOR - -\nS H SUB_GRASSROOTS - -\nT H SECTIONAL - -")
    other = "H - SUPERIOR - -\nS H SUB_GRASSROOTS - -\nT S SECTIONAL - -"
    campaign = imported(contents(other))

    decision = carry_out("1", ("MOVE", "S", "T", {}))

    assert refusal(campaign, decision) == (
        "Đơn vị S cannot move below itself (Đơn vị T)."
    )


def test_the_tree_of_a_campaign_does_not_get_too_deep_either():
    live("1 - SUPERIOR - -\n29 1 SECTIONAL - -\nX 1 SECTIONAL - -\nX1 X CELL - -")
    below = "".join(f"{at} {at - 1} SECTIONAL - -\n" for at in range(2, 30))
    deep = f"1 - SUPERIOR - -\n{below}X 1 SECTIONAL - -\nX1 X CELL - -"
    campaign = imported(contents(deep))

    decision = carry_out("1", ("MOVE", "X", "29", {}))

    assert refusal(campaign, decision) == (
        "Below Đơn vị 29 the tree would have more than 30 levels."
    )


def test_a_decision_is_applied_once(units):
    campaign = open_campaign("c", "H")
    decision = carry_out("5-QĐ/TU", ("MOVE", "X2", "Y", {}))
    apply(campaign, decision)

    assert refusal(campaign, decision) == (
        "Decision 5-QĐ/TU has been applied to this campaign already."
    )


def test_a_decision_that_nobody_has_carried_out_is_not_applied(units):
    campaign = open_campaign("c", "H")
    decision = decide("5-QĐ/TU", ("MOVE", "X2", "Y", {}))

    assert refusal(campaign, decision) == (
        "Decision 5-QĐ/TU has not been carried out in the list of units yet."
    )


def test_a_decision_from_before_the_copy_is_not_applied(units):
    decision = carry_out("5-QĐ/TU", ("RENAME", "X", None, {"name": "Cũ"}))
    UnitDecision.objects.update(applied_at=datetime(2024, 1, 1, tzinfo=UTC))
    campaign = open_campaign("c", "H")

    assert refusal(campaign, decision) == (
        "Decision 5-QĐ/TU was carried out before this campaign copied the units."
    )


def test_decisions_on_one_unit_are_applied_in_their_order_and_others_in_any(units):
    campaign = open_campaign("c", "H")
    first = carry_out("1", ("CREATE", None, "X", new_unit("X3", "SECTIONAL")))
    beside = carry_out("2", ("RENAME", "Y1", None, {"name": "Chi bộ khác"}))
    last = carry_out("3", ("MOVE", "X1", "X3", {}))

    apply(campaign, beside)
    assert refusal(campaign, last) == (
        "Decision 3 changes units that decision 1 changed before: apply that one first."
    )
    apply(campaign, first)
    apply(campaign, last)

    assert tree_of(campaign)["X1"] == "X3"


@pytest.mark.parametrize("state", ["DRAFT", "CLOSED"])
def test_a_campaign_that_is_not_running_takes_no_decision(units, state):
    campaign = open_campaign("c", "H")
    decision = carry_out("1", ("MOVE", "X2", "Y", {}))
    Campaign.objects.update(state=state, roll_fixed_at=NOW, closed_at=NOW)

    assert "does not take this act" in refusal(campaign, decision)


def test_applying_is_one_logged_act_and_ends_further_imports():
    campaign = imported(contents(TREE, PEOPLE))

    decision = carry_out("1", ("MOVE", "K1", "H", {}), ("MERGE", "K", "P", {}))
    apply(campaign, decision)

    event = Event.objects.get(action="campaigns.reorganised")
    assert event.data == {"decision": decision.pk, "joined": 0, "left": 0}
    assert event.unit == campaign.root_unit
    campaign.refresh_from_db()
    assert campaign.only_imported is False
