"""The pages of meetings, as a secretary and a member of the cell use them."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.models import (
    AgendaItem,
    Campaign,
    Meeting,
    MeetingSheet,
    Participant,
)
from campaigns.queries.meetings import Section
from members.policy import Role
from tests.campaigns.meeting_pages import (
    address,
    cell_of_a_campaign,
    client_of,
    secretary_of,
    three_in,
)
from tests.factories import (
    AccountFactory,
    AgendaItemFactory,
    AttendanceFactory,
    CampaignUnitFactory,
    MeetingFactory,
    MeetingGuestFactory,
    MeetingTaskFactory,
    MinutesFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
SIGNED = {
    "signed_on": date(2024, 3, 6),
    "signed_at": datetime(2024, 3, 6, 5, tzinfo=UTC),
}


@pytest.fixture
def cell():
    return cell_of_a_campaign()


@pytest.fixture
def people(cell):
    return three_in(cell)


@pytest.fixture
def meeting(cell):
    return MeetingFactory(unit=cell)


@pytest.fixture
def secretary(cell):
    return secretary_of(cell.custodian)


@pytest.fixture
def committee(cell):
    return secretary_of(cell.parent.custodian)


@pytest.fixture
def member(people):
    return client_of(AccountFactory(member=people[0].member))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_meeting_takes_as_many_queries_for_all(
    secretary, meeting, rows, django_assert_num_queries
):
    MinutesFactory(meeting=meeting)
    for position in range(rows):
        AgendaItemFactory(meeting=meeting, position=position)
        MeetingGuestFactory(meeting=meeting)
        MeetingTaskFactory(meeting=meeting)
    secretary.get(address(meeting))

    with django_assert_num_queries(20):
        secretary.get(address(meeting))


def test_the_next_meeting_is_planned_in_one_step_from_the_last(secretary, cell):
    last = MeetingFactory(
        unit=cell, on=date(2024, 1, 31), begins_at=time(14), place="Hội trường"
    )
    AgendaItemFactory(meeting=last, text="Thời sự")
    form = secretary.get(address(cell, "add")).context["form"]
    assert form["on"].value() == date(2024, 2, 29)
    sent = {
        "kind": "REGULAR",
        "on": "29/02/2024",
        "begins_at": "14h",
        "place": form["place"].value(),
        "topic": "",
        "agenda": form["agenda"].value() + "\r\n\r\n  Cam kết ",
    }
    response = secretary.post(address(cell, "add"), sent)

    made = Meeting.objects.exclude(pk=last.pk).get()
    assert response.url == address(made)
    assert (made.on, made.begins_at, made.place) == (
        date(2024, 2, 29),
        time(14),
        "Hội trường",
    )
    items = AgendaItem.objects.filter(meeting=made)
    assert [str(item) for item in items] == ["Thời sự", "Cam kết"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("on", "31/02/2024"),
        ("on", ""),
        ("begins_at", "25:00"),
        ("kind", "BALLOT"),
        ("agenda", "x" * 501),
        ("agenda", "\n".join("x" for _ in range(41))),
        ("topic", "x" * 501),
    ],
)
def test_a_plan_is_refused_at_its_field(secretary, cell, field, value):
    sent = {"kind": "REGULAR", "on": "05/03/2024", field: value}
    response = secretary.post(address(cell, "add"), sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_of_two_who_change_a_plan_the_second_is_told(secretary, meeting):
    sent = {"kind": "REGULAR", "on": "05/03/2024", "version": 1, "topic": "Của tôi"}
    Meeting.objects.update(version=2, topic="Của người khác")
    response = secretary.post(address(meeting, "edit"), sent)

    assert response.status_code == 409
    assert response.context["both"] == [("Chuyên đề", "Của người khác", "Của tôi")]


def test_a_meeting_is_not_held_for_a_reason(secretary, meeting):
    page = address(meeting, "cancel")
    assert secretary.post(page, {"version": 1, "reason": ""}).status_code == 422
    secretary.post(page, {"version": 1, "reason": "Bão số 3"})

    assert "Bão số 3" in secretary.get(address(meeting)).content.decode()


def test_a_member_sees_day_agenda_and_only_the_own_part(member, cell, meeting, people):
    AgendaItemFactory(meeting=meeting, text="Thời sự")
    for person, state in zip(people, ("LATE", "ABSENT", "EXCUSED"), strict=True):
        AttendanceFactory(meeting=meeting, participant=person, state=state)
    MeetingTaskFactory(meeting=meeting, participant=people[0], text="Việc của An")
    MeetingTaskFactory(meeting=meeting, participant=people[1], text="Việc của Bảy")
    MinutesFactory(meeting=meeting, course="Chưa ký")

    response = member.get(address(meeting))
    page = response.content.decode()
    for text in ("Thời sự", "Đến muộn", "Việc của An"):
        assert text in page
    for text in ("Việc của Bảy", "Bảy", "Vắng", "Chưa ký", "Ghi buổi sinh hoạt"):
        assert text not in page
    year = member.get(address(cell, "list")).content.decode()
    assert "Đồng chí: Đến muộn" in year
    assert "Việc của An" in year
    assert "Việc của Bảy" not in year


@pytest.mark.parametrize(
    ("kind", "is_read"),
    [("REGULAR", True), ("SELF_CRITICISM", False), ("REVIEW", False)],
)
def test_signed_minutes_are_read_by_the_cell_unless_they_speak_of_persons(
    member, cell, people, kind, is_read
):
    meeting = MeetingFactory(unit=cell, kind=kind, state="SIGNED")
    MinutesFactory(meeting=meeting, course="Nội dung đã ký", **SIGNED)
    MeetingTaskFactory(meeting=meeting, participant=people[1], text="Việc của Bảy")
    minutes = reverse(
        "meeting_minutes", args=[cell.campaign_id, cell.live_unit_id, meeting.pk, "pdf"]
    )

    page = member.get(address(meeting)).content.decode()
    assert ("Nội dung đã ký" in page, "Việc của Bảy" in page) == (is_read, is_read)
    assert member.get(minutes).status_code == (200 if is_read else 404)


def test_a_member_reads_no_minutes_of_the_committee_above(member, cell, people):
    meeting = MeetingFactory(unit=cell.parent, state="SIGNED", topic="Nhân sự")
    MinutesFactory(meeting=meeting, course="Của cấp trên", **SIGNED)
    MeetingGuestFactory(meeting=meeting, name="Khách")

    page = member.get(address(meeting)).content.decode()
    assert "Nhân sự" in page
    assert "Của cấp trên" not in page
    assert "Khách" not in page


def test_whoever_has_one_unit_begins_there(secretary, member, cell):
    for client in (secretary, member):
        assert client.get(reverse("meetings:meeting_home")).url == address(cell, "list")
        back = client.get(address(cell, "list")).context["crumbs"][-1][1]
        assert back == reverse("home")


def test_a_member_of_no_running_campaign_is_told_so():
    account = AccountFactory(member=ParticipantFactory().member)
    response = client_of(account).get(reverse("meetings:meeting_home"))

    assert response.status_code == 200
    assert "chưa có đợt sinh hoạt nào" in response.content.decode()


def test_a_closed_campaign_is_read_and_not_written(secretary, cell, meeting):
    now = timezone.now()
    Campaign.objects.update(state="CLOSED", roll_fixed_at=now, closed_at=now)

    assert "Lên lịch" not in secretary.get(address(cell, "list")).content.decode()
    response = secretary.post(
        address(cell, "add"), {"kind": "REGULAR", "on": "05/03/2024"}
    )
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("criteria", "Không có điểm"),
        ("criteria", "0 Không điểm"),
        ("criteria", "99999 Quá nhiều"),
        ("degrees", "90 Tốt"),
        ("degrees", "90 Tốt\n90 Khá\n0 Kém"),
        ("degrees", "101 Tốt\n0 Kém"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_at_its_field(
    committee, cell, field, value
):
    form = committee.get(address(cell.parent, "sheet")).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    response = committee.post(
        address(cell.parent, "sheet"), {**shown, "basis": "HD 3", field: value}
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_a_cell_writes_no_sheet_of_its_own(secretary, cell):
    assert secretary.get(address(cell, "sheet")).status_code == 404
    assert address(cell, "sheet") not in secretary.get(address(cell, "list")).text


def test_the_sheet_that_is_offered_can_be_taken(committee, cell):
    form = committee.get(address(cell.parent, "sheet")).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    committee.post(address(cell.parent, "sheet"), {**shown, "basis": "HD 3"})

    sheet = MeetingSheet.objects.get()
    assert sum(each["most"] for each in sheet.criteria) == 100
    assert sheet.degrees == [
        {"least": 90, "name": "Tốt"},
        {"least": 70, "name": "Khá"},
        {"least": 50, "name": "Trung bình"},
        {"least": 0, "name": "Kém"},
    ]


def a_section(shown, _actor):
    return Section("Theo dõi cam kết", [f"Buổi {shown.pk}"])


def no_section(_shown, _actor):
    return None


def test_another_part_shows_its_section_on_the_page(secretary, meeting, settings):
    parts = (a_section, no_section)
    settings.MEETING_SECTIONS = [f"{__name__}.{each.__name__}" for each in parts]
    page = secretary.get(address(meeting)).content.decode()

    assert "Theo dõi cam kết" in page
    assert f"Buổi {meeting.pk}" in page


def test_in_the_other_mode_meetings_are_the_same(secretary, cell, meeting):
    Campaign.objects.update(mode=Campaign.Mode.RESULTS_ONLY)

    assert secretary.get(address(meeting, "hold")).status_code == 200


def test_people_of_the_cell_are_named_to_its_secretary_only_there(people, cell):
    other = CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent)
    client = client_of(PostFactory(unit=other.custodian, role=Role.SECRETARY).account)
    meeting = MeetingFactory(unit=other)
    PlacementFactory(unit=other)

    form = client.get(address(meeting, "hold")).context["form"]
    assert not {person.full_name for person in people} & {
        row.name for row in form.person_rows
    }
    assert Participant.objects.filter(campaign=cell.campaign).count() == 4


@time_machine.travel(datetime(2024, 5, 5, 5, tzinfo=UTC), tick=False)
def test_months_without_a_meeting_are_one_sentence(cell, people):
    MeetingFactory(unit=cell, on=date(2024, 3, 5), state="HELD")
    Campaign.objects.update(opened_at=datetime(2024, 3, 1, 5, tzinfo=UTC))

    page = secretary_of(cell.live_unit).get(address(cell, "list"))

    assert page.context["lacking"] == [date(2024, 4, 1)]
    assert [each.month for each in page.context["empty"]] == [1, 2, *range(5, 13)]
    assert page.content.decode().count("05/03/2024") == 1
