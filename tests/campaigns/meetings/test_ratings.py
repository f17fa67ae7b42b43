"""Meetings rated by the criteria of a sheet."""

from datetime import date

import pytest

from campaigns.queries import meetings as queries
from campaigns.services.meetings import rating
from campaigns.services.meetings.shared import MeetingNotChangeable
from members.services.versions import ChangedMeanwhile
from tests.campaigns.meetings.acts import BY, hold
from tests.factories import MeetingSheetFactory

pytestmark = pytest.mark.django_db
DEGREES = [{"name": "Tốt", "least": 90}, {"name": "Khá", "least": 0}]


@pytest.mark.parametrize(
    ("given", "most", "degree"),
    [(90, 100, "Tốt"), (89, 100, "Khá"), (45, 50, "Tốt"), (0, 50, "Khá")],
)
def test_the_degree_is_by_points_of_a_hundred(given, most, degree):
    assert rating.degree_of(DEGREES, given=given, most=most) == degree


def test_a_meeting_is_rated_on_the_nearest_sheet_which_it_keeps(cell, meeting):
    MeetingSheetFactory(unit=cell.parent)
    sheet = queries.sheet_for(cell)
    rate = {"meeting": meeting, "sheet": sheet, "on": date(2024, 3, 6), **BY}
    with pytest.raises(MeetingNotChangeable, match="đã họp"):
        rating.rate_meeting(version=1, points=[50, 40], **rate)
    hold(meeting)
    made = rating.rate_meeting(version=2, points=[50, 40], **rate)

    rating.write_sheet(
        unit=cell.parent,
        version=1,
        facts={"basis": "HD 4", "criteria": [{"most": 1, "text": "Khác"}]},
        **BY,
    )
    made.refresh_from_db()
    assert made.lines == [
        {"most": 60, "text": "Đúng kỳ, đủ thành phần", "given": 50},
        {"most": 40, "text": "Thảo luận dân chủ", "given": 40},
    ]
    assert (made.given, made.most, made.degree) == (90, 100, "Tốt")
    own = MeetingSheetFactory(unit=cell)
    assert queries.sheet_for(cell) == own


def test_of_two_who_write_a_sheet_the_second_is_told(cell):
    facts = {"basis": "HD", "criteria": [], "degrees": []}
    rating.write_sheet(unit=cell, version=0, facts=facts, **BY)

    with pytest.raises(ChangedMeanwhile):
        rating.write_sheet(unit=cell, version=0, facts={**facts, "basis": "X"}, **BY)
