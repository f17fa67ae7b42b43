"""From the printed slip to one's own record, on a telephone."""

import re

import pytest
from playwright.sync_api import expect

from members.models import Account, Membership, PartyUnit
from members.policy import Role
from tests.e2e.conftest import faults_of
from tests.e2e.slip_steps import choose_password, print_slip
from tests.factories import PostFactory

PERSON = "Nguyễn Văn An"
SOUND = {"axe": [], "wider than the screen": False}


@pytest.fixture
def secretary(site) -> Account:
    post = PostFactory(unit=PartyUnit.objects.get(code="X1"), role=Role.SECRETARY)
    return post.account


def test_a_slip_leads_on_a_telephone_to_the_own_record(site, secretary, page):
    login, code, member = print_slip(site, page, secretary)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_of(page) == SOUND
    in_cell = Membership.objects.filter(unit__code="X1").count()
    expect(page.locator(".slip")).to_have_count(in_cell)

    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.address('members:start')}#login={login}&code={code}")
    expect(page.get_by_label("Mã trên phiếu")).to_have_value(code)
    expect(page).to_have_url(site.address("members:start"))
    choose_password(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(member.full_name)
    expect(page).to_have_url(site.address("members:own_record"))
    page.locator("summary", has_text=PERSON).click()
    page.get_by_role("link", name="Phiên đăng nhập").click()
    expect(page.get_by_text("Phiên đang dùng")).to_be_visible()


def test_a_slip_is_typed_without_javascript(site, secretary, page, page_without_script):
    login, code, member = print_slip(site, page, secretary)
    bare = page_without_script
    bare.context.clear_cookies()

    bare.goto(site.address("members:login"))
    bare.get_by_role("link", name="Đặt mật khẩu bằng mã trên phiếu").click()
    bare.get_by_label("Tên đăng nhập").fill(login)
    bare.get_by_label("Mã trên phiếu").fill(code.lower().replace("-", ""))
    choose_password(bare)

    expect(bare.get_by_role("heading", level=1)).to_have_text(member.full_name)


def test_a_sheet_prints_nothing_but_whole_slips(site, secretary, page):
    print_slip(site, page, secretary)
    page.emulate_media(media="print")

    shown = page.locator("body").inner_text()
    assert not re.search("Tự Soi|Quay lại|In phiếu|Ai đọc được", shown)
    rule = page.locator(".slip").first.evaluate("s => getComputedStyle(s).breakInside")
    assert rule == "avoid"


def test_a_password_is_read_while_it_is_typed_and_what_is_wrong_comes_first(
    site, secretary, page
):
    login, code, _member = print_slip(site, page, secretary)
    page.context.clear_cookies()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.address('members:start')}#login={login}&code={code}")
    password = page.locator("input[name=password]")
    password.fill("ngắn")

    page.get_by_label("Hiện mật khẩu").check()
    expect(password).to_have_attribute("type", "text")
    assert faults_of(page) == SOUND
    page.get_by_label("Nhập lại mật khẩu mới").fill("ngắn")
    page.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()

    expect(page.get_by_text("Mật khẩu quá ngắn")).to_be_visible()
    expect(password).to_be_focused()
    expect(password).to_have_attribute("type", "password")
