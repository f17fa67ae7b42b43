"""The lines of a cell's year: what counts, and what came of it."""

from datetime import date

import pytest

from campaigns.lifecycle import State
from campaigns.models import Meeting, Participant
from campaigns.queries import todo
from campaigns.queries.steps_taken import spans_of_unit
from campaigns.services.tallies import changing
from campaigns.steps import Step
from members.queries import actor_for
from tests.campaigns.todo.days import TODAY, placed, secretary
from tests.factories import (
    NOON,
    CampaignFactory,
    CampaignUnitFactory,
    MeetingFactory,
    PhaseFactory,
)

pytestmark = pytest.mark.django_db


def year_lines(cell, today=TODAY):
    actor = actor_for(secretary(cell))
    lines = todo.year_of(cell, actor, spans_of_unit(cell), today)
    return [line.state for line in lines]


def test_results_imported_for_a_later_year_are_not_the_work_of_today(cell, phase):
    later = CampaignFactory(
        year=cell.campaign.year + 1,
        root_unit=cell.campaign.root_unit,
        state=State.OPEN,
        opened_at=NOON,
        rule_set_resolved={},
        rule_set_sha256="x",
        only_imported=True,
    )
    CampaignUnitFactory(campaign=later, live_unit=cell.live_unit)

    place = todo.place_of(actor_for(secretary(cell)), today=TODAY)

    assert place.unit == cell


@pytest.mark.parametrize(
    ("until_on", "is_later"),
    [
        (None, False),  # the later one has no step yet
        (date(2024, 3, 30), True),  # its step ends before
        (date(2024, 4, 20), False),  # and here after
        (date(2024, 3, 20), False),  # it is over
    ],
)
def test_of_two_campaigns_the_one_whose_step_ends_first_is_shown(
    cell, phase, until_on, is_later
):
    later = CampaignFactory(
        year=cell.campaign.year + 1,
        root_unit=cell.campaign.root_unit,
        state=State.OPEN,
        opened_at=NOON,
        rule_set_resolved={},
        rule_set_sha256="x",
    )
    beside = CampaignUnitFactory(campaign=later, live_unit=cell.live_unit)
    if until_on:
        PhaseFactory(campaign=later, from_on=date(2024, 1, 1), until_on=until_on)

    place = todo.place_of(actor_for(secretary(cell)), today=TODAY)

    assert place.unit == (beside if is_later else cell)


def test_the_year_counts_those_who_owe_and_names_who_does_not(cell, phase):
    _done, exempt = placed(cell, "CONFIRMED", "NONE")
    with changing([cell.pk]):
        Participant.objects.filter(pk=exempt.pk).update(status="EXEMPT")

    pledges, _months, reviews, *_rest = year_lines(cell)

    assert (pledges, reviews) == ("done 1/1 (1 owes none)", "0/1 (1 owes none)")


def test_after_its_year_a_campaign_says_what_was_and_not_what_comes(cell, phase):
    PhaseFactory(
        campaign=cell.campaign, step=Step.REVIEW_MEETING, until_on=date(2024, 12, 21)
    )
    for day in (date(2024, 3, 4), date(2024, 3, 20), date(2024, 5, 6)):
        MeetingFactory(unit=cell, on=day, state=Meeting.State.HELD)
    MeetingFactory(unit=cell, on=date(2025, 1, 9), state=Meeting.State.HELD)

    assert year_lines(cell)[3] == "by 20/12/2024"
    _pledges, months, _reviews, meeting, *_rest = year_lines(cell, date(2025, 1, 10))
    assert months == "held in 2 months of 2024"
    assert meeting == "over since 20/12/2024"


@pytest.mark.parametrize("kind", ["CELL", "GRASSROOTS_CELL"])
def test_each_kind_of_cell_has_the_seven_lines_of_its_year(cell, kind):
    cell.kind = kind
    cell.save()
    actor = actor_for(secretary(cell))

    year = todo.year_of(cell, actor, spans_of_unit(cell), TODAY)

    assert len(year) == 7
