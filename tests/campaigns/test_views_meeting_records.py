"""The pages on which a meeting is recorded, as the secretary of the cell uses them."""

from datetime import date

import pytest

from campaigns.models import (
    Attendance,
    MeetingGuest,
    MeetingRating,
    MeetingTask,
    Minutes,
)
from tests.campaigns.meeting_pages import (
    address,
    cell_of_a_campaign,
    secretary_of,
    three_in,
)
from tests.factories import (
    AttendanceFactory,
    CampaignBodyFactory,
    MeetingFactory,
    MeetingSheetFactory,
    MeetingTaskFactory,
    PlacementFactory,
)

pytestmark = pytest.mark.django_db


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


def typed(client, meeting, **changes):
    """What the page of recording sends, with some of it typed anew."""
    form = client.get(address(meeting, "hold")).context["form"]
    shown = {
        name: form[name].field.widget.format_value(form[name].value())
        if hasattr(form[name].field.widget, "format_value")
        else form[name].value()
        for name in form.fields
    }
    plain = {
        name: (value[0] if isinstance(value, list) else value) or ""
        for name, value in shown.items()
    }
    return plain | changes


def states_of(meeting):
    rows = Attendance.objects.filter(meeting=meeting).order_by("participant")
    return [(row.state, row.dues) for row in rows]


def test_all_are_present_by_one_button_and_nothing_typed_is_lost(
    secretary, meeting, people
):
    sent = typed(secretary, meeting, course="Bàn việc\nhai", all_present="1")
    response = secretary.post(address(meeting, "hold"), sent)

    assert response.url == address(meeting, "hold")
    assert states_of(meeting) == [("PRESENT", "PAID")] * 3
    assert Minutes.objects.get().course == "Bàn việc\nhai"


def test_only_exceptions_are_changed_after_that(secretary, meeting, people):
    page = address(meeting, "hold")
    secretary.post(page, typed(secretary, meeting, all_present="1"))
    an, binh, cuc = (person.pk for person in people)
    exceptions = {f"attendance_{binh}": "LATE", f"attendance_{cuc}": "ABSENT"}
    sent = typed(secretary, meeting, **exceptions, **{f"dues_{cuc}": "LATE"})
    response = secretary.post(page, sent)

    assert response.url == address(meeting)
    assert states_of(meeting) == [
        ("PRESENT", "PAID"),
        ("LATE", "PAID"),
        ("ABSENT", "LATE"),
    ]
    meeting.refresh_from_db()
    assert (meeting.expected, meeting.present, meeting.state) == (3, 2, "HELD")


def test_dues_are_asked_at_regular_meetings_alone(secretary, cell, people):
    topic = MeetingFactory(unit=cell, kind="THEMATIC")
    form = secretary.get(address(topic, "hold")).context["form"]

    assert [row.dues for row in form.person_rows] == [None] * 3


def test_earlier_tasks_get_their_result_and_new_ones_are_concluded(
    secretary, cell, meeting, people
):
    task = MeetingTaskFactory(
        meeting=MeetingFactory(unit=cell, on=date(2024, 2, 5)), participant=people[0]
    )
    sent = typed(
        secretary,
        meeting,
        **{
            f"result_{task.pk}": "NOT_DONE",
            f"note_{task.pk}": "Chờ kinh phí",
            "text_0": "Thăm hộ nghèo",
            "person_0": people[1].pk,
            "due_0": "01/04/2024",
            "text_2": "Sơ kết",
            "collective_2": "Chi ủy",
            "due_2": "09/04/2024",
        },
    )
    secretary.post(address(meeting, "hold"), sent)

    task.refresh_from_db()
    assert (task.result, task.result_note) == ("NOT_DONE", "Chờ kinh phí")
    made = MeetingTask.objects.filter(meeting=meeting).order_by("due_on")
    assert list(made.values_list("text", "participant", "collective", "due_on")) == [
        ("Thăm hộ nghèo", people[1].pk, "", date(2024, 4, 1)),
        ("Sơ kết", None, "Chi ủy", date(2024, 4, 9)),
    ]


def test_a_task_without_who_and_until_when_is_refused_at_its_place(
    secretary, meeting, people
):
    sent = typed(
        secretary, meeting, text_0="Thăm hộ nghèo", due_1="31/02/2024", course="Giữ"
    )
    response = secretary.post(address(meeting, "hold"), sent)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "collective_0",
        "due_0",
        "due_1",
    }
    assert "Giữ" in response.content.decode()
    assert not Minutes.objects.exists()


def test_texts_that_are_too_long_are_refused_and_stay_in_the_form(
    secretary, meeting, people
):
    sent = typed(secretary, meeting, course="x" * 200_000)
    response = secretary.post(address(meeting, "hold"), sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["course"]
    assert "x" * 200_000 in response.content.decode()


def test_more_present_than_expected_is_refused(secretary, cell):
    body = CampaignBodyFactory(unit=cell, kind="AUTHORITY")
    meeting = MeetingFactory(unit=cell, body=body)
    sent = typed(secretary, meeting, expected="5", present="6")
    response = secretary.post(address(meeting, "hold"), sent)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["present"]


def test_of_two_who_record_the_second_sees_both_and_overwrites_nothing(
    secretary, meeting, people
):
    page = address(meeting, "hold")
    mine = typed(secretary, meeting, course="Của tôi", chair="An")
    secretary.post(page, typed(secretary, meeting, course="Của người khác"))

    response = secretary.post(page, mine)
    assert response.status_code == 409
    assert response.context["both"] == [
        ("Chủ trì", "", "An"),
        ("Diễn biến buổi sinh hoạt", "Của người khác", "Của tôi"),
    ]
    assert Minutes.objects.get().course == "Của người khác"

    again = mine | {"version": response.context["form"]["version"].value()}
    assert secretary.post(page, again).status_code == 302
    assert Minutes.objects.get().course == "Của tôi"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_recording_takes_as_many_queries_for_all(
    secretary, cell, meeting, rows, django_assert_num_queries
):
    before = MeetingFactory(unit=cell, on=date(2024, 2, 5))
    for _ in range(rows):
        person = PlacementFactory(unit=cell).participant
        AttendanceFactory(meeting=meeting, participant=person)
        MeetingTaskFactory(meeting=before, participant=person)
        MeetingTaskFactory(meeting=meeting, participant=person)
    secretary.get(address(meeting, "hold"))

    with django_assert_num_queries(19):
        secretary.get(address(meeting, "hold"))


def test_minutes_are_signed_corrected_and_the_meeting_rated(
    secretary, cell, meeting, people
):
    MeetingSheetFactory(unit=cell.parent)
    sent = typed(
        secretary, meeting, all_present="1", course="Bàn việc", conclusion="Nhất trí"
    )
    secretary.post(address(meeting, "hold"), sent)
    signing = {"chair": "An", "recorder": "Bảy", "signed_on": "06/03/2024"}
    assert secretary.post(
        address(meeting, "sign"), {**signing, "version": 2}
    ).url == address(meeting)
    assert secretary.get(address(meeting, "hold")).status_code == 404

    correction = {"version": 3, "text": "Có mặt 2", "reason": "Ghi nhầm"}
    secretary.post(address(meeting, "correct"), correction)
    points = {"version": 4, "given_0": "55", "given_1": "41", "on": "06/03/2024"}
    refused = secretary.post(address(meeting, "rate"), points)
    assert list(refused.context["form"].errors) == ["given_1"]
    secretary.post(address(meeting, "rate"), points | {"given_1": "40"})

    page = secretary.get(address(meeting)).content.decode()
    for text in ("Có mặt 2", "Ghi nhầm", "Tốt", "95/100", "đã ký biên bản"):
        assert text in page
    assert MeetingRating.objects.get().given == 95


def test_incomplete_minutes_are_not_marked(secretary, meeting, people):
    secretary.post(address(meeting, "hold"), typed(secretary, meeting))
    sent = {"chair": "A", "recorder": "B", "signed_on": "06/03/2024", "version": 2}
    response = secretary.post(address(meeting, "sign"), sent)

    assert response.status_code == 422
    assert "Biên bản còn thiếu: điểm danh" in response.content.decode()


def test_a_guest_is_recorded_corrected_and_taken_out(secretary, meeting):
    facts = {"name": "Hoa", "post": "Ủy viên", "decision": "QĐ 1"}
    secretary.post(address(meeting, "guest_add"), {"version": 1, **facts})
    guest = MeetingGuest.objects.get()
    edit = address(meeting, "guest_edit", guest.pk)
    stale = secretary.post(edit, {"version": 1, **facts, "direction": "Rà soát"})
    assert stale.status_code == 409
    secretary.post(edit, {"version": 2, **facts, "direction": "Rà soát"})
    assert "Rà soát" in secretary.get(address(meeting)).content.decode()

    remove = address(meeting, "guest_remove", guest.pk)
    secretary.post(remove, {"version": 1})
    assert MeetingGuest.objects.exists()
    secretary.post(remove, {"version": 3})
    assert not MeetingGuest.objects.exists()
