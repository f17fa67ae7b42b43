"""A collective's report: opened with its programme, sent up, returned, accepted, printed."""

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign, CampaignBody, CampaignUnit
from members.models import Account, PartyUnit
from members.policy import Role
from reviews.models import CollectiveReportText
from tests.e2e.conftest import enter, faults_of
from tests.factories import PostFactory, ProgrammeFactory, ProgrammeItemFactory

SOUND = {"axe": [], "wider than the screen": False}
MATTER, ANSWER = "Làm rõ việc họp muộn", "Do thay đổi cấp ủy giữa năm"
REMARK = "Nêu rõ trách nhiệm từng người."


@pytest.fixture
def body(site) -> CampaignBody:
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT", state="OPEN")
    unit = CampaignUnit.objects.get(campaign=site.campaign, code="X1")
    ProgrammeItemFactory(
        programme=ProgrammeFactory(unit=unit),
        text="Kết nạp đảng viên mới",
        goal="2",
        result="PARTLY",
        result_note="Kết nạp 1 người",
    )
    return CampaignBody.objects.organisations().get(unit=unit)


def as_(page: Page, account: Account, width: int) -> None:
    page.context.clear_cookies()
    enter(page.context, account)
    page.set_viewport_size({"width": width, "height": 844})


def suggest(site, page: Page, above: PartyUnit, name: str) -> None:
    page.goto(site.address("unit_collective_reports", site.campaign.pk, above.pk))
    page.get_by_role("link", name="Gợi ý kiểm điểm đối với tập thể").click()
    page.get_by_role("link", name="Gợi ý kiểm điểm đối với tập thể").last.click()
    page.get_by_label("Gửi đến").select_option(label=name)
    page.get_by_label("Số, ký hiệu văn bản").fill("CV 14-CV/ĐU")
    page.get_by_label("Ngày văn bản").fill("01/11/2024")
    page.get_by_label("Nội dung cần giải trình").fill(MATTER)
    page.get_by_role("button", name="Ghi nội dung gợi ý").click()
    expect(page.get_by_text(MATTER)).to_be_visible()


def write_and_send(site, page: Page, cell: PartyUnit) -> None:
    page.goto(site.address("work:unit_work", site.campaign.pk, cell.pk))
    page.get_by_role("link", name="Báo cáo kiểm điểm tập thể").click()
    page.get_by_role("link", name="Mở báo cáo").first.click()
    page.get_by_role("link", name="Bắt đầu viết").click()
    page.get_by_role("button", name="Bắt đầu viết").click()
    page.get_by_text("Chương trình hành động năm nay và kết quả thực hiện").click()
    page.get_by_role("button", name="Lấy vào bài và chỉnh sửa").first.click()
    tasks = page.get_by_label("Kết quả thực hiện các chỉ tiêu")
    expect(tasks).to_have_value(
        "Kết nạp đảng viên mới (2): hoàn thành một phần. Kết nạp 1 người"
    )
    page.get_by_label("Hạn chế, khuyết điểm (theo các nội dung ở mục I)").fill(
        "Họp muộn"
    )
    page.get_by_label("Tập thể tự đề nghị xếp loại").select_option("GOOD")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_role("alert")).to_be_visible()  # without the answer
    page.get_by_label(MATTER).fill(ANSWER)
    assert faults_of(page) == SOUND
    review_and_send(page)


def review_and_send(page: Page) -> None:
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi cấp trên").click()
    expect(page.get_by_text("Đã gửi báo cáo lên cấp trên.")).to_be_visible()


def open_what_waits(site, page: Page, above: PartyUnit) -> None:
    page.goto(site.address("unit_collective_reports", site.campaign.pk, above.pk))
    page.get_by_role("link", name="Đọc báo cáo đang chờ").click()
    expect(page.get_by_text(ANSWER).first).to_be_visible()


def test_from_the_suggestion_to_the_accepted_report_on_paper(site, body, page):
    cell = body.unit.live_unit
    above = cell.parent
    secretary = PostFactory(unit=cell, role=Role.SECRETARY).account
    committee = PostFactory(unit=above, role=Role.SECRETARY).account
    as_(page, committee, 1280)
    suggest(site, page, above, body.full_name)
    as_(page, secretary, 390)
    write_and_send(site, page, cell)
    as_(page, committee, 1280)
    open_what_waits(site, page, above)
    page.get_by_role("link", name="Trả lại để bổ sung").click()
    page.get_by_label("Điều cần bổ sung").fill(REMARK)
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    as_(page, secretary, 390)
    page.goto(site.address("reviews:collective_report_write", body.pk))
    expect(page.get_by_text(REMARK)).to_be_visible()
    page.get_by_label("Trách nhiệm của tập thể").fill("Bí thư chịu trách nhiệm chính")
    review_and_send(page)
    as_(page, committee, 1280)
    open_what_waits(site, page, above)
    page.get_by_role("link", name="Tiếp nhận báo cáo").click()
    page.get_by_role("button", name="Tiếp nhận báo cáo").click()
    with page.expect_download() as printed:
        page.get_by_role("link", name="(PDF)").click()
    assert printed.value.path().read_bytes()[:5] == b"%PDF-"

    body.refresh_from_db()
    assert body.report_state == "ACCEPTED"
    assert CollectiveReportText.objects.latest("number").own_level == "GOOD"
