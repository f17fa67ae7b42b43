"""A slip of the hand in a year does not put a meeting where it counts nowhere."""

from datetime import UTC, date, datetime

import pytest

from campaigns.models import Campaign, Meeting
from campaigns.queries.plans import duties_in
from campaigns.services.meetings import planning
from campaigns.services.meetings.shared import MeetingNotChangeable
from campaigns.steps import Step, is_of_year
from members import queries as registry
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    MeetingFactory,
)

NOW = datetime(2024, 6, 1, 5, tzinfo=UTC)
TODAY = date(2024, 6, 1)


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        pytest.param(date(2023, 11, 1), TODAY, True, id="the first day"),
        pytest.param(date(2023, 10, 31), TODAY, False, id="the day before"),
        pytest.param(date(2025, 6, 30), TODAY, True, id="the last day"),
        pytest.param(date(2025, 7, 1), TODAY, False, id="after it, to come"),
        pytest.param(date(2025, 7, 1), date(2025, 7, 1), True, id="after it, today"),
        pytest.param(date(2062, 3, 5), TODAY, False, id="two figures exchanged"),
    ],
)
def test_what_is_of_a_year(on, today, expected):
    assert is_of_year(on, 2024, today=today) is expected


@pytest.mark.django_db
def test_a_meeting_of_another_year_is_neither_planned_nor_moved_there():
    campaign = CampaignFactory(
        state="OPEN", opened_at=NOW, rule_set_resolved={}, year=2024
    )
    cell = CampaignUnitFactory(campaign=campaign)
    by = {"actor": registry.actor_for(AccountFactory()), "now": NOW}
    meeting = MeetingFactory(unit=cell, on=date(2024, 3, 5))
    for on in (date(1950, 1, 1), date(2062, 3, 5)):
        facts = {"kind": "REGULAR", "on": on}
        with pytest.raises(MeetingNotChangeable) as refused:
            planning.plan_meeting(unit=cell, facts=facts, agenda=[], **by)
        assert refused.value.column == "on"
        with pytest.raises(MeetingNotChangeable):
            planning.change_plan(
                meeting=meeting, version=1, facts=facts, agenda=[], **by
            )
    assert Meeting.objects.get().on == date(2024, 3, 5)


def test_the_preview_says_paper_where_no_texts_are_entered():
    typed, on_paper = (
        duties_in(Step.PLEDGE, Campaign(mode=mode))
        for mode in ("FULL_TEXT", "RESULTS_ONLY")
    )
    assert [str(each) for each in typed] == [
        "Viết bản cam kết và gửi chi bộ.",
        "Xác nhận bản cam kết, hoặc trả lại kèm góp ý.",
    ]
    assert all("giấy" in str(each) for each in on_paper)
    assert duties_in(Step.STUDY, Campaign(mode="FULL_TEXT")) == duties_in(
        Step.STUDY, Campaign(mode="RESULTS_ONLY")
    )
