"""A peak that was held at a meeting: the meeting is its record."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.models import CampaignBody, Meeting, PeakDay
from campaigns.queries.peaks import peak_board
from campaigns.services import peaks
from campaigns.services.plans import PlanNotChangeable
from members.row_security import asked_by
from tests.campaigns.work_worlds import cell_at_work
from tests.clients import client_of
from tests.factories import (
    CampaignBodyFactory,
    MeetingFactory,
    MeetingTaskFactory,
    PeakDayFactory,
    PeakFactory,
)
from tests.restricted import restricted

pytestmark = pytest.mark.django_db
HELD = {"state": "HELD", "expected": 20, "present": 18}


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def peak(world):
    return PeakFactory(
        campaign=world.campaign, from_on=date(2024, 2, 1), until_on=date(2024, 3, 11)
    )


@pytest.fixture
def meeting(world):
    return MeetingFactory(unit=world.cell, on=date(2024, 2, 3), **HELD)


def set_day(world, peak, *, meeting, unit=None, body=None, **more):
    facts = {
        "on": None, "is_held": False, "attendance": None, "outcome": "", "version": 0,
    } | more  # fmt: skip
    return peaks.set_day(
        peak=peak, unit=unit or world.cell, body=body, meeting=meeting, **facts,
        **world.by_secretary,
    )  # fmt: skip


def test_day_and_headcount_are_those_of_the_meeting(world, peak, meeting):
    day = set_day(
        world,
        peak,
        meeting=meeting,
        on=date(2024, 2, 9),
        attendance=7,
        outcome="Rà soát",
    )
    assert (day.held_on, day.people_present, day.is_held) == (meeting.on, 18, True)
    assert (day.on, day.attendance, day.outcome) == (meeting.on, None, "Rà soát")

    Meeting.objects.update(on=date(2024, 2, 4), present=17)
    day = PeakDay.objects.get()
    assert (day.held_on, day.people_present) == (date(2024, 2, 4), 17)


def test_only_a_meeting_that_was_held_here_in_the_window_is_taken(world, peak, meeting):
    body = CampaignBodyFactory(unit=world.cell, kind="AUTHORITY", name="UBND xã")
    for other in (
        MeetingFactory(unit=world.committee, on=date(2024, 2, 3), **HELD),
        MeetingFactory(unit=world.cell, body=body, on=date(2024, 2, 3), **HELD),
        MeetingFactory(unit=world.cell, on=date(2024, 2, 3), state="PLANNED"),
    ):
        with pytest.raises(PlanNotChangeable) as refusal:
            set_day(world, peak, meeting=other)
        assert refusal.value.column == "meeting"
    late = MeetingFactory(unit=world.cell, on=date(2024, 3, 11), **HELD)
    with pytest.raises(PlanNotChangeable) as refusal:
        set_day(world, peak, meeting=late)
    assert refusal.value.column == "on"
    with pytest.raises(PlanNotChangeable) as refusal:
        set_day(world, peak, meeting=None)
    assert refusal.value.column == "on"
    assert not PeakDay.objects.exists()


def test_a_body_has_its_own_meeting_or_a_headcount(world, peak):
    body = CampaignBodyFactory(unit=world.cell, kind="AUTHORITY", name="UBND xã")
    theirs = MeetingFactory(unit=world.cell, body=body, on=date(2024, 2, 3), **HELD)

    day = set_day(world, peak, body=body, meeting=theirs)
    assert day.people_present == 18
    day = set_day(
        world, peak, body=body, meeting=None, on=date(2024, 2, 5), is_held=True,
        attendance=30, version=1,
    )  # fmt: skip
    assert (day.meeting, day.people_present) == (None, 30)
    assert CampaignBody.objects.count() == 1


def test_the_board_counts_it_and_its_tasks_for_whoever_reads_it(world, peak, meeting):
    for _ in range(2):
        MeetingTaskFactory(meeting=meeting)
    set_day(world, peak, meeting=meeting)

    with restricted(), asked_by(world.upper.pk):
        board = peak_board(peak, world.committee, world.actor(world.upper))

    (line,) = board.below
    assert (line.held, line.expected, line.tasks) == (1, 1, 2)
    assert line.day.people_present == 18


def test_the_page_offers_the_meetings_of_the_window_and_leads_to_the_one_taken(
    world, peak, meeting
):
    outside = MeetingFactory(unit=world.cell, on=date(2024, 4, 1), **HELD)
    secretary = client_of(world.actor())
    place = [world.campaign.pk, peak.pk, world.cell.live_unit_id]
    page, detail = (
        reverse(f"plans:peak_{name}", args=place) for name in ("day", "detail")
    )
    offered = secretary.get(page).context["form"].fields["meeting"].queryset
    assert list(offered) == [meeting]

    typed = {"version": 0, "meeting": outside.pk, "on": ""}
    refused = secretary.post(page, typed)
    assert list(refused.context["form"].errors) == ["meeting"]
    refused = secretary.post(page, typed | {"meeting": ""})
    assert list(refused.context["form"].errors) == ["on"]
    assert secretary.post(page, typed | {"meeting": meeting.pk}).status_code == 302
    stale = secretary.post(page, typed | {"meeting": "", "on": "05/02/2024"})
    assert stale.status_code == 409
    assert len(stale.context["both"]) == 3

    shown = secretary.get(detail).content.decode()
    assert (
        reverse(
            "meetings:meeting_detail",
            args=[world.campaign.pk, world.cell.live_unit_id, meeting.pk],
        )
        in shown
    )
    assert "18" in shown
    Meeting.objects.update(state="PLANNED")
    PeakDay.objects.all().delete()
    assert "meeting" not in secretary.get(page).context["form"].fields


@pytest.mark.parametrize("columns", [{"is_held": False}, {"attendance": 3}])
def test_the_database_refuses_two_records_of_one_day(world, peak, meeting, columns):
    facts = {"is_held": True, **columns}
    with pytest.raises(IntegrityError, match="at_a_meeting"), transaction.atomic():
        PeakDayFactory(unit=world.cell, peak=peak, meeting=meeting, **facts)
