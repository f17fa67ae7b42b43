"""Minutes: what is missing, signing, corrections and guests."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from campaigns.models import (
    Campaign,
    Meeting,
    MeetingGuest,
    Minutes,
    MinutesCorrection,
)
from campaigns.services.meetings import planning, signing
from campaigns.services.meetings.shared import MeetingNotChangeable
from members import queries as registry
from tests.campaigns.meetings.acts import BY, NOW, TEXTS, hold
from tests.clients import client_of
from tests.factories import MinutesFactory, PostFactory

pytestmark = pytest.mark.django_db


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


@pytest.fixture
def on_paper(meeting, people):
    """The meeting, held where only results are entered: no word of it is here."""
    Campaign.objects.update(mode="RESULTS_ONLY")
    present = {person.pk: "PRESENT" for person in people}
    hold(meeting, attendance=present, texts={**TEXTS, "course": "", "conclusion": ""})
    return Meeting.objects.get(pk=meeting.pk)


def test_where_only_results_are_entered_the_paper_holds_the_minutes(on_paper):
    with pytest.raises(MeetingNotChangeable) as refusal:
        sign(on_paper)
    assert refusal.value.column == "paper"

    sign(on_paper, paper="BB 03, tủ hồ sơ chi bộ")

    minutes = Minutes.objects.get()
    assert Meeting.objects.get().state == "SIGNED"
    assert (minutes.course, minutes.conclusion) == ("", "")
    assert minutes.paper == "BB 03, tủ hồ sơ chi bộ"


def test_its_attendance_is_recorded_all_the_same(meeting, people):
    Campaign.objects.update(mode="RESULTS_ONLY")
    hold(meeting, texts={**TEXTS, "course": "", "conclusion": ""})

    with pytest.raises(MeetingNotChangeable, match="điểm danh"):
        sign(Meeting.objects.get(pk=meeting.pk), paper="BB 03")


def test_the_page_asks_for_the_paper_there_alone(on_paper):
    secretary = client_of(
        registry.actor_for(
            PostFactory(unit=on_paper.unit.live_unit, role="SECRETARY").account
        )
    )
    place = [on_paper.unit.campaign_id, on_paper.unit.live_unit_id, on_paper.pk]
    page = reverse("meetings:meeting_sign", args=place)
    typed = {
        "version": on_paper.version, "chair": "An", "recorder": "Bình",
        "signed_on": f"{on_paper.on:%d/%m/%Y}", "paper": "",
    }  # fmt: skip

    refused = secretary.post(page, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (
        422,
        ["paper"],
    )
    assert secretary.post(page, typed | {"paper": "BB 03"}).status_code == 302
    shown = secretary.get(reverse("meetings:meeting_detail", args=place))
    assert "BB 03" in shown.content.decode()
    assert "Diễn biến buổi sinh hoạt" not in shown.content.decode()

    Campaign.objects.update(mode="FULL_TEXT")
    Meeting.objects.update(state="HELD")
    assert "paper" not in secretary.get(page).context["form"].fields


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


@pytest.mark.parametrize("columns", [{"chair": ""}, {"conclusion": "", "paper": ""}])
def test_the_database_refuses_signed_minutes_that_lack_something(meeting, columns):
    signed = {"chair": "An", "recorder": "Bình", "conclusion": "Xong", **columns}
    with pytest.raises(IntegrityError, match="complete"), transaction.atomic():
        MinutesFactory(
            meeting=meeting, signed_on=date(2024, 3, 5), signed_at=NOW, **signed
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
