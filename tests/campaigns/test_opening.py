"""Opening copies, the roll is fixed, and what is not allowed is refused."""

import threading
from datetime import date

import pytest
from django.db import transaction
from django.utils.translation import override

from campaigns import rulesets
from campaigns.models import Campaign, CampaignBody, CampaignUnit, Participant
from campaigns.services import movements, opening
from campaigns.services.opening import CampaignNotChangeable
from members.models import Event, PartyUnit
from members.policy import Role
from tests.factories import (
    GrassrootsFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    UnitFactory,
)
from tests.small_worlds import (
    BY_COMMAND,
    DISTRICT,
    DISTRICT_PEOPLE,
    NOW,
    contents,
    imported,
    live,
    places_of,
    recounted,
    tallies_of,
    together,
    tree_of,
)

pytestmark = pytest.mark.django_db


def draft(root: PartyUnit, **columns) -> Campaign:
    described = {"code": "dot-2024", "name": "Đợt 2024", "year": 2024}
    return opening.create_campaign(
        root_unit=root, rule_set_code="qd124-2023", **{**described, **columns}
    )


def opened(root: PartyUnit, **columns) -> Campaign:
    return opening.open_campaign(campaign=draft(root, **columns), **BY_COMMAND)


def test_opening_copies_the_units_exactly():
    units = live(DISTRICT, DISTRICT_PEOPLE)

    campaign = opened(units["H"])

    columns = ("code", "name", "kind", "sector", "parent__code")
    copies = CampaignUnit.objects.filter(campaign=campaign).order_by("code")
    assert list(copies.values_list(*columns)) == list(
        PartyUnit.objects.order_by("code").values_list(*columns)
    )
    assert dict(copies.values_list("code", "live_unit_id")) == {
        code: unit.pk for code, unit in units.items()
    }
    assert [copy.custodian_id for copy in copies] == [
        copy.live_unit_id for copy in copies
    ]
    assert dict(copies.values_list("code", "path")) == {
        "H": "0000001",
        "W": "00000010000001",
        "X": "00000010000002",
        "X1": "000000100000020000001",
        "X2": "000000100000020000002",
        "Y": "00000010000003",
        "Y1": "000000100000030000001",
        "Y2": "0000001000000300000010000001",
        "Z": "00000010000004",
    }
    assert dict(copies.values_list("code", "grassroots__code")) == {
        "H": None,
        "W": None,
        "X": "X",
        "X1": "X",
        "X2": "X",
        "Y": "Y",
        "Y1": "Y",
        "Y2": "Y",
        "Z": "Z",
    }


def test_opening_copies_the_people_exactly_and_rates_nobody():
    units = live(DISTRICT, DISTRICT_PEOPLE)

    campaign = opened(units["H"])

    columns = ("full_name", "sort_key", "born_on", "gender", "admitted_on")
    people = Participant.objects.filter(campaign=campaign).order_by("member__code")
    assert list(people.values_list(*columns, "official_on")) == list(
        people.values_list(*(f"member__{name}" for name in (*columns, "official_on")))
    )
    assert set(people.values_list("status", "level", "review_state", "presence")) == {
        ("NOT_REVIEWED", "", "NONE", "PRESENT")
    }
    assert list(places_of(campaign).values()) == (
        ["X1"] * 3 + ["X2"] * 3 + ["Y2"] * 2 + ["Z"] * 3 + ["W"]
    )
    assert set(CampaignBody.objects.values_list("kind", "level", "is_imported")) == {
        ("ORGANISATION", "", False)
    }
    assert tallies_of(campaign) == recounted(campaign)


def test_opening_leaves_out_what_is_closed_or_outside():
    units = live(DISTRICT, DISTRICT_PEOPLE)
    PartyUnit.objects.filter(code="Z").update(closed_on=date(2024, 1, 1))

    campaign = opened(units["X"])

    assert tree_of(campaign) == {"X": None, "X1": "X", "X2": "X"}
    assert set(places_of(campaign).values()) == {"X1", "X2"}


def test_a_unit_without_people_opens():
    units = live("Z - GRASSROOTS_CELL STATE_AGENCY -")

    assert (tree_of(opened(units["Z"])), Participant.objects.count()) == (
        {"Z": None},
        0,
    )


def test_a_closed_unit_is_no_root():
    units = live()
    PartyUnit.objects.filter(code="Z").update(closed_on=date(2024, 3, 1))

    with override("en"), pytest.raises(CampaignNotChangeable) as refusal:
        opened(units["Z"])

    assert str(refusal.value) == "Đơn vị Z was closed on 01/03/2024."


def test_opening_asks_the_same_few_queries_for_any_number(django_assert_num_queries):
    units = live(DISTRICT, DISTRICT_PEOPLE)
    small, large = draft(units["Z"], code="small"), draft(units["X"], code="large")

    for campaign in (small, large):
        with django_assert_num_queries(39):  # seven of them append the event
            opening.open_campaign(campaign=campaign, **BY_COMMAND)


def test_an_opened_campaign_lives_by_the_rule_set_it_was_opened_under(monkeypatch):
    units = live()
    campaign = opened(units["H"])
    rules, digest = campaign.rules, rulesets.sha256(rulesets.resolve("qd124-2023"))

    def gone(code):
        raise rulesets.UnknownRuleSet(code)

    for name in ("load", "resolve"):
        monkeypatch.setattr(rulesets, name, gone)
    kept = Campaign.objects.get(pk=campaign.pk)

    assert kept.rules == rules
    assert kept.rule_set_sha256 == digest == rulesets.sha256(kept.rule_set_resolved)
    with pytest.raises(rulesets.UnknownRuleSet):
        _ = draft(units["H"], code="later").rules


def test_both_acts_are_logged_with_counts():
    campaign = opened(live(DISTRICT, DISTRICT_PEOPLE)["H"])
    opening.fix_roll(campaign=campaign, **BY_COMMAND)

    assert list(Event.objects.order_by("pk").values_list("action", "data")) == [
        ("campaigns.opened", {"units": 9, "people": 12}),
        ("campaigns.roll_fixed", {"present": 12, "all": 12}),
    ]
    campaign.refresh_from_db()
    assert (campaign.state, campaign.opened_at, campaign.roll_fixed_at) == (
        "ROLL_FIXED",
        NOW,
        NOW,
    )


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("OPEN", opening.open_campaign),
        ("ROLL_FIXED", opening.open_campaign),
        ("CLOSED", opening.open_campaign),
        ("DRAFT", opening.fix_roll),
        ("ROLL_FIXED", opening.fix_roll),
        ("CLOSED", opening.fix_roll),
    ],
)
def test_an_act_out_of_its_turn_is_refused(state, act):
    campaign = opened(live()["H"])
    Campaign.objects.update(state=state, roll_fixed_at=NOW, closed_at=NOW)

    with override("en"), pytest.raises(CampaignNotChangeable) as refusal:
        act(campaign=campaign, **BY_COMMAND)

    label = {
        "DRAFT": "Being prepared",
        "OPEN": "Open",
        "ROLL_FIXED": "Roll fixed",
        "CLOSED": "Closed",
    }[state]
    assert str(refusal.value) == (
        f"“Đợt 2024” is in the state “{label}” and does not take this act."
    )


def test_a_taken_code_is_refused():
    units = live()
    draft(units["X"])

    with (
        override("en"),
        pytest.raises(CampaignNotChangeable, match="Dot-2024 is taken"),
    ):
        draft(units["Y"], code="Dot-2024")


@pytest.mark.parametrize(("first", "second"), [("X", "H"), ("H", "X"), ("X", "X")])
def test_a_second_campaign_of_the_year_over_the_same_unit_is_refused(first, second):
    units = live(DISTRICT, DISTRICT_PEOPLE)
    opened(units[first], name="Đợt của huyện")
    before = Participant.objects.count()

    with override("en"), pytest.raises(CampaignNotChangeable) as refusal:
        opened(units[second], code="other")

    assert str(refusal.value) == (
        "Đơn vị X takes part in “Đợt của huyện” of 2024 already: a unit is in one "
        "campaign a year."
    )
    assert Campaign.objects.get(code="other").state == "DRAFT"
    assert Participant.objects.count() == before


def test_other_years_and_units_beside_are_no_overlap():
    units = live()
    for code, root, year in (("a", "X", 2024), ("b", "Y", 2024), ("c", "H", 2025)):
        opened(units[root], code=code, year=year)

    assert Campaign.objects.filter(state="OPEN").count() == 3


def test_an_imported_campaign_stands_in_the_way_as_well():
    campaign = imported(contents(), name="Kết quả 2024")
    root = campaign.root_unit

    with pytest.raises(CampaignNotChangeable, match="Kết quả 2024"):
        opened(root, code="other")


@pytest.mark.django_db(transaction=True)
def test_of_two_campaigns_opened_at_once_over_one_unit_one_is_refused():
    units = live()
    campaigns = [draft(units["H"], code="a"), draft(units["X"], code="b")]
    checked, wrote = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            opening.open_campaign(campaign=campaigns[0], **BY_COMMAND)
            checked.set()
            # The other one asks while this one is written and not yet to be seen.
            assert not wrote.wait(0.5)

    def second() -> None:
        assert checked.wait(10)
        try:
            opening.open_campaign(campaign=campaigns[1], **BY_COMMAND)
        finally:
            wrote.set()

    with pytest.raises(CampaignNotChangeable):
        together(first, second)

    assert list(Campaign.objects.order_by("code").values_list("state", flat=True)) == [
        "OPEN",
        "DRAFT",
    ]


def test_the_level_of_exemplary_responsibility_is_copied_as_it_counts_now():
    unit = GrassrootsFactory()
    cell = UnitFactory(parent=unit)
    head, officer, _other = (MemberFactory(code=code, cell=cell) for code in "abc")
    PostFactory(account=None, member=head, unit=unit, role=Role.SECRETARY)
    PostFactory(account=None, member=officer, unit=cell, role=Role.COMMITTEE_MEMBER)
    campaign = opened(unit)
    late = MemberFactory(code="d")
    PostFactory(account=None, member=late, unit=unit, role=Role.DEPUTY_SECRETARY)
    MembershipFactory(member=late, unit=UnitFactory())
    movements.transfer_member(member=late, unit=cell, on=date(2024, 12, 2))

    people = Participant.objects.filter(campaign=campaign).order_by("member__code")
    assert list(people.values_list("member__code", "exemplarity")) == [
        ("a", "HEAD"),
        ("b", "OFFICER"),
        ("c", "MEMBER"),
        ("d", "OFFICER"),
    ]
