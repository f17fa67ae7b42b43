"""A monthly meeting as the secretary holds it at a desk, and a member reads of it."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Attendance, Meeting, MeetingTask
from members.models import Member
from tests.e2e.conftest import Site, enter
from tests.e2e.meeting_states import member, people_of, secretary, sheet

NAMES = ("Nguyễn Thị Đào", "Phạm Văn Nam", "Trần Thị Út")


@pytest.fixture
def named(site: Site) -> Site:
    """The people of the cell have names that differ."""
    for person, name in zip(people_of(site), NAMES, strict=True):
        person.full_name = name
        person.save()
        Member.objects.filter(pk=person.member_id).update(full_name=name)
    return site


@pytest.fixture
def at_the_desk(named: Site, page: Page) -> Page:
    sheet(named)
    enter(page.context, secretary(named))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(named.url)
    page.get_by_text("Mục khác").click()
    page.get_by_role("link", name="Sinh hoạt chi bộ hằng tháng").click()
    return page


def plan(page: Page, day: str) -> None:
    page.get_by_role("link", name="Lên lịch buổi tới").click()
    page.get_by_label("Ngày", exact=False).first.fill(day)
    page.get_by_label("Nội dung sinh hoạt").fill("Thời sự\nNhiệm vụ tháng sau")
    page.get_by_role("button", name="Lên lịch buổi sinh hoạt").click()


def record(page: Page) -> None:
    """Everything by the keyboard, but for the one button."""
    page.get_by_role("link", name="Ghi buổi sinh hoạt").click()
    page.get_by_role("button", name="Tất cả có mặt").click()
    expect(page.get_by_text("Đã ghi tất cả có mặt")).to_be_visible()
    page.get_by_label(f"Điểm danh: {NAMES[1]}").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("Bắt đầu lúc").fill("14h")
    page.get_by_label("Chủ trì").fill(NAMES[0])
    page.get_by_label("Người ghi biên bản").fill(NAMES[1])
    page.get_by_label("Diễn biến buổi sinh hoạt").fill("Đồng chí Đào báo cáo.")
    page.get_by_label("Kết luận").fill("Nhất trí.")
    expect(page.get_by_text("Đã lưu tạm, chưa ghi nhận:")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Kết luận")).to_have_value("Nhất trí.")
    row = page.locator("section", has_text="Việc được giao tại buổi này").last
    row.get_by_label("Việc được giao").first.fill("Thăm hộ nghèo")
    row.get_by_label("Người thực hiện").first.select_option(NAMES[2])
    row.get_by_label("Thời hạn").first.fill("01/12/2024")
    row.get_by_label("Thời hạn").first.press("Enter")
    expect(page.get_by_text("Đã ghi buổi sinh hoạt.")).to_be_visible()


def sign(page: Page) -> None:
    page.get_by_role("link", name="Đánh dấu đã ký").click()
    page.get_by_label("Ngày ký").fill("06/11/2024")
    page.get_by_role("button", name="Đánh dấu đã ký").click()


def rate(page: Page) -> None:
    page.get_by_role("link", name="Chấm buổi sinh hoạt").click()
    page.get_by_label("Đúng kỳ").fill("55")
    page.get_by_label("Thảo luận dân chủ").fill("38")
    page.get_by_role("button", name="Ghi điểm").click()


def test_two_months_are_planned_recorded_signed_and_rated(named, at_the_desk):
    page = at_the_desk
    plan(page, "05/11/2024")
    record(page)

    meeting = Meeting.objects.get()
    assert (meeting.present, meeting.expected) == (3, 3)
    late = Attendance.objects.get(state="LATE")
    assert late.participant.full_name == NAMES[1]
    with page.expect_download() as download:
        page.get_by_role("link", name="In biên bản để ký").click()
    assert download.value.suggested_filename == "bien-ban-2024-11-05.pdf"
    sign(page)
    expect(page.get_by_text("đã ký biên bản")).to_be_visible()
    rate(page)
    expect(page.get_by_text("Tốt: 93/100 điểm")).to_be_visible()

    page.get_by_role("link", name="Quay lại").click()
    page.get_by_role("link", name="Lên lịch buổi tới").click()
    expect(page.get_by_label("Ngày", exact=False).first).to_have_value("05/12/2024")
    page.get_by_role("button", name="Lên lịch buổi sinh hoạt").click()
    page.get_by_role("link", name="Ghi buổi sinh hoạt").click()
    page.get_by_label("Kết quả: Thăm hộ nghèo").select_option("DONE")
    page.get_by_role("button", name="Ghi buổi sinh hoạt").last.click()
    expect(page.get_by_text("Đã ghi buổi sinh hoạt.")).to_be_visible()
    task = MeetingTask.objects.get()
    assert (task.result, task.checked_at.on) == ("DONE", date(2024, 12, 5))

    page.get_by_role("link", name="Quay lại").click()
    rows = page.locator("tbody").first.locator("tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Tốt")


def test_a_member_reads_on_a_telephone_what_concerns_them(named, at_the_desk):
    plan(at_the_desk, "05/11/2024")
    record(at_the_desk)
    sign(at_the_desk)
    page = at_the_desk
    page.context.clear_cookies()
    enter(page.context, member(named))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(named.address("meetings:meeting_home"))
    page.get_by_role("link", name="05/11/2024").click()

    expect(page.get_by_text("Đồng chí Đào báo cáo.")).to_be_visible()
    expect(page.get_by_text("Nhiệm vụ tháng sau")).to_be_visible()
    expect(page.get_by_text("Có mặt; đảng phí: Đã đóng")).to_be_visible()
    expect(page.get_by_role("link", name="Ghi buổi sinh hoạt")).to_have_count(0)
