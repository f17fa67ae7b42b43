"""Meetings, who was there, what was concluded, how they were rated."""

from datetime import date

import factory

from campaigns.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingDraft,
    MeetingGuest,
    MeetingRating,
    MeetingSheet,
    MeetingTask,
    Minutes,
    MinutesCorrection,
)
from tests.factories.accounts import AccountFactory
from tests.factories.base import NOON, Factory
from tests.factories.campaigns import CampaignUnitFactory, ParticipantFactory


class MeetingFactory(Factory):
    """A regular meeting that is planned."""

    class Meta:
        model = Meeting

    unit = factory.SubFactory(CampaignUnitFactory)
    on = date(2024, 3, 5)


class AgendaItemFactory(Factory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = 1
    text = "Kiểm điểm việc thực hiện nghị quyết tháng trước"


class MeetingGuestFactory(Factory):
    class Meta:
        model = MeetingGuest

    meeting = factory.SubFactory(MeetingFactory)
    name = "Lê Thị Hoa"
    post = "Ủy viên Ban Thường vụ Đảng ủy"
    decision = "Quyết định số 12-QĐ/ĐU, ngày 05/01/2024"
    direction = "Đề nghị chi bộ rà soát việc nêu gương."


class AttendanceFactory(Factory):
    """Somebody who was there."""

    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..meeting.unit.campaign")
    )
    state = Attendance.State.PRESENT


class MeetingTaskFactory(Factory):
    """A person's, without a result."""

    class Meta:
        model = MeetingTask

    meeting = factory.SubFactory(MeetingFactory)
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..meeting.unit.campaign")
    )
    text = "Lập danh sách hộ cần giúp đỡ"
    due_on = date(2024, 4, 1)


class MinutesFactory(Factory):
    """Minutes that are written and not signed."""

    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory, state=Meeting.State.HELD)
    chair = "Nguyễn Thị Lan"
    recorder = "Phạm Văn Nam"
    course = "Đồng chí Bí thư thông báo tình hình tháng."
    conclusion = "Chi bộ thống nhất nhiệm vụ tháng sau."


class MeetingDraftFactory(Factory):
    """What somebody has typed and not recorded."""

    class Meta:
        model = MeetingDraft

    meeting = factory.SubFactory(MeetingFactory)
    account = factory.SubFactory(AccountFactory)
    meeting_version = 1
    saved_at = NOON


class MinutesCorrectionFactory(Factory):
    class Meta:
        model = MinutesCorrection

    minutes = factory.SubFactory(MinutesFactory)
    text = "Số có mặt là 21."
    reason = "Ghi nhầm"
    at = NOON


class MeetingSheetFactory(Factory):
    class Meta:
        model = MeetingSheet

    unit = factory.SubFactory(CampaignUnitFactory)
    basis = "Hướng dẫn số 3-HD/ĐU, ngày 05/01/2024"
    criteria = factory.List(
        [
            factory.Dict({"most": 60, "text": "Đúng kỳ, đủ thành phần"}),
            factory.Dict({"most": 40, "text": "Thảo luận dân chủ"}),
        ]
    )
    degrees = factory.List(
        [
            factory.Dict({"least": 90, "name": "Tốt"}),
            factory.Dict({"least": 0, "name": "Khá"}),
        ]
    )


class MeetingRatingFactory(Factory):
    class Meta:
        model = MeetingRating

    meeting = factory.SubFactory(MeetingFactory, state=Meeting.State.HELD)
    lines = factory.List([factory.Dict({"most": 100, "text": "Đúng kỳ", "given": 80})])
    given = 80
    most = 100
    degree = "Khá"
    on = date(2024, 3, 6)
