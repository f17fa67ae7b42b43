"""What is missing in a year, and counts of meetings by ranges of paths."""

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from campaigns.models import Campaign, CampaignUnit
from campaigns.queries import meetings as queries
from campaigns.queries.meeting_counts import (
    RatingCounts,
    TaskCounts,
    lines_below,
    meetings_held,
    ratings_of,
    tasks_given,
)
from members import queries as registry
from members.policy import Role
from tests.factories import (
    AccountFactory,
    AttendanceFactory,
    CampaignBodyFactory,
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    MeetingFactory,
    MeetingRatingFactory,
    MeetingTaskFactory,
    PlacementFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 15)


@pytest.fixture
def committee():
    campaign = CampaignFactory(
        root_unit=GrassrootsFactory(),
        state=Campaign.State.OPEN,
        opened_at=datetime(2024, 1, 31, 18, tzinfo=UTC),  # February in Vietnam
        rule_set_resolved={},
    )
    return CampaignUnitFactory(campaign=campaign)


@pytest.fixture
def cells(committee):
    return [
        CampaignUnitFactory(campaign=committee.campaign, parent=committee)
        for _ in range(2)
    ]


def held(unit, month, **columns):
    plain = {"on": date(2024, month, 5), "state": "HELD"}
    return MeetingFactory(unit=unit, **{**plain, **columns})


def of_month(*months):
    return [date(2024, month, 1) for month in months]


def test_months_from_the_opening_that_are_over_lack_their_regular_meeting(cells):
    cell = CampaignUnit.objects.select_related("campaign").get(pk=cells[0].pk)
    lacking = queries.months_lacking(cell, of_month(3), today=TODAY)

    assert lacking == of_month(2, 4, 5)


def test_a_committee_lacks_no_month(committee):
    assert queries.months_lacking(committee, [], today=TODAY) == []


def test_the_year_has_twelve_months_and_those_before_with_meetings(cells):
    cell = cells[0]
    before = held(cell, 3, on=date(2023, 12, 20))
    regular = held(cell, 2, state="SIGNED")
    topic = held(cell, 4, kind="THEMATIC")
    MeetingRatingFactory(meeting=regular, degree="Tốt")
    person = PlacementFactory(unit=cell).participant
    AttendanceFactory(meeting=topic, participant=person, state="LATE")
    actor = registry.actor_for(AccountFactory(member=person.member))

    year = queries.year_of(cell, actor, today=TODAY)

    assert [month.first for month in year] == [
        date(2023, 12, 1),
        *of_month(*range(1, 13)),
    ]
    assert [month.first for month in year if month.lacks] == of_month(3, 4, 5)
    lines = [
        (line.meeting, line.degree, line.own) for month in year for line in month.lines
    ]
    assert lines == [
        (before, "", ""),
        (regular, "Tốt", ""),
        (topic, "", "Đến muộn"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_year_takes_as_many_queries_however_many_meetings(
    cells, count, django_assert_num_queries
):
    for month in range(1, count + 1):
        MeetingRatingFactory(meeting=held(cells[0], month))
    secretary = PostFactory(unit=cells[0].custodian, role=Role.SECRETARY).account
    actor = registry.actor_for(secretary)
    with django_assert_num_queries(2):
        queries.year_of(cells[0], actor, today=TODAY)


def test_several_months_missing_are_due_for_the_committee_of_the_cell_alone(
    committee, cells
):
    first, second = cells
    for month in (2, 3):
        held(first, month)
    for month in (2, 3, 4):
        held(second, month)
    held(second, 5, kind="THEMATIC")

    def due(unit, role):
        account = PostFactory(unit=unit.custodian, role=role).account
        found = queries.due_meetings(registry.actor_for(account), today=TODAY)
        return [(each.unit, each.months) for each in found]

    assert due(first, Role.SECRETARY) == [(first, of_month(4, 5))]
    assert due(second, Role.SECRETARY) == []  # one month is not several
    for role in (Role.SECRETARY, Role.CLERK, Role.INSPECTION_COMMISSION):
        assert due(committee, role) == []


def test_meetings_are_counted_by_month_and_kind_below_a_unit(committee, cells):
    first, second = cells
    held(first, 2)
    held(first, 2, kind="THEMATIC")
    held(first, 3, state="SIGNED")
    held(second, 2)
    held(committee, 2)
    held(first, 4, state="PLANNED")
    held(first, 4, state="CANCELLED", reason="Bão")
    held(first, 4, body=CampaignBodyFactory(unit=first, kind="AUTHORITY"))

    regular, topic = (2024, 2, "REGULAR"), (2024, 2, "THEMATIC")
    assert meetings_held(committee) == {
        committee.path: Counter({regular: 1}),
        first.path: Counter({regular: 1, topic: 1, (2024, 3, "REGULAR"): 1}),
        second.path: Counter({regular: 1}),
    }
    assert meetings_held(second) == {second.path: Counter({regular: 1})}


def test_ratings_are_summed_and_averaged_half_up(committee, cells):
    for given in (80, 85):
        MeetingRatingFactory(meeting=held(cells[0], 2), given=given, most=200)

    assert ratings_of(committee) == {cells[0].path: RatingCounts(2, 165, 400)}
    assert RatingCounts(2, 165, 400).average == Decimal("41.3")
    assert RatingCounts().average is None
    assert RatingCounts(1, 2, 3) + RatingCounts(1, 1, 1) == RatingCounts(2, 3, 4)


def test_tasks_are_counted_and_due_from_their_day_on(committee, cells):
    meeting = held(cells[0], 2)
    for columns in (
        {"due_on": TODAY},
        {"due_on": date(2024, 6, 16)},
        {"result": "DONE", "checked_at": meeting},
        {"result": "NOT_DONE", "checked_at": meeting},
    ):
        MeetingTaskFactory(meeting=meeting, **columns)

    counts = TaskCounts(given=4, done=1, not_done=1, due=1)
    assert tasks_given(committee, today=TODAY) == {cells[0].path: counts}
    assert counts + counts == TaskCounts(8, 2, 2, 2)


def test_a_line_for_each_unit_below_takes_three_queries(
    committee, cells, django_assert_num_queries
):
    MeetingRatingFactory(meeting=held(cells[0], 2))
    held(cells[0], 3, kind="EXTRAORDINARY")

    with django_assert_num_queries(3):
        lines = lines_below(committee, cells, today=TODAY)

    assert [(line.regular, line.others) for line in lines] == [(1, 1), (0, 0)]
    assert [line.ratings.meetings for line in lines] == [1, 0]
