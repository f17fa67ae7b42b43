"""Each scenario, loaded as a user loads it: the counts of records show its figures."""

import pytest
from django.core.management import call_command

from campaigns import figures
from campaigns.figures import Period
from campaigns.models import (
    Commendation,
    ConferenceDelegation,
    ConferenceTask,
    SummaryConference,
)
from campaigns.queries.record_figures import activities_of, since_the_term_began
from campaigns.queries.records import tasks_to_copy
from members.models import PartyUnit
from reviews import scenarios
from reviews.scenarios.records import RecordFigure

pytestmark = pytest.mark.django_db

HELD = {"nghe-an-khoi-2019": 13, "yen-lac-2018": 5}


def counted(name: str, period: Period) -> dict[str, int]:
    root = PartyUnit.objects.get(code=scenarios.load(name).root.code)
    return dict(figures.leaves(activities_of(root, period)))


def figures_of(name: str) -> tuple[RecordFigure, ...]:
    records = scenarios.load(name).records
    return records.figures if records else ()


@pytest.mark.parametrize("name", HELD)
def test_the_counts_show_every_figure(name: str):
    call_command("load_scenario", name)

    assert {
        each.key: counted(name, Period(each.from_on, each.until_on))[each.path]
        for each in figures_of(name)
    } == {each.key: each.value for each in figures_of(name)}


def test_as_many_figures_are_shown_as_the_scenarios_hold():
    held = {name: len(figures_of(name)) for name in scenarios.names()}

    assert {name: count for name, count in held.items() if count} == HELD


def test_three_counts_are_no_sum_and_the_term_goes_on_from_its_congress():
    call_command("load_scenario", "nghe-an-khoi-2019")
    root = PartyUnit.objects.get(code="NAK")
    term = since_the_term_began(root, Period.of_year(2019).until_on)

    assert term is not None
    year, all_term = (
        activities_of(root, Period.of_year(2019)),
        activities_of(root, term),
    )
    assert (year.admitted, all_term.admitted) == (152, 837)
    signs = year.group("SIGNS")
    assert (
        year.group("INSPECTION").visits,
        year.group("SUPERVISION").organisations,
        signs.organisations,
        signs.members,
    ) == (277, 71, 2, 7)


def test_the_conference_of_nghe_an_is_recorded_with_what_it_handed_out():
    call_command("load_scenario", "nghe-an-khoi-2019")
    conference = SummaryConference.objects.get()
    given = Commendation.objects.filter(conference=conference)

    assert f"{conference.on:%d/%m/%Y}" == "25/12/2019"
    assert given.count() == 51
    assert ConferenceDelegation.objects.filter(conference=conference).count() == 3
    assert [task.text for task in tasks_to_copy(conference.unit, 2020)] == list(
        ConferenceTask.objects.order_by("position").values_list("text", flat=True)
    )
    assert tasks_to_copy(conference.unit, 2019) == []


def test_records_of_a_scenario_are_written_once():
    call_command("load_scenario", "nghe-an-khoi-2019")
    call_command("load_scenario", "nghe-an-khoi-2019")

    assert counted("nghe-an-khoi-2019", Period.of_year(2019))["admissions"] == 152
    assert SummaryConference.objects.count() == 1
