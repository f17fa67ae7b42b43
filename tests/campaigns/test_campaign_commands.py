"""`open_campaign` and `fix_roll`: the two dated acts on a server's own line."""

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from campaigns.models import Campaign
from members.models import Event
from tests.campaigns.movement_worlds import PEOPLE, TREE
from tests.small_worlds import live

pytestmark = pytest.mark.django_db

WHAT = {"name": "Năm 2024", "year": 2024, "unit": "H", "rule_set": "qd124-2023"}


@pytest.fixture(autouse=True)
def world():
    with override("en"):
        yield live(TREE, PEOPLE)


def refusal(command: str, *arguments, **options) -> str:
    with pytest.raises(CommandError) as refused:
        call_command(command, *arguments, **options)
    return str(refused.value)


def test_a_campaign_opens_and_its_roll_is_fixed(capsys):
    call_command("open_campaign", "h-2024", **WHAT)
    call_command("fix_roll", campaign="H-2024")

    assert capsys.readouterr().out.splitlines() == [
        "h-2024 is open with 4 units.",
        "The roll of h-2024 is fixed with 3 members.",
    ]
    campaign = Campaign.objects.get()
    assert (campaign.state, campaign.mode) == ("ROLL_FIXED", "FULL_TEXT")
    reasons = Event.objects.exclude(system_reason="").order_by("pk")
    assert list(reasons.values_list("system_reason", flat=True)) == [
        "open_campaign",
        "fix_roll",
    ]


def test_only_results_may_be_wanted():
    call_command("open_campaign", "h-2024", **WHAT, results_only=True)

    assert Campaign.objects.get().mode == "RESULTS_ONLY"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"unit": "?"}, "There is no open unit of the code ?."),
        ({"year": 1999}, "--year: The year is 2008 or later."),
        ({"rule_set": "x"}, "--rule-set: there is no “x”"),
        ({"name": " "}, "--name: This field is required."),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_draft(changes, why):
    assert refusal("open_campaign", "h-2024", **{**WHAT, **changes}).startswith(why)
    assert not Campaign.objects.exists()


def test_a_unit_is_in_one_campaign_a_year_and_no_draft_is_left():
    call_command("open_campaign", "p-2024", **{**WHAT, "unit": "P"})

    assert "Năm 2024" in refusal("open_campaign", "h-2024", **WHAT)
    assert Campaign.objects.count() == 1


def test_a_roll_is_fixed_once():
    call_command("open_campaign", "h-2024", **WHAT)
    call_command("fix_roll", campaign="h-2024")

    assert "does not take this act" in refusal("fix_roll", campaign="h-2024")
    assert refusal("fix_roll", campaign="x") == "There is no campaign with the code x."
