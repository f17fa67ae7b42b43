"""From the slip of a secretary to the second step, on a telephone, in each way."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import Account, Authenticator, Member, Membership, PartyUnit
from members.policy import Role
from tests.e2e.conftest import PASSWORD, enter, faults_of
from tests.factories import AccountFactory, PostFactory
from tests.one_time_codes import shown_by_app

CHOSEN = "hoa sen nở bên hồ"
SOUND = {"axe": [], "wider than the screen": False}
TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture
def secretary(site) -> Member:
    """Somebody on the roll of a cell who has become its secretary."""
    belongs = Membership.objects.filter(unit__code="X1").order_by("pk").first()
    PostFactory(member=belongs.member, unit=belongs.unit, role=Role.SECRETARY)
    return belongs.member


@pytest.fixture
def account(secretary) -> Account:
    """The secretary's account, whose password is known."""
    account = AccountFactory(member=secretary, login="bithu")
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def telephone(page) -> Page:
    page.set_viewport_size(TELEPHONE)
    return page


def print_for(site, page: Page, member: Member, button: str) -> None:
    cell = PartyUnit.objects.get(code="X1")
    address = f"{site.address('members:slip_list')}?show=all&cell={cell.pk}"
    page.goto(address)
    for tick in page.get_by_role("checkbox").all():
        tick.set_checked(tick.get_attribute("value") == str(member.pk))
    page.get_by_role("button", name=button).click()


def log_in(site, page: Page) -> None:
    page.goto(site.address("members:login"))
    page.get_by_label("Tên đăng nhập").fill("bithu")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def log_out(page: Page) -> None:
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()


def test_slip_and_card_lead_a_secretary_in(site, secretary, clerk, telephone):
    page = telephone
    print_for(site, page, secretary, "In phiếu cho các đồng chí đã chọn")
    slip = page.locator(".slip dd")
    expect(slip).to_have_count(2)
    login, code = slip.all_inner_texts()
    print_for(site, page, secretary, "In thẻ mã cho các đồng chí đã chọn")
    card = page.locator(".code-card > ol > li")
    expect(card).to_have_count(40)
    codes = card.all_inner_texts()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_of(page) == SOUND
    page.set_viewport_size(TELEPHONE)

    page.context.clear_cookies()
    page.goto(f"{site.address('members:start')}#login={login}&code={code}")
    page.get_by_label("Mật khẩu mới", exact=False).first.fill(CHOSEN)
    page.get_by_label("Nhập lại mật khẩu mới").fill(CHOSEN)
    page.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Bước thứ hai khi đăng nhập"
    )
    assert faults_of(page) == SOUND
    page.get_by_label("Mã").fill("0000 0000")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text("Mã này không có hiệu lực", exact=False)).to_be_visible()
    page.get_by_label("Mã").fill(codes[0])
    page.get_by_role("button", name="Đăng nhập").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(secretary.full_name)


def test_a_secretary_chooses_an_app_and_prints_a_card_beside_it(
    site, account, telephone
):
    page = telephone
    log_in(site, page)
    expect(page.get_by_role("link", name="Để sau")).to_be_visible()
    assert faults_of(page) == SOUND
    page.get_by_role("link", name="Dùng ứng dụng mã").click()
    seed = page.locator(".seed").inner_text()
    assert faults_of(page) == SOUND
    page.get_by_label("Mã").fill(shown_by_app(seed, at=timezone.now()))
    page.get_by_role("button", name="Dùng ứng dụng này").click()
    page.get_by_role("button", name="Lập thẻ").click()
    expect(page.locator(".code-card > ol > li")).to_have_count(40)
    code = page.locator(".code-card > ol > li").nth(4).inner_text()

    log_out(page)
    log_in(site, page)
    Authenticator.objects.update(last_step=0)  # or the test waits half a minute
    page.get_by_label("Mã").fill(shown_by_app(seed, at=timezone.now()))
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("details.account")).to_be_visible()
    log_out(page)
    log_in(site, page)
    page.get_by_label("Mã").fill(code)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("details.account")).to_be_visible()


def test_a_secretary_logs_in_with_the_passkey_of_the_telephone(
    site, account, telephone
):
    page = telephone
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    log_in(site, page)
    page.get_by_role("link", name="Dùng khóa đăng nhập").click()
    assert faults_of(page) == SOUND
    page.get_by_role("button", name="Lập khóa trên máy này").click()
    expect(page.get_by_text("Khóa được dùng từ lần đăng nhập sau.")).to_be_visible()

    log_out(page)
    log_in(site, page)
    assert faults_of(page) == SOUND
    page.get_by_role("button", name="Đăng nhập bằng khóa của máy này").click()
    expect(page.locator("details.account")).to_be_visible()

    log_out(page)
    devtools.send(
        "WebAuthn.removeVirtualAuthenticator",
        {"authenticatorId": device["authenticatorId"]},
    )
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb"}},
    )
    log_in(site, page)
    page.get_by_role("button", name="Đăng nhập bằng khóa của máy này").click()
    expect(
        page.get_by_text("Trình duyệt không đưa ra khóa", exact=False)
    ).to_be_visible()


def test_a_card_prints_on_half_a_sheet(site, account, page):
    enter(page.context, account)
    page.goto(site.address("members:card_print"))
    page.get_by_role("button", name="Lập thẻ").click()
    expect(page.locator(".code-card")).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins

    shown = page.locator("body").inner_text()
    assert not re.search("Tự Soi|In thẻ|Ai đọc được", shown)
    assert page.locator(".code-card").bounding_box()["height"] < 960 / 2
