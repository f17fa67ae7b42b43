"""What can never be true is refused by the database, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import (
    COUNTED,
    LEVEL_COLUMNS,
    REASON_COLUMNS,
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Tally,
)
from campaigns.models.tally import STATUS_COLUMNS
from campaigns.rulesets import available, load
from members.policy import NOBODY, SYSTEM, Actor
from tests import factories
from tests.small_worlds import DISTRICT, DISTRICT_PEOPLE, NOW, contents, imported

pytestmark = pytest.mark.django_db


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"state": "OPEN"}, "campaign_opens_with_its_rule_set"),
        (
            {"state": "OPEN", "opened_at": NOW},
            "campaign_opens_with_its_rule_set",
        ),
        (
            {"state": "ROLL_FIXED", "opened_at": NOW, "rule_set_resolved": {}},
            "campaign_roll_fixed_at_a_moment",
        ),
        (
            {
                "state": "CLOSED",
                "opened_at": NOW,
                "rule_set_resolved": {},
                "roll_fixed_at": NOW,
            },
            "campaign_closed_at_a_moment",
        ),
    ],
)
def test_a_campaign_has_what_its_state_says(columns, constraint):
    with refused(constraint):
        factories.CampaignFactory(**columns)


def test_a_campaign_code_is_there_once():
    factories.CampaignFactory(code="dot-2024")

    with refused("campaign_code_once"):
        factories.CampaignFactory(code="Dot-2024")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"status": "ASSESSED"}, "participant_assessed_means_a_level"),
        ({"level": "GOOD", "is_imported": True}, "participant_assessed_means_a_level"),
        (
            {"status": "ASSESSED", "level": "GOOD"},
            "participant_level_has_a_decider_or_an_import",
        ),
        (
            {"status": "ASSESSED", "level": "WEAK", "is_imported": True},
            "participant_level_is_one_that_members_have",
        ),
        (
            {"status": "ASSESSED", "level": "NOT_COMPLETED", "is_imported": True},
            "participant_reason_only_if_not_completed",
        ),
        (
            {
                "status": "ASSESSED",
                "level": "GOOD",
                "is_imported": True,
                "reason": "OTHER",
            },
            "participant_reason_only_if_not_completed",
        ),
        ({"reason": "OTHER"}, "participant_reason_only_if_not_completed"),
    ],
)
def test_a_result_that_contradicts_itself_is_refused(columns, constraint):
    with refused(constraint):
        factories.ParticipantFactory(**columns)


def test_a_level_needs_a_decider_or_an_import():
    unit = factories.CampaignUnitFactory()
    rated = {"status": "ASSESSED", "level": "GOOD"}

    factories.ParticipantFactory(campaign=unit.campaign, decided_by=unit, **rated)
    factories.ParticipantFactory(campaign=unit.campaign, is_imported=True, **rated)
    factories.CampaignBodyFactory(unit=unit, level="GOOD", decided_by=unit)

    other = factories.CampaignUnitFactory()
    with refused("campaignbody_level_has_a_decider_or_an_import"):
        factories.CampaignBodyFactory(unit=other, level="GOOD")


def test_a_person_is_in_a_campaign_once():
    one = factories.ParticipantFactory()

    with refused("participant_once_per_campaign"):
        factories.ParticipantFactory(campaign=one.campaign, member=one.member)


def test_a_person_is_in_one_place_at_a_time():
    here = factories.PlacementFactory()

    with refused("placement_at_most_one_open"), transaction.atomic():
        factories.PlacementFactory(participant=here.participant, unit=here.unit)
    factories.PlacementFactory(
        participant=here.participant, unit=here.unit, until_on=here.from_on
    )


def test_a_placement_does_not_end_before_it_begins():
    with refused("placement_ends_after_it_begins"):
        factories.PlacementFactory(until_on="2023-12-31")


def test_a_campaign_has_one_root_and_each_unit_once():
    root = factories.CampaignUnitFactory()

    with refused("campaignunit_one_root"), transaction.atomic():
        factories.CampaignUnitFactory(
            campaign=root.campaign, live_unit=factories.UnitFactory()
        )
    with refused("campaignunit_live_unit_once"), transaction.atomic():
        factories.CampaignUnitFactory(
            campaign=root.campaign, parent=root, live_unit=root.live_unit
        )
    with refused("campaignunit_path_once"), transaction.atomic():
        factories.CampaignUnitFactory(
            campaign=root.campaign, parent=root, path=root.path
        )


def test_a_unit_has_one_organisation_and_any_other_bodies():
    body = factories.CampaignBodyFactory()
    factories.CampaignBodyFactory(unit=body.unit, kind="LEADERSHIP")
    factories.CampaignBodyFactory(unit=body.unit, kind="LEADERSHIP")

    with refused("campaignbody_one_organisation_per_unit"):
        factories.CampaignBodyFactory(unit=body.unit)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"present": 1}, "tally_adds_up"),
        ({"good": 1}, "tally_adds_up"),
        ({"present": 2, "good": 1, "exempt": 2}, "tally_adds_up"),
        ({"present": 1, "not_completed": 1}, "tally_reasons_add_up"),
        ({"reason_other": 1}, "tally_reasons_add_up"),
        ({"present": -1, "good": -1}, "tally"),
    ],
)
def test_a_tally_that_does_not_add_up_is_refused(columns, constraint):
    with refused(constraint):
        factories.TallyFactory(**columns)


def test_every_counted_column_enters_the_sum_once():
    statuses, levels = STATUS_COLUMNS.values(), LEVEL_COLUMNS.values()
    counted = dict.fromkeys([*statuses, *levels], 1)

    factories.TallyFactory(**counted, present=len(counted), reason_other=1)

    row = Tally.objects.get()
    assert {column: getattr(row, column) for column in COUNTED} == {
        **dict.fromkeys(COUNTED, 0),
        **counted,
        "present": 12,
        "reason_other": 1,
    }


def test_organisations_have_no_reasons():
    factories.TallyFactory(subject="CELLS", present=1, not_completed=1)

    assert Tally.objects.count() == 1


@pytest.mark.parametrize("code", available())
def test_every_code_of_every_rule_set_has_its_column(code):
    rules = load(code)

    assert {*rules.members.codes, *rules.organisations.codes} <= set(LEVEL_COLUMNS)
    assert [reason.code for reason in rules.reasons] == list(REASON_COLUMNS)
    assert {status.code for status in rules.statuses} == {"ASSESSED", *STATUS_COLUMNS}


def test_the_longest_code_has_its_place():
    code = "ỡ" * 39 + "\U00020000"  # no text of forty letters takes more bytes
    imported(contents(f"{code} - CELL - -"))

    assert CampaignUnit.objects.get().code == code


MODELS = [Campaign, CampaignUnit, CampaignBody, Participant, Tally]


@pytest.mark.parametrize("model", MODELS)
def test_nobody_sees_nothing_and_the_server_everything(model):
    imported(contents(DISTRICT, DISTRICT_PEOPLE))

    assert not model.objects.visible_to(NOBODY).exists()
    assert model.objects.visible_to(SYSTEM).count() == model.objects.count() > 0


def test_a_member_without_a_post_sees_oneself_in_a_campaign_and_nobody_else():
    imported(contents(DISTRICT, DISTRICT_PEOPLE))
    me = Participant.objects.order_by("pk").first()
    actor = Actor(account_id=1, member_id=me.member_id)

    assert list(Participant.objects.visible_to(actor)) == [me]
    assert not CampaignUnit.objects.visible_to(actor).exists()
