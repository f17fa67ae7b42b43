"""Who holds what while others write, and that nobody waits in a ring."""

import threading
import time
from datetime import date

import pytest
from django.db import transaction

from campaigns.models import Campaign, CampaignUnit
from campaigns.services import locking, movements, opening, reorganising, tallies
from members.models import Event, LogHead, Member, Membership, PartyUnit
from members.policy import Role
from members.services import people, posts
from members.services.units import UnitNotChangeable
from reviews.services import importing
from tests.campaigns import decisions
from tests.factories import AccountFactory
from tests.members.log import record
from tests.small_worlds import (
    BY_COMMAND,
    contents,
    imported,
    is_held,
    live,
    order,
    places_of,
    together,
    wait_until_somebody_waits,
)

pytestmark = pytest.mark.django_db(transaction=True)

MAY = date(2024, 5, 6)
TREE = """
    P   -  PROVINCE              -        -
    H   P  SUPERIOR              -        -
    X   H  GRASSROOTS_COMMITTEE  COMMUNE  -
    X1  X  CELL                  -        -
    X2  X  CELL                  -        -
    K   P  GRASSROOTS_CELL       OTHER    -
"""
PEOPLE = {"X1": "NOT_REVIEWED NOT_REVIEWED", "X2": "NOT_REVIEWED", "K": "NOT_REVIEWED"}


def unit(code: str) -> PartyUnit:
    return PartyUnit.objects.get(code=code)


def person(code: str) -> Member:
    return Member.objects.get(code=code)


def roll_below(path: str) -> dict[str, str]:
    belongs = Membership.objects.current().official()
    inside = belongs.filter(unit__path__startswith=path)
    return dict(inside.values_list("member__code", "unit__code"))


MOVEMENTS = {
    "admitted": lambda: movements.admit_member(
        unit=unit("X1"), on=MAY, code="N1", full_name="Đỗ Thị Ơn", **BY_COMMAND
    ),
    "come": lambda: movements.transfer_member(
        member=person("P003"), unit=unit("X1"), on=MAY
    ),
    "gone": lambda: movements.transfer_member(
        member=person("P000"), unit=unit("K"), on=MAY
    ),
    "dead": lambda: movements.end_membership(
        member=person("P000"), on=MAY, ending=Membership.Ending.DIED, **BY_COMMAND
    ),
}


@pytest.mark.parametrize("move", MOVEMENTS.values(), ids=MOVEMENTS)
def test_opening_waits_for_who_is_just_moving(move):
    units = live(TREE, PEOPLE)
    campaign = opening.create_campaign(
        code="c", name="c", year=2024, root_unit=units["H"], rule_set_code="qd124-2023"
    )
    before = roll_below(units["H"].path)
    has_moved = threading.Event()

    def move_slowly() -> None:
        with transaction.atomic():
            move()
            has_moved.set()
            wait_until_somebody_waits()

    def open_meanwhile() -> None:
        assert has_moved.wait(10)
        opening.open_campaign(campaign=campaign, **BY_COMMAND)

    together(move_slowly, open_meanwhile)

    assert places_of(campaign) == roll_below(units["H"].path) != before


def test_a_movement_and_a_reorganisation_of_its_cell_do_not_lock_each_other_out(
    monkeypatch,
):
    live(decisions.TREE, decisions.PEOPLE)
    campaign = decisions.open_campaign("c", "H")
    decision = decisions.carry_out("1", ("MOVE", "K1", "H", {}))
    holds_cell = threading.Event()
    ask_for_campaigns = locking.hold_campaigns_of

    def ask_late(*asked, **named):
        holds_cell.set()
        wait_until_somebody_waits()
        return ask_for_campaigns(*asked, **named)

    def apply() -> None:
        assert holds_cell.wait(10)
        decisions.apply(campaign, decision)

    monkeypatch.setattr(locking, "hold_campaigns_of", ask_late)
    together(
        lambda: movements.transfer_member(
            member=person("P000"), unit=unit("K1"), on=decisions.JULY
        ),
        apply,
    )

    assert places_of(campaign)["P000"] == "K1"


def test_two_files_that_spell_new_units_differently_do_not_add_them_twice(monkeypatch):
    live("P - PROVINCE - -")
    here = contents("P - PROVINCE - -\nN P SUPERIOR - -\nN1 N CELL - -")
    there = contents("p - PROVINCE - -\nn p SUPERIOR - -\nn1 n CELL - -")
    has_looked = threading.Event()
    register = importing._register

    def register_late(*asked, **named):
        if not has_looked.is_set():
            has_looked.set()
            wait_until_somebody_waits()
        return register(*asked, **named)

    def import_other_case() -> None:
        assert has_looked.wait(10)
        imported(there, campaign_code="b", year=2023)

    monkeypatch.setattr(importing, "_register", register_late)
    together(lambda: imported(here, campaign_code="a"), import_other_case)

    assert set(PartyUnit.objects.values_list("code", flat=True)) == {"P", "N", "N1"}


def test_an_import_and_a_reorganisation_of_one_campaign_do_not_lock_each_other_out(
    monkeypatch,
):
    live(decisions.TREE)
    campaign = imported(contents("H - SUPERIOR - -"))
    decision = decisions.carry_out("1", ("MOVE", "K1", "H", {}))
    holds_campaign = threading.Event()
    register = importing._register

    def register_late(*asked, **named):
        holds_campaign.set()
        wait_until_somebody_waits()
        return register(*asked, **named)

    def reorganise() -> None:
        assert holds_campaign.wait(10)
        decisions.apply(campaign, decision)

    monkeypatch.setattr(importing, "_register", register_late)
    what = contents("H - SUPERIOR - -\nK1 H GRASSROOTS_CELL OTHER GOOD")
    together(lambda: imported(what), reorganise)

    codes = CampaignUnit.objects.filter(campaign=campaign).order_by("code")
    assert list(codes.values_list("code", flat=True)) == ["H", "K1"]


def test_a_decision_that_waits_for_a_unit_holds_none_that_comes_after_it():
    units = live(TREE)
    first, last = sorted((units["X1"], units["X2"]), key=lambda one: one.pk)
    decision = decisions.decide("1", ("MERGE", last.code, first.code, {}))
    is_taken, may_go = threading.Event(), threading.Event()

    def hold_first() -> None:
        with transaction.atomic():
            PartyUnit.objects.select_for_update(no_key=True).get(pk=first.pk)
            is_taken.set()
            assert may_go.wait(30)

    def carry_out() -> None:
        assert is_taken.wait(30)
        reorganising.carry_out(decision=decision, **BY_COMMAND)

    def look() -> None:
        assert is_taken.wait(30)
        try:
            wait_until_somebody_waits()
            assert not is_held(PartyUnit.objects.filter(pk=last.pk))
        finally:
            may_go.set()

    together(hold_first, carry_out, look)


def test_of_two_who_carry_out_one_decision_one_does():
    live(TREE)
    decision = decisions.decide("1", ("MOVE", "X2", "H", {}))
    told = []

    def carry_out() -> None:
        try:
            reorganising.carry_out(decision=decision, version=1, **BY_COMMAND)
            told.append("done")
        except UnitNotChangeable:
            told.append("refused")

    together(carry_out, carry_out)

    assert sorted(told) == ["done", "refused"]
    assert Event.objects.filter(action="units.decision_applied").count() == 1


@pytest.mark.parametrize("act", ["admitted", "dead"])
def test_a_movement_that_waits_for_a_campaign_holds_no_chain_of_the_log(act):
    units = live(TREE, PEOPLE)
    campaign = opening.create_campaign(
        code="c", name="c", year=2024, root_unit=units["H"], rule_set_code="qd124-2023"
    )
    opening.open_campaign(campaign=campaign, **BY_COMMAND)
    record(units["X1"], now=BY_COMMAND["now"])  # its chain has a head that can be held

    def fix_slowly() -> None:
        with transaction.atomic():
            Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
            wait_until_somebody_waits()
            assert not is_held(LogHead.objects.all())

    def follow() -> None:
        wait_until_somebody_holds(campaign)
        MOVEMENTS[act]()

    together(fix_slowly, follow)


def wait_until_somebody_holds(campaign: Campaign) -> None:
    while not is_held(Campaign.objects.filter(pk=campaign.pk)):
        time.sleep(0.02)


def test_a_change_of_a_whole_campaign_holds_every_unit():
    campaign = imported(contents())

    with tallies.changing_tree(campaign):
        for each in CampaignUnit.objects.filter(campaign=campaign):
            assert is_held(CampaignUnit.objects.filter(pk=each.pk))


def test_an_import_holds_its_campaign_from_the_first_look():
    campaign = imported(contents())

    with transaction.atomic():
        importing._existing(order())

        assert is_held(Campaign.objects.filter(pk=campaign.pk))


def test_units_are_held_however_the_file_spells_them():
    live(TREE)

    with transaction.atomic():
        locking.hold_codes(["x1", "ẋ2"])

        assert is_held(PartyUnit.objects.filter(code="X1"))
        assert is_held(PartyUnit.objects.filter(code="X2"))
        assert not is_held(PartyUnit.objects.filter(code="P"))  # the tree stays free


def test_nobody_closes_a_unit_while_somebody_is_appointed_there():
    units = live(TREE)

    with transaction.atomic():
        posts.appoint(
            unit=units["X1"],
            role=Role.CLERK,
            account=AccountFactory(),
            from_on=MAY,
            **BY_COMMAND,
        )

        assert is_held(PartyUnit.objects.filter(code="X1"))
        assert not is_held(PartyUnit.objects.filter(code="X2"))


def test_nobody_closes_a_cell_while_somebody_joins_it():
    units = live(TREE)

    with transaction.atomic():
        people.admit_member(
            unit=units["X1"], on=MAY, code="N1", full_name="Đỗ Thị Ơn", **BY_COMMAND
        )

        assert is_held(PartyUnit.objects.filter(code="X1"))
        assert not is_held(PartyUnit.objects.filter(code="X2"))
