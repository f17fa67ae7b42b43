"""The steps from a printed slip to a password of one's own."""

from playwright.sync_api import Page, expect

from members.models import Account, Member
from tests.e2e.conftest import enter, texts_of

PASSWORD = "hoa sen nở bên hồ"


def print_slip(site, page: Page, secretary: Account) -> tuple[str, str, Member]:
    """Print the slips of the whole cell; return the address and code of one."""
    enter(page.context, secretary)
    page.goto(site.address("members:member_list"))
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Phiếu cấp mật khẩu lần đầu").click()
    page.get_by_role("button", name="In phiếu cho các đồng chí đã chọn").click()
    expect(page.get_by_role("button", name="In phiếu")).to_be_visible()
    login, code = texts_of(page.locator(".slip").first.locator("dd"))
    return login, code, Account.objects.get(login=login).member


def choose_password(page: Page) -> None:
    page.get_by_label("Mật khẩu mới", exact=False).first.fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(PASSWORD)
    page.get_by_role("button", name="Đặt mật khẩu và đăng nhập").click()
