"""Opinions of other bodies: asked for, on paper and by Excel, read and replied to."""

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign
from members.models import Account, PartyUnit
from members.policy import Role
from reviews.models import AccusationReceipt, OpinionEntry
from tests.e2e.conftest import enter, faults_of
from tests.e2e.pledge_states import of_person, people, unit
from tests.factories import PostFactory
from tests.reviews.opinion_worlds import book, opinions_of, row_of

SOUND = {"axe": [], "wider than the screen": False}
BODY, SAID = "Chi ủy khu phố 3, phường Tân Lập", "Gương mẫu, dự họp khu phố đầy đủ."


def as_(page: Page, account: Account, width: int) -> None:
    page.context.clear_cookies()
    enter(page.context, account)
    page.set_viewport_size({"width": width, "height": 844})


def ask(site, page: Page, cell: PartyUnit) -> None:
    page.goto(site.address("unit_self_reviews", site.campaign.pk, cell.pk))
    page.get_by_role("link", name="Ý kiến nhận xét").click()
    page.get_by_role("link", name="Lấy ý kiến nhận xét").click()
    page.get_by_label("Loại").select_option(label="Chi ủy (cấp ủy) nơi cư trú")
    page.get_by_label("Cơ quan, tổ chức được đề nghị nhận xét").fill(BODY)
    page.get_by_label("Ngày đề nghị").fill("01/11/2024")
    page.get_by_label("Hạn gửi lại").fill("31/10/2024")
    for box in page.get_by_role("checkbox").all()[:2]:
        box.check()
    page.get_by_role("button", name="Ghi đã đề nghị nhận xét").click()
    expect(
        page.get_by_text("Hạn gửi lại không thể trước ngày đề nghị.")
    ).to_be_visible()
    page.get_by_label("Hạn gửi lại").fill("20/11/2024")
    page.get_by_role("button", name="Ghi đã đề nghị nhận xét").click()
    expect(page.get_by_role("heading", name=BODY)).to_be_visible()


def enter_the_paper(page: Page) -> None:
    page.get_by_role("link", name="Nhập ý kiến nhận xét về").first.click()
    page.get_by_label("Nội dung nhận xét").fill(SAID)
    page.get_by_label("Ngày nhận").fill("12/11/2024")
    page.get_by_role("button", name="Ghi ý kiến nhận xét").click()
    expect(page.get_by_text(SAID)).to_be_visible()
    assert faults_of(page) == SOUND


def receive_the_workbook(page: Page, opinion) -> None:
    page.get_by_role("link", name="Nhận lại tệp Excel").click()
    page.get_by_label("Ngày nhận").fill("13/11/2024")
    file = book(row_of(opinion, "Có trách nhiệm"), ["0", "Ai đó", "", "x", "", ""])
    page.get_by_label("Tệp Excel").set_input_files(
        {"name": file.name, "mimeType": "application/x", "buffer": file.read()}
    )
    page.get_by_role("button", name="Xem các dòng").click()
    expect(page.get_by_text("Mới: 1 · thay đổi: 0")).to_be_visible()
    expect(page.get_by_text("Không có phiếu số “0”")).to_be_visible()
    assert faults_of(page) == SOUND
    page.get_by_role("button", name="Ghi các ý kiến này").click()
    expect(page.get_by_text("Đã ghi 1 ý kiến nhận xét.")).to_be_visible()


@pytest.mark.browser
def test_a_cell_asks_and_the_person_reads_and_replies(site, page):
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT", state="OPEN")
    cell = unit(site).live_unit
    as_(page, PostFactory(unit=cell, role=Role.SECRETARY).account, 1280)
    ask(site, page, cell)
    with page.expect_download() as printed:
        page.get_by_role("link", name="In phiếu nhận xét (PDF)").click()
    assert printed.value.suggested_filename.startswith("phieu-nhan-xet")
    with page.expect_download() as sent:
        page.get_by_role("link", name="Tải tệp Excel").click()
    assert sent.value.suggested_filename.endswith(".xlsx")
    enter_the_paper(page)
    entry = OpinionEntry.objects.get()
    other = opinions_of(entry.opinion.request).exclude(pk=entry.opinion_id).get()
    receive_the_workbook(page, other)

    person = next(each for each in people(site) if each == entry.opinion.participant)
    as_(page, of_person(person), 390)
    page.goto(site.address("reviews:self_review_detail", person.pk))
    page.get_by_role("link", name="Ý kiến nhận xét").click()
    expect(page.get_by_text(SAID)).to_be_visible()
    page.get_by_role("link", name="Trả lời bằng văn bản").click()
    page.get_by_label("Trả lời của đồng chí").fill("Xin tiếp thu")
    page.get_by_role("button", name="Ghi giải trình").click()
    expect(page.get_by_text("Xin tiếp thu")).to_be_visible()
    assert faults_of(page) == SOUND

    page.goto(site.address("accusation_page"))
    with page.expect_download():
        page.get_by_role("button", name="In mẫu đơn có số (PDF)").click()
    assert AccusationReceipt.objects.count() == 1
