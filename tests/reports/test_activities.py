"""The roll-up as a file says what was done in the year, out of what is due."""

import json
from datetime import date

import jsonschema
import pytest

from campaigns.models import Participant
from campaigns.services import tallies
from reports.queries.activities import done_in_the_year
from reports.services.sources import json_of, source_of
from tests.campaigns.work_worlds import cell_at_work
from tests.factories import (
    ActivityFactory,
    CampaignBodyFactory,
    CampaignUnitFactory,
    CommendationFactory,
    DisciplineFactory,
    InspectionFactory,
    MemberFactory,
    PlanTaskFactory,
    ProgrammeFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
)
from tests.reports.schemas import ROLLUP_VALIDATOR

pytestmark = pytest.mark.django_db

DAY = date(2024, 5, 5)


def written(unit):
    return json.loads(json_of(source_of(unit, language="vi")))


@pytest.fixture
def world():
    made = cell_at_work()
    for unit in (made.committee, made.cell):
        CampaignBodyFactory(unit=unit)
    return made


def a_year_of(world):
    """One of three has studied, pledged; one of two programmes; one of two tasks."""
    person, other, _third = world.people
    document = StudyDocumentFactory(unit=world.committee)
    session = StudySessionFactory(unit=world.cell, documents=[document])
    StudyAttendanceFactory(session=session, participant=person)
    StudyAttendanceFactory(session=session, participant=other, how="ABSENT")
    ActivityFactory(unit=world.cell)
    ProgrammeFactory(unit=world.cell, state="ADOPTED", adopted_on=DAY)
    ProgrammeFactory(unit=world.committee)
    PlanTaskFactory(campaign=world.campaign, unit=None, result="DONE")
    PlanTaskFactory(campaign=world.campaign, unit=world.cell)
    Participant.objects.filter(pk=person.pk).update(pledge_state="CONFIRMED")
    tallies.recount_campaign(world.campaign)
    live = world.cell.live_unit
    InspectionFactory(unit=live, subject=live, on=DAY)
    DisciplineFactory(unit=live, subject=live, on=DAY, member=MemberFactory(cell=live))
    CommendationFactory(unit=live, subject=live, on=date(2023, 12, 31))


def test_the_year_of_a_unit_with_all_below_it(world):
    a_year_of(world)

    root, cell = written(world.committee), written(world.cell)

    for each in (root, cell):
        ROLLUP_VALIDATOR.validate(each)
    activities = root["activities"]
    assert {
        key: activities[key]
        for key in ("study", "seminars", "plans", "programmes", "pledges")
    } == {
        "study": {"people": {"done": 1, "due": 3}, "sessions": 1},
        "seminars": 1,
        "plans": {"tasks": {"done": 1, "due": 2}},
        "programmes": {"units": {"done": 1, "due": 2}, "approved": 0},
        "pledges": {
            "people": {"done": 1, "due": 3},
            "units": {"done": 0, "due": 1},
        },
    }
    assert cell["activities"]["plans"] == {"tasks": {"done": 0, "due": 1}}
    assert cell["activities"]["programmes"]["units"] == {"done": 1, "due": 1}


def test_what_was_recorded_in_the_calendar_year(world):
    a_year_of(world)

    activities = written(world.committee)["activities"]

    assert activities["discipline"] == {"organisations": 0, "members": 1, "expelled": 0}
    assert activities["commendations"] == {"organisations": 0, "members": 0}
    visits = [
        activities[key] for key in ("inspection", "signs", "supervision", "state")
    ]
    assert sorted(each["visits"] for each in visits) == [0, 0, 0, 1]
    assert activities["inspection_programme"] == {
        "planned": 0,
        "done": 0,
        "unplanned": 1,
    }


def test_a_cell_is_through_once_every_pledge_is_confirmed(world):
    Participant.objects.update(pledge_state="CONFIRMED")
    tallies.recount_campaign(world.campaign)

    pledges = written(world.cell)["activities"]["pledges"]

    assert pledges == {"people": {"done": 3, "due": 3}, "units": {"done": 1, "due": 1}}


@pytest.mark.parametrize("size", [1, 3])
def test_a_year_takes_the_same_queries_for_any_size(
    world, django_assert_num_queries, size
):
    a_year_of(world)
    for _ in range(size):
        CampaignUnitFactory(campaign=world.campaign, parent=world.committee)
        StudyDocumentFactory(unit=world.committee)

    with django_assert_num_queries(21):
        done_in_the_year(world.committee)


def test_what_is_done_changes_no_digest_of_the_figures(world):
    before = source_of(world.committee, language="vi").figures_digest
    ActivityFactory(unit=world.cell)

    assert source_of(world.committee, language="vi").figures_digest == before


def test_the_schema_knows_every_count(world):
    rollup = written(world.committee)
    rollup["activities"]["praise"] = 1

    with pytest.raises(jsonschema.ValidationError, match="praise"):
        ROLLUP_VALIDATOR.validate(rollup)
