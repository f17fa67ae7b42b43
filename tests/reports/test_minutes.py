"""The minutes of a meeting as they are printed."""

import io
import re
from datetime import UTC, date, datetime, time

import pypdf
import pytest

from campaigns.models import Campaign, Minutes
from reports.documents.minutes import minutes_printout
from reports.documents.pdf import html_to_pdf
from reports.documents.printout_html import to_html
from reports.queries.minutes import minutes_paper
from reviews.models import ReviewOccasion
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    CampaignBodyFactory,
    CampaignUnitFactory,
    MeetingFactory,
    MeetingGuestFactory,
    MeetingTaskFactory,
    MinutesCorrectionFactory,
    MinutesFactory,
    ParticipantFactory,
    PlacementFactory,
    RemarkFactory,
    ReviewOccasionFactory,
)
from tests.reports.printouts import says_the_same

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    root = CampaignUnitFactory()
    return CampaignUnitFactory(campaign=root.campaign, parent=root)


def somebody(cell, name):
    person = ParticipantFactory(
        campaign=cell.campaign, full_name=name, sort_key=name.lower()
    )
    return PlacementFactory(unit=cell, participant=person).participant


@pytest.fixture
def full(cell):
    """A meeting of which everything is recorded."""
    before = MeetingFactory(unit=cell, on=date(2024, 2, 5))
    meeting = MeetingFactory(
        unit=cell,
        begins_at=time(14),
        ends_at=time(16, 30),
        place="Hội trường",
        topic="Nêu gương",
        expected=4,
        present=2,
    )
    states = {"An": "PRESENT", "Bảy": "LATE", "Cúc": "EXCUSED", "Dung": "ABSENT"}
    for name, state in states.items():
        person = somebody(cell, name)
        AttendanceFactory(meeting=meeting, participant=person, state=state)
    AgendaItemFactory(meeting=meeting, text="Thời sự")
    MeetingGuestFactory(meeting=meeting)
    MeetingTaskFactory(
        meeting=before,
        participant=person,
        text="Việc cũ",
        result="DONE",
        checked_at=meeting,
    )
    MeetingTaskFactory(
        meeting=meeting, participant=None, collective="Chi ủy", text="Việc mới"
    )
    minutes = MinutesFactory(meeting=meeting)
    early = datetime(2024, 3, 31, 18, tzinfo=UTC)  # 1 April where the unit is
    MinutesCorrectionFactory(minutes=minutes, at=early)
    return minutes


def lines_of(minutes, language="vi"):
    printout = minutes_printout(minutes_paper(minutes, language=language))
    assert says_the_same(printout)
    html = to_html(printout)
    body = re.search(r"<main>.*<footer", html, re.DOTALL)[0]
    texts = re.findall(r"<(?:p|h1|h2|th|td)\b[^>]*>(.*?)</(?:p|h1|h2|th|td)>", body)
    return [text for text in texts if text != "-----"]


def test_everything_that_was_entered_is_printed_in_its_order(full):
    assert lines_of(full) == [
        "BIÊN BẢN",
        "Sinh hoạt thường kỳ; Nêu gương",
        "1. Thời gian, địa điểm",
        "Bắt đầu lúc 14:00 ngày 05/03/2024; kết thúc lúc 16:30 cùng ngày.",
        "Địa điểm: Hội trường.",
        "2. Thành phần dự",
        "Có mặt: 2/4.",
        "Đến muộn: Bảy.",
        "Vắng có lý do: Cúc.",
        "Vắng không lý do: Dung.",
        "Đại biểu cấp trên: Lê Thị Hoa, Ủy viên Ban Thường vụ Đảng ủy"
        " (Quyết định số 12-QĐ/ĐU, ngày 05/01/2024).",
        "Chủ trì: Nguyễn Thị Lan.",
        "Người ghi biên bản: Phạm Văn Nam.",
        "3. Nội dung sinh hoạt",
        "1. Thời sự",
        "4. Việc giao từ các buổi trước",
        "Việc được giao",
        "Người thực hiện",
        "Thời hạn",
        "Kết quả",
        "Việc cũ",
        "Dung",
        "01/04/2024",
        "đã hoàn thành",
        "5. Diễn biến buổi sinh hoạt",
        "Đồng chí Bí thư thông báo tình hình tháng.",
        "6. Ý kiến chỉ đạo của cấp trên",
        "Lê Thị Hoa: Đề nghị chi bộ rà soát việc nêu gương.",
        "7. Kết luận",
        "Chi bộ thống nhất nhiệm vụ tháng sau.",
        "8. Việc được giao tại buổi này",
        "Việc được giao",
        "Người thực hiện",
        "Thời hạn",
        "Việc mới",
        "Chi ủy",
        "01/04/2024",
        "9. Đính chính sau khi ký",
        "Đính chính ngày 01/04/2024 (Ghi nhầm): Số có mặt là 21.",
    ]


def test_what_is_missing_shows_as_to_be_written_and_nothing_is_made_up(cell):
    somebody(cell, "An")
    meeting = MeetingFactory(unit=cell, topic="")
    minutes = MinutesFactory(
        meeting=meeting, chair="", recorder="", course="", conclusion=""
    )

    assert lines_of(minutes) == [
        "BIÊN BẢN",
        "Sinh hoạt thường kỳ",
        "1. Thời gian, địa điểm",
        "Bắt đầu lúc [cần ghi] ngày 05/03/2024; kết thúc lúc [cần ghi] cùng ngày.",
        "Địa điểm: [cần ghi].",
        "2. Thành phần dự",
        "Có mặt: [cần ghi]/[cần ghi].",
        "Điểm danh [cần ghi]: An.",
        "Chủ trì: [cần ghi].",
        "Người ghi biên bản: [cần ghi].",
        "3. Nội dung sinh hoạt",
        "[cần ghi]",
        "4. Diễn biến buổi sinh hoạt",
        "[cần ghi]",
        "5. Kết luận",
        "[cần ghi]",
    ]


def test_the_paper_has_the_party_head_without_place_and_date_and_two_signatures(full):
    content = html_to_pdf(to_html(minutes_printout(minutes_paper(full, language="vi"))))
    text = pypdf.PdfReader(io.BytesIO(content)).pages[-1].extract_text()
    first = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()

    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in first
    assert "-BB/" in first
    assert "ngày …" not in first
    for words in ("NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ", "Nguyễn Thị Lan"):
        assert words in text


def test_the_english_paper_keeps_the_prescribed_words(full):
    lines = lines_of(full, language="en")

    assert lines[0].startswith("BIÊN BẢN")
    assert "Present: 2 of 4." in lines


def test_the_paper_takes_as_many_queries_for_any_cell(
    full, cell, django_assert_num_queries
):
    full.refresh_from_db()
    for name in ("Em", "Gấm", "Hạnh"):
        somebody(cell, name)
    with django_assert_num_queries(12):
        minutes_paper(full, language="vi")


def test_of_a_review_there_is_what_was_entered_and_what_is_missing_is_marked(cell):
    meeting = MeetingFactory(unit=cell, kind="REVIEW", on=date(2024, 12, 5))
    minutes = MinutesFactory(meeting=meeting)
    assert "[cần ghi]" in lines_of(minutes)
    body = CampaignBodyFactory(unit=cell)
    said, _silent = (
        ReviewOccasionFactory(
            meeting=meeting, participant=somebody(cell, name), position=position,
            body=body,
        )
        for position, name in enumerate(("An", "Bảy"), start=1)
    )  # fmt: skip
    ReviewOccasion.objects.filter(pk=said.pk).update(chaired_by="Cúc")
    RemarkFactory(occasion=said, text="Còn nể nang\nkhi góp ý", critic="Đ/c Bảy")
    RemarkFactory(occasion=said, position=2, text="Chưa sâu sát")
    RemarkFactory(occasion=said, kind="ANSWER", text="Xin tiếp thu")
    RemarkFactory(occasion=said, kind="COMMENT", text="Cầu thị")
    early = datetime(2024, 12, 6, 18, tzinfo=UTC)  # the 7th where the unit is
    RemarkFactory(occasion=said, kind="REPLY", text="Tôi xin nói rõ", at=early)

    lines = lines_of(minutes)

    at = lines.index("1. An (phần này do Cúc điều hành)")
    assert lines[at : at + 9] == [
        "1. An (phần này do Cúc điều hành)",
        "Ý kiến góp ý, phê bình:",
        "– Còn nể nang khi góp ý (Đ/c Bảy)",
        "– Chưa sâu sát",
        "Tiếp thu, giải trình: Xin tiếp thu",
        "Nhận xét của chi ủy: Cầu thị",
        "2. Bảy",
        "Ý kiến góp ý, phê bình: [cần ghi]",
        "Tiếp thu, giải trình: [cần ghi]",
    ]
    assert lines[-1] == "An, viết ngày 07/12/2024: Tôi xin nói rõ"
    campaign = Campaign.objects.filter(pk=cell.campaign_id)
    campaign.update(mode=Campaign.Mode.RESULTS_ONLY)
    minutes = Minutes.objects.get(pk=minutes.pk)
    assert not any("nể nang" in line for line in lines_of(minutes))


def test_what_was_typed_is_text_and_no_markup(cell):
    meeting = MeetingFactory(unit=cell, topic="<b>Nêu gương</b>")
    minutes = MinutesFactory(meeting=meeting, course="<script>x</script>")
    html = to_html(minutes_printout(minutes_paper(minutes, language="vi")))

    assert "<script>" not in html
    assert "<b>" not in html
