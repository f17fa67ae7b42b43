"""`load_scenario`: a published campaign with invented people, by its name."""

import pytest
from django.core.management import CommandError, call_command

from campaigns.contents import NO_PARENT
from campaigns.models import Campaign, SummaryConference
from members.models import Event, Letterhead
from reviews import scenarios
from reviews.management.commands.load_scenario import Command
from tests.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NAME = "kon-ray-2022"


def test_the_campaigns_code_is_the_scenarios_name(capsys):
    call_command("load_scenario", NAME)

    campaign, scenario = Campaign.objects.get(), scenarios.load(NAME)
    assert (campaign.code, campaign.year, campaign.rule_set_code, campaign.name) == (
        NAME,
        scenario.year,
        scenario.rule_set,
        scenario.title.vi,
    )
    event = Event.objects.get(action="results.created")
    assert (event.system_reason, event.account) == ("load_scenario", None)
    told = capsys.readouterr()
    assert told.out == "kon-ray-2022: 159 new units, 2180 new members.\n"
    assert told.err.splitlines()[-1] == "kon-ray-2022: 100 %"


def test_the_report_has_the_issuers_letterhead():
    call_command("load_scenario", NAME)

    letterhead, issuer = Letterhead.objects.get(), scenarios.load(NAME).issuer
    assert (letterhead.superior, letterhead.issuer, letterhead.place) == (
        issuer.superior,
        issuer.name,
        issuer.place,
    )
    assert letterhead.unit == Campaign.objects.get().root_unit


def test_loaded_again_it_changes_nothing_and_says_so(capsys):
    call_command("load_scenario", NAME)
    Letterhead.objects.update(place="Tân Lập")

    call_command("load_scenario", NAME)

    assert Campaign.objects.get().version == 1
    assert Letterhead.objects.get().place == "Tân Lập"
    said = f"{NAME} is loaded already; nothing was changed."
    assert capsys.readouterr().out.splitlines()[-1] == said


def test_a_campaign_that_was_worked_on_is_not_loaded_again():
    call_command("load_scenario", NAME)
    Campaign.objects.update(only_imported=False)

    with pytest.raises(CommandError) as refused:
        call_command("load_scenario", NAME)

    assert "has been worked on since" in str(refused.value)


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(CommandError) as refused:
        call_command("load_scenario", "atlantis-2022")

    assert str(refused.value) == (
        "name: there is no “atlantis-2022”, only kon-ray-2022, nghe-an-khoi-2019, "
        "quang-binh-khoi-2020, quang-ngai-khoi-2017, yen-lac-2018."
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["atlantis-2022"], 1), ([], 1), (["--what"], 1), (["--help"], 0)],
    ids=["unknown", "missing", "no such option", "help"],
)
def test_whatever_is_refused_ends_with_1(arguments, code, capsys):
    with pytest.raises(SystemExit) as ended:
        Command().run_from_argv(["manage.py", "load_scenario", *arguments])

    assert ended.value.code == code


def test_units_of_the_registry_are_found_by_any_spelling_of_their_codes():
    units = scenarios.build(scenarios.load("nghe-an-khoi-2019")).units
    at = units.parent.index(NO_PARENT)
    known = UnitFactory(code=units.code[at].lower(), kind=units.kind[at])

    call_command("load_scenario", "nghe-an-khoi-2019")

    assert known.code != units.code[at]
    assert Campaign.objects.get().root_unit == known
    assert SummaryConference.objects.get().unit == known
