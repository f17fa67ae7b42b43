"""A self-review on a telephone whose line breaks; returned, mended, confirmed, printed."""

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign, Participant, Placement
from members.models import Account, PartyUnit
from members.policy import Role
from reviews.models import SelfReviewDraft, SelfReviewText
from tests.e2e import conftest
from tests.e2e.conftest import enter, faults_of
from tests.factories import AccountFactory, PostFactory

SOUND = {"axe": [], "wider than the screen": False}
SAVED, KEPT = "Đã lưu lúc", "Chưa gửi lên máy chủ, đang giữ trên máy này"
FIRST, SECOND = "Còn ngại góp ý", " với lãnh đạo cơ quan."
REMARK = "Nêu rõ nguyên nhân."


@pytest.fixture(autouse=True)
def line_may_break(monkeypatch):
    """Chromium writes into its console that a line is gone; here it is asked for."""
    gone = ("ERR_INTERNET_DISCONNECTED", "status of 404")
    monkeypatch.setattr(
        conftest, "EXPECTED_COMPLAINTS", (*conftest.EXPECTED_COMPLAINTS, *gone)
    )


@pytest.fixture
def cell(site) -> PartyUnit:
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT", state="OPEN")
    return PartyUnit.objects.get(code="X1")


def someone(site, cell) -> tuple[Participant, Account]:
    placed = Placement.objects.open().filter(unit__live_unit=cell)
    person = Participant.objects.filter(pk__in=placed.values("participant")).first()
    Participant.objects.filter(pk=person.pk).update(review_state="NONE")
    return person, AccountFactory(member=person.member)


def shortcomings(page: Page):
    return page.get_by_label("Hạn chế, khuyết điểm (theo các nội dung ở mục I)")


def has(page: Page, text: str) -> None:
    for _ in range(150):
        if SelfReviewDraft.objects.get().content["answers"].get("shortcomings") == text:
            break
        page.wait_for_timeout(200)
    kept = SelfReviewDraft.objects.get().content["answers"]
    assert kept.get("shortcomings") == text
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)


def review_and_send(page: Page) -> None:
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("button", name="Gửi chi bộ").click()
    expect(page.get_by_text("Đã gửi bản kiểm điểm đến chi bộ.")).to_be_visible()


def as_(page: Page, account: Account, width: int) -> None:
    page.context.clear_cookies()
    enter(page.context, account)
    page.set_viewport_size({"width": width, "height": 844})


def write_while_the_line_breaks(site, page: Page) -> None:
    page.goto(site.address("self_review_own"))
    page.get_by_role("link", name="Bắt đầu viết").first.click()
    page.get_by_role("button", name="Bắt đầu viết").click()
    expect(page.locator("form[data-ready]")).to_be_attached()
    shortcomings(page).fill(FIRST)
    has(page, FIRST)
    page.context.set_offline(True)
    shortcomings(page).press_sequentially(SECOND)
    expect(page.locator("[data-draft-state]")).to_have_text(KEPT)
    page.context.set_offline(False)
    has(page, FIRST + SECOND)
    assert faults_of(page) == SOUND


def propose_a_level_and_send(page: Page) -> None:
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_role("alert")).to_be_visible()  # without the own level
    page.get_by_label("Xếp loại đảng viên").select_option("GOOD")
    review_and_send(page)


def return_it(site, page: Page, cell: PartyUnit) -> None:
    page.goto(site.address("self_review_own"))
    page.get_by_role("link", name=cell.name, exact=True).click()
    page.get_by_role("link", name="Xem từng bản").click()
    expect(page.get_by_text(FIRST + SECOND)).to_be_visible()
    page.get_by_role("link", name="Trả lại để bổ sung").click()
    page.get_by_label("Điều cần bổ sung").fill(REMARK)
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(page.get_by_text(REMARK)).to_be_visible()


def mend(site, page: Page) -> None:
    page.goto(site.address("self_review_own"))
    page.get_by_role("link", name="Viết tiếp").first.click()
    expect(page.get_by_text(REMARK)).to_be_visible()
    page.get_by_label("Nguyên nhân của hạn chế, khuyết điểm").fill("Nể nang.")
    review_and_send(page)


def confirm_and_print(site, page: Page, person: Participant) -> None:
    page.goto(site.address("reviews:self_review_detail", person.pk))
    page.get_by_role("link", name="Xác nhận của chi bộ").click()
    page.get_by_role("button", name="Xác nhận của chi bộ").click()
    with page.expect_download() as printed:
        page.get_by_role("link", name="(PDF)").click()
    assert printed.value.path().read_bytes()[:5] == b"%PDF-"
    with page.expect_download() as for_word:
        page.get_by_role("link", name="Tải bản Word").click()
    assert for_word.value.suggested_filename.endswith(".docx")


def test_from_the_first_word_to_the_printed_page_with_the_line_cut(site, cell, page):
    person, author = someone(site, cell)
    secretary = PostFactory(unit=cell, role=Role.SECRETARY).account
    as_(page, author, 390)
    write_while_the_line_breaks(site, page)
    propose_a_level_and_send(page)
    as_(page, secretary, 1280)
    return_it(site, page, cell)
    as_(page, author, 390)
    mend(site, page)
    as_(page, secretary, 1280)
    confirm_and_print(site, page, person)

    person.refresh_from_db()
    assert person.review_state == "CONFIRMED"
    assert SelfReviewText.objects.latest("number").own_level == "GOOD"
