"""A cell's meeting from its plan to signed minutes, as its services have it."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import (
    AgendaItem,
    Attendance,
    Campaign,
    Meeting,
    MeetingGuest,
    MeetingTask,
    Minutes,
    MinutesCorrection,
    Participant,
    Placement,
)
from campaigns.queries import meetings as queries
from campaigns.services.meetings import holding, planning, rating, signing
from campaigns.services.meetings.holding import NewTask, Proceedings
from campaigns.services.meetings.shared import MeetingNotChangeable
from members import queries as members
from members.models import Event
from members.policy import Role
from members.services.versions import ChangedMeanwhile
from tests.factories import (
    AccountFactory,
    CampaignBodyFactory,
    CampaignFactory,
    CampaignUnitFactory,
    MeetingFactory,
    MeetingSheetFactory,
    MeetingTaskFactory,
    MemberFactory,
    MinutesFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 5, tzinfo=UTC)
BY = {"now": NOW}
TEXTS = {"chair": "An", "recorder": "Bình", "course": "Thảo luận", "conclusion": "Xong"}


@pytest.fixture(autouse=True)
def by_somebody():
    """Everything here is done by one account."""
    BY["actor"] = members.actor_for(AccountFactory())


@pytest.fixture
def cell():
    """A cell of an open campaign."""
    campaign = CampaignFactory(
        state=Campaign.State.OPEN,
        opened_at=datetime(2024, 1, 15, 5, tzinfo=UTC),
        rule_set_resolved={},
    )
    root = CampaignUnitFactory(campaign=campaign)
    return CampaignUnitFactory(campaign=campaign, parent=root)


@pytest.fixture
def people(cell):
    """Three who are expected, one who is exempt, one who has left."""
    names = ("An", "Bình", "Cúc")
    found = [
        PlacementFactory(
            unit=cell,
            participant=ParticipantFactory(
                campaign=cell.campaign, full_name=name, sort_key=name.lower()
            ),
        ).participant
        for name in names
    ]
    exempt = ParticipantFactory(
        campaign=cell.campaign, status=Participant.Status.EXEMPT
    )
    PlacementFactory(unit=cell, participant=exempt)
    gone = ParticipantFactory(campaign=cell.campaign)
    PlacementFactory(unit=cell, participant=gone, until_on=date(2024, 2, 1))
    return found


@pytest.fixture
def meeting(cell):
    return MeetingFactory(unit=cell)


def hold(meeting, **columns):
    return holding.hold_meeting(
        meeting=meeting,
        version=Meeting.objects.get(pk=meeting.pk).version,
        proceedings=Proceedings(**{"texts": TEXTS, **columns}),
        **BY,
    )


def sign(meeting, **columns):
    return signing.mark_signed(
        meeting=meeting,
        **{
            "version": Meeting.objects.get(pk=meeting.pk).version,
            "chair": "An",
            "recorder": "Bình",
            "signed_on": date(2024, 3, 6),
            **BY,
            **columns,
        },
    )


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


def test_signing_closes_the_meeting(meeting, people):
    hold(meeting, attendance={person.pk: "PRESENT" for person in people})
    sign(meeting, chair="Nguyễn Thị Lan")

    meeting.refresh_from_db()
    minutes = Minutes.objects.get()
    assert meeting.state == "SIGNED"
    assert (minutes.chair, minutes.signed_on) == ("Nguyễn Thị Lan", date(2024, 3, 6))
    assert minutes.signed_at == NOW
    with pytest.raises(MeetingNotChangeable, match="đã khóa"):
        hold(meeting)
    with pytest.raises(MeetingNotChangeable, match="đã khóa"):
        planning.change_plan(
            meeting=meeting, version=meeting.version, facts={}, agenda=[], **BY
        )


def test_what_is_missing_is_named_before_signing(meeting, people):
    with pytest.raises(MeetingNotChangeable, match="chưa được ghi"):
        sign(meeting)
    hold(meeting, texts={**TEXTS, "course": "", "conclusion": ""})
    with pytest.raises(MeetingNotChangeable) as refusal:
        sign(meeting)
    assert str(refusal.value) == (
        "Biên bản còn thiếu: điểm danh, diễn biến buổi sinh hoạt, kết luận."
    )


@pytest.mark.parametrize("day", [date(2024, 3, 4), date(2024, 6, 2)])
def test_minutes_are_signed_between_the_meeting_and_today(meeting, people, day):
    hold(meeting, attendance={person.pk: "PRESENT" for person in people})

    with pytest.raises(MeetingNotChangeable) as refusal:
        sign(meeting, signed_on=day)
    assert refusal.value.column == "signed_on"


def test_a_correction_is_added_and_takes_nothing_away(meeting, people):
    def correct():
        return signing.correct_minutes(
            meeting=meeting,
            version=Meeting.objects.get(pk=meeting.pk).version,
            text="Có mặt 2",
            reason="Ghi nhầm",
            **BY,
        )

    hold(meeting, attendance={person.pk: "PRESENT" for person in people})
    with pytest.raises(MeetingNotChangeable, match="chưa ký"):
        correct()
    sign(meeting)
    correct()

    row = MinutesCorrection.objects.get()
    assert (row.text, row.reason, row.minutes.course) == (
        "Có mặt 2",
        "Ghi nhầm",
        "Thảo luận",
    )


def test_the_database_refuses_signed_minutes_without_a_chair(meeting):
    with pytest.raises(IntegrityError, match="complete"), transaction.atomic():
        MinutesFactory(
            meeting=meeting, signed_on=date(2024, 3, 5), signed_at=NOW, chair=""
        )


def test_a_guest_comes_and_goes_and_counts_nowhere(meeting, people):
    facts = {"name": "Hoa", "post": "Ủy viên", "decision": "QĐ 1", "direction": ""}
    guest = planning.add_guest(meeting=meeting, version=1, facts=facts, **BY)
    hold(meeting, attendance={person.pk: "PRESENT" for person in people})
    meeting.refresh_from_db()
    assert (meeting.expected, meeting.present) == (3, 3)

    change = {"guest": guest, **BY}
    planning.change_guest(
        version=meeting.version, facts={**facts, "direction": "Rà soát"}, **change
    )
    guest.refresh_from_db()
    assert guest.direction == "Rà soát"
    planning.remove_guest(version=meeting.version + 1, **change)
    assert not MeetingGuest.objects.exists()


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
