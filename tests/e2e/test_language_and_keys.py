"""The language that one chooses, and everything by keyboard."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD


def test_the_language_is_changed_in_the_account_menu_and_stays(site, clerk, page):
    page.goto(site.page_of("Y"))
    page.locator("summary", has_text="Trần Thị Bình").click()
    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("button", name="Make the report")).to_be_visible()
    expect(page).to_have_url(site.page_of("Y"))
    page.get_by_role("link", name="Go back").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText.trim()")


def test_a_report_is_asked_for_by_keyboard_alone(site, page, inbox, settings):
    settings.SECOND_FACTOR_ASKED = False
    page.goto(site.url)
    page.keyboard.type("van-thu")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/")
    page.goto(site.address("figures_home"))

    page.keyboard.press("Tab")
    assert focused(page) == "Đến thẳng nội dung"
    page.keyboard.press("Enter")
    for link in ("Quay lại", "Việc cần làm"):
        page.keyboard.press("Tab")
        assert focused(page) == link
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.page_of("H"))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reached = []
    while focused(page) != "Lập báo cáo":
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached == [
        "Quay lại",
        "Tổng hợp, báo cáo",
        "4 tổ chức đảng trực thuộc",
        "Số liệu đã chốt",
        "Tiến độ",
        "Lập báo cáo",
    ]
    page.keyboard.press("Enter")
    expect(page.get_by_text("Báo cáo đang chờ đến lượt.")).to_be_visible()


def test_the_account_menu_opens_closes_and_logs_out_by_keyboard(site, clerk, page):
    page.goto(site.url)
    menu = page.locator("details.account")
    page.locator("summary", has_text="Trần Thị Bình").focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert focused(page) == "Trần Thị Bình"

    page.keyboard.press("Enter")
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached == [
        "Đổi mật khẩu",
        "Bước thứ hai khi đăng nhập",
        "Địa chỉ thư điện tử",
        "Phiên đăng nhập",
        "Tiếng Việt",
        "English",
        "Đăng xuất",
    ]
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.address("members:login"))
