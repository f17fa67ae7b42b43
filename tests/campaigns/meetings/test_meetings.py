"""A cell's meeting from its plan to signed minutes, as its services have it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import (
    AgendaItem,
    Attendance,
    Campaign,
    Meeting,
    MeetingTask,
    Minutes,
    Placement,
)
from campaigns.queries import meetings as queries
from campaigns.services.meetings import holding, planning
from campaigns.services.meetings.holding import NewTask
from campaigns.services.meetings.shared import MeetingNotChangeable
from members.models import Event
from members.policy import Role
from members.services.versions import ChangedMeanwhile
from tests.campaigns.meetings.acts import BY, NOW, hold
from tests.factories import (
    CampaignBodyFactory,
    CampaignUnitFactory,
    MeetingFactory,
    MeetingTaskFactory,
    MemberFactory,
    ParticipantFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db


def attended(meeting):
    rows = Attendance.objects.filter(meeting=meeting)
    return {
        row.participant.full_name: (row.state, row.dues)
        for row in rows.select_related("participant")
    }


def test_a_meeting_is_planned_with_its_agenda_and_recorded(cell):
    made = planning.plan_meeting(
        unit=cell,
        facts={"kind": "THEMATIC", "on": date(2024, 7, 5), "topic": "Nêu gương"},
        agenda=["Một", "Hai"],
        **BY,
    )

    assert (made.state, made.version) == ("PLANNED", 1)
    items = AgendaItem.objects.filter(meeting=made)
    assert list(items.values_list("position", "text")) == [(1, "Một"), (2, "Hai")]
    event = Event.objects.get()
    assert (event.action, event.subject_id) == ("meetings.planned", made.pk)
    assert (event.unit, event.data) == (cell.custodian, {"campaign": cell.campaign_id})


def test_a_change_replaces_the_agenda_and_an_old_version_changes_nothing(meeting):
    AgendaItem.objects.create(meeting=meeting, position=1, text="Cũ")
    change = {"meeting": meeting, "version": 1, "agenda": ["Mới"], **BY}
    planning.change_plan(facts={"on": date(2024, 3, 7)}, **change)

    with pytest.raises(ChangedMeanwhile):
        planning.change_plan(facts={"on": date(2024, 3, 9)}, **change)

    meeting.refresh_from_db()
    assert (meeting.on, meeting.version) == (date(2024, 3, 7), 2)
    assert [each.text for each in AgendaItem.objects.all()] == ["Mới"]


@pytest.mark.parametrize("state", [Campaign.State.DRAFT, Campaign.State.CLOSED])
def test_a_campaign_that_does_not_run_takes_no_meeting(cell, state):
    Campaign.objects.filter(pk=cell.campaign_id).update(
        state=state, roll_fixed_at=NOW, closed_at=NOW
    )
    cell.campaign.refresh_from_db()

    with pytest.raises(MeetingNotChangeable, match="nên chưa làm được"):
        planning.plan_meeting(
            unit=cell, facts={"on": date(2024, 7, 5)}, agenda=[], **BY
        )
    assert not Meeting.objects.exists()


def test_a_meeting_that_was_not_held_has_its_reason_and_is_closed(meeting):
    planning.cancel_meeting(meeting=meeting, version=1, reason="Bão số 3", **BY)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.reason) == ("CANCELLED", "Bão số 3")
    with pytest.raises(MeetingNotChangeable, match="đã khóa"):
        hold(meeting)
    with pytest.raises(IntegrityError, match="not_held"), transaction.atomic():
        Meeting.objects.update(reason="")


def test_those_placed_in_the_cell_are_expected_but_for_the_exempt(meeting, people):
    assert queries.expected_at(meeting) == people


def test_attendance_by_exception_gives_the_counts_and_dues(meeting, people):
    an, binh, cuc = people
    states = {an.pk: "PRESENT", binh.pk: "LATE", cuc.pk: "EXCUSED"}
    hold(meeting, attendance=states, dues={an.pk: "PAID", binh.pk: "LATE"})

    meeting.refresh_from_db()
    assert (meeting.state, meeting.expected, meeting.present) == ("HELD", 3, 2)
    assert attended(meeting) == {
        "An": ("PRESENT", "PAID"),
        "Bình": ("LATE", "LATE"),
        "Cúc": ("EXCUSED", ""),
    }

    hold(meeting, attendance={**states, cuc.pk: "PRESENT", an.pk: ""})
    assert attended(meeting) == {"Bình": ("LATE", ""), "Cúc": ("PRESENT", "")}


def test_nobody_who_is_not_expected_is_recorded(meeting, people):
    stranger = ParticipantFactory(campaign=meeting.unit.campaign)
    hold(meeting, attendance={stranger.pk: "PRESENT"})

    assert attended(meeting) == {}


def test_who_left_after_the_meeting_stays_in_its_attendance(meeting, people):
    hold(meeting, attendance={person.pk: "PRESENT" for person in people})
    Placement.objects.filter(participant=people[0]).update(until_on=date(2024, 5, 1))

    assert queries.expected_at(meeting) == people


def test_a_meeting_before_its_day_is_not_recorded(cell):
    meeting = MeetingFactory(unit=cell, on=date(2024, 6, 2))

    with pytest.raises(MeetingNotChangeable, match="Chưa đến ngày"):
        hold(meeting)
    assert not Minutes.objects.exists()


def test_a_body_is_known_by_headcount_only(cell, people):
    body = CampaignBodyFactory(unit=cell, kind="MASS_ORGANISATION", name="Công đoàn")
    meeting = MeetingFactory(unit=cell, body=body)
    hold(meeting, headcount=(40, 36), attendance={people[0].pk: "PRESENT"})

    meeting.refresh_from_db()
    assert (meeting.expected, meeting.present) == (40, 36)
    assert attended(meeting) == {}
    assert not queries.asks_dues(meeting)


def test_at_a_committee_its_holders_of_posts_are_expected(cell):
    committee = cell.parent
    kinds = {Role.SECRETARY: "An", Role.COMMITTEE_MEMBER: "Bình", Role.CLERK: "Cúc"}
    for role, name in kinds.items():
        member = MemberFactory(full_name=name)
        PostFactory(unit=committee.custodian, role=role, member=member, account=None)
        ParticipantFactory(campaign=cell.campaign, member=member, sort_key=name.lower())
    meeting = MeetingFactory(unit=committee)

    found = [person.full_name for person in queries.expected_at(meeting)]
    assert found == ["An", "Bình"]
    assert not queries.asks_dues(meeting)


def test_tasks_are_concluded_and_checked_at_the_next_meeting(cell, meeting, people):
    hold(
        meeting,
        new_tasks=[
            NewTask("Thăm hộ nghèo", date(2024, 4, 1), participant_id=people[0].pk),
            NewTask("Sơ kết quý", date(2024, 4, 9), collective="Chi ủy"),
        ],
    )
    following = MeetingFactory(unit=cell, on=date(2024, 4, 5))
    first, second = queries.open_tasks_at(following)
    assert [str(first), str(second)] == ["Thăm hộ nghèo", "Sơ kết quý"]
    assert queries.open_tasks_at(meeting) == []

    hold(following, results={first.pk: ("DONE", "5 hộ"), second.pk: ("", "")})
    first.refresh_from_db()
    assert (first.result, first.result_note) == ("DONE", "5 hộ")
    assert first.checked_at == following

    later = MeetingFactory(unit=cell, on=date(2024, 5, 5))
    assert queries.open_tasks_at(later) == [second]
    assert queries.open_tasks_at(following) == [first, second]
    hold(following, results={first.pk: ("", "")})
    assert queries.open_tasks_at(later) == [first, second]


def test_a_task_of_another_cell_is_out_of_reach(cell, meeting):
    other = MeetingTaskFactory(
        meeting__unit=CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent)
    )
    hold(meeting, results={other.pk: ("DONE", "")})

    other.refresh_from_db()
    assert other.result == ""


def test_a_task_is_of_a_person_or_a_collective(meeting):
    for columns in ({"participant": None}, {"collective": "Chi ủy"}):
        with pytest.raises(IntegrityError, match="person_or"), transaction.atomic():
            MeetingTaskFactory(meeting=meeting, **columns)


def test_a_mistaken_task_is_taken_out_but_none_with_a_result(cell, meeting):
    task = MeetingTaskFactory(meeting=meeting)
    found = MeetingTaskFactory(meeting=meeting, result="DONE", checked_at=meeting)
    for version, each in ((1, task), (2, found)):
        holding.remove_task(task=each, version=version, **BY)

    assert list(MeetingTask.objects.all()) == [found]
