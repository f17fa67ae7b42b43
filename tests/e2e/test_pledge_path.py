"""A pledge on a telephone whose line breaks twice; returned, mended, confirmed, printed."""

import json

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import (
    Participant,
    Pledge,
    PledgeDraft,
    PledgeItem,
)
from members.models import Account, PartyUnit
from members.policy import Role
from tests.e2e.conftest import enter, faults_of
from tests.e2e.pledge_steps import (
    FIRST,
    KEPT,
    NOT_KEPT,
    SAVED,
    SECOND,
    THIRD,
    cell,
    has,
    ideology,
    kept_on_device,
    line_may_break,
    ready,
    someone,
    state,
)
from tests.e2e.slip_steps import choose_password, print_slip
from tests.factories import PostFactory

__all__ = ["cell", "line_may_break"]
SOUND = {"axe": [], "wider than the screen": False}
REMARK = "Ghi rõ thời gian hoàn thành."


@pytest.fixture
def secretary(cell) -> Account:
    return PostFactory(unit=cell, role=Role.SECRETARY).account


def come_in_by_slip(site, page: Page, login: str, code: str) -> None:
    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.address('members:start')}#login={login}&code={code}")
    choose_password(page)
    page.goto(site.address("pledges:pledge_own"))


def write_while_the_line_breaks(page: Page) -> None:
    ready(page)
    ideology(page).fill(FIRST)
    has(page, FIRST)
    assert kept_on_device(page) == []

    page.context.set_offline(True)
    ideology(page).press_sequentially(f" {SECOND}")
    expect(state(page)).to_have_text(KEPT)
    [name] = kept_on_device(page)
    sealed = page.evaluate("name => localStorage.getItem(name)", name)
    assert set(json.loads(sealed)) == {"day", "iv", "text"}
    assert "Dự sinh hoạt" not in sealed
    page.context.set_offline(False)
    has(page, f"{FIRST} {SECOND}")
    assert kept_on_device(page) == []


def add_an_item_and_send(page: Page) -> None:
    """The line breaks for the second time while the page is to be left."""
    duty = page.locator("#section-duty")
    duty.get_by_role("button", name="Thêm nội dung cam kết").click()
    duty.get_by_label("Nội dung cam kết", exact=True).fill("Góp ý dự thảo nghị quyết")
    duty.get_by_label("Chỉ tiêu, mức phấn đấu").fill("2 lần")
    page.context.set_offline(True)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(state(page)).to_have_text(KEPT)
    ideology(page).press_sequentially(f" {THIRD}")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text(SAVED)
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_text(THIRD)).to_be_visible()
    send(page)


def send(page: Page) -> None:
    page.get_by_role("button", name="Gửi chi bộ").click()
    expect(page.get_by_text("Đã gửi bản cam kết đến chi bộ.")).to_be_visible()


def return_it(site, page: Page, cell: PartyUnit, person: Participant) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.address("pledges:pledge_own"))
    page.get_by_role("link", name=cell.name, exact=True).click()
    row = page.get_by_role("row").filter(has_text=person.full_name)
    row.get_by_role("link", name="Mở bản cam kết").click()
    page.get_by_role("link", name="Trả lại để bổ sung").click()
    page.get_by_label("Điều cần bổ sung").fill(REMARK)
    page.get_by_role("button", name="Trả lại để bổ sung").click()
    expect(page.get_by_text(REMARK)).to_be_visible()


def mend(site, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address("pledges:pledge_own"))
    page.get_by_role("link", name="Viết tiếp").click()
    expect(page.get_by_text(REMARK)).to_be_visible()
    page.locator("#section-duty").get_by_label("Xong ngày").fill("31/12/2024")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    send(page)


def confirm_and_print(site, page: Page, person: Participant) -> None:
    page.goto(site.address("pledges:pledge_detail", person.pk))
    page.get_by_role("link", name="Xác nhận của chi bộ").click()
    page.get_by_role("button", name="Xác nhận của chi bộ").click()
    with page.expect_download() as printed:
        page.get_by_role("link", name="In bản cam kết (PDF)").click()
    assert printed.value.path().read_bytes()[:5] == b"%PDF-"


def urge_on(site, page: Page, cell: PartyUnit, person: Participant) -> None:
    page.goto(site.address("pledges:check_list", site.campaign.pk, cell.pk))
    page.locator("summary", has_text=person.full_name).click()
    page.get_by_role("link", name="Ghi: cần đôn đốc").click()
    page.get_by_label("cần đôn đốc").check()
    page.get_by_label("Ghi ngắn gọn").fill("Mới góp ý một lần")
    page.locator("main form").get_by_role("button").first.click()
    heading = page.get_by_role("heading", name="Đưa vào kỳ sinh hoạt này: cần đôn đốc")
    expect(heading).to_be_visible()


def enter_anew(page: Page, account: Account) -> None:
    page.context.clear_cookies()
    enter(page.context, account)


def test_from_the_slip_to_the_printed_page_with_the_line_cut_twice(
    site, cell, secretary, page
):
    login, code, member = print_slip(site, page, secretary)
    person = Participant.objects.get(campaign=site.campaign, member=member)
    come_in_by_slip(site, page, login, code)
    page.get_by_role("link", name="Bắt đầu viết").click()
    page.get_by_role("button", name="Bắt đầu viết").click()
    write_while_the_line_breaks(page)
    assert faults_of(page) == SOUND
    add_an_item_and_send(page)

    enter_anew(page, secretary)
    return_it(site, page, cell, person)
    enter_anew(page, Account.objects.get(member=member))
    mend(site, page)
    enter_anew(page, secretary)
    confirm_and_print(site, page, person)
    urge_on(site, page, cell, person)

    [item] = PledgeItem.objects.filter(progress="BEHIND")
    assert (item.goal, item.sent.number) == ("2 lần", 2)


def test_a_browser_closed_in_the_middle_of_a_word_loses_five_seconds_at_most(
    site, cell, page, context
):
    person, account = someone(site, cell)
    enter(context, account)
    page.goto(site.address("pledges:pledge_begin", person.pk))
    page.get_by_role("button", name="Bắt đầu viết").click()
    ready(page)
    ideology(page).press_sequentially("Dự sinh ho", delay=300)
    page.wait_for_timeout(1000)
    page.close()

    kept = PledgeDraft.objects.get().content["answers"]["ideology"]
    assert "Dự sinh ho".startswith(kept)
    assert len(kept) >= 2


def test_what_the_line_lost_is_there_after_the_browser_was_closed_and_gone_after_log_out(
    site, cell, page, context
):
    person, account = someone(site, cell)
    enter(context, account)
    page.goto(site.address("pledges:pledge_begin", person.pk))
    page.get_by_role("button", name="Bắt đầu viết").click()
    ready(page)
    context.set_offline(True)
    ideology(page).fill(FIRST)
    expect(state(page)).to_have_text(KEPT)
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(site.address("pledges:pledge_write", person.pk))
    expect(ideology(again)).to_have_value(FIRST)
    has(again, FIRST)

    beside = context.new_page()
    beside.goto(again.url)
    ready(beside)
    context.set_offline(True)
    ideology(again).fill(SECOND)
    expect(state(again)).to_have_text(KEPT)
    ideology(beside).fill(SECOND)
    expect(state(beside)).to_have_text(KEPT)
    context.route("**/draft/", lambda route: route.abort())
    context.set_offline(False)
    again.evaluate(
        """() => {
            window.dispatchEvent(new Event("online"));
            document.querySelector("[data-log-out]").requestSubmit();
        }"""
    )
    again.wait_for_url("**/login/**")
    expect(state(beside)).to_contain_text(NOT_KEPT)
    assert kept_on_device(beside) == []


def test_of_two_devices_the_second_sees_both(site, cell, page, context):
    person, account = someone(site, cell)
    enter(context, account)
    page.goto(site.address("pledges:pledge_begin", person.pk))
    page.get_by_role("button", name="Bắt đầu viết").click()
    ready(page)
    other = context.new_page()
    other.goto(page.url)
    ready(other)
    ideology(other).fill("Máy thứ hai.")
    has(other, "Máy thứ hai.")

    ideology(page).fill("Máy thứ nhất.")
    expect(state(page)).to_contain_text("Không có gì bị ghi đè")
    page.get_by_role("button", name="Lưu bản nháp").last.click()

    table = page.get_by_role("alert").locator("table")
    expect(table).to_contain_text("Máy thứ hai.")
    expect(table).to_contain_text("Máy thứ nhất.")
    expect(ideology(page)).to_have_value("Máy thứ nhất.")
    page.get_by_role("button", name="Lưu bản nháp").last.click()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert Pledge.objects.count() == 1
    stored = PledgeDraft.objects.get().content["answers"]
    assert stored == {"ideology": "Máy thứ nhất."}


def test_an_item_taken_out_comes_back_and_a_fault_leads_to_its_field(
    site, cell, page, context
):
    person, account = someone(site, cell)
    enter(context, account)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address("pledges:pledge_begin", person.pk))
    page.get_by_role("button", name="Bắt đầu viết").click()
    ready(page)
    duty = page.locator("#section-duty")
    duty.get_by_role("button", name="Thêm nội dung cam kết").click()
    text = duty.get_by_label("Nội dung cam kết", exact=True)
    text.fill(FIRST)

    duty.get_by_role("button", name="Bỏ nội dung này").click()
    expect(text).to_have_count(0)
    assert faults_of(page) == SOUND
    page.get_by_role("button", name="Lấy lại nội dung này").press("Enter")
    expect(text).to_have_value(FIRST)
    expect(text).to_be_focused()

    duty.get_by_label("Xong ngày").fill("31122024")  # the keys have no stroke
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    page.get_by_role("alert").get_by_role("link", name="Ghi mức phấn đấu").click()
    target = page.get_by_label("Chỉ tiêu, mức phấn đấu")
    expect(target).to_be_focused()
    target.fill("12 kỳ")
    page.get_by_role("button", name="Xem lại trước khi gửi").click()
    expect(page.get_by_text("31/12/2024")).to_be_visible()
