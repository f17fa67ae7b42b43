"""Both languages whole, and everything by keyboard."""

import re

from playwright.sync_api import Page, expect

from campaigns.models import Campaign, CampaignUnit
from members.models import Account, ActivityPause, Member, Transfer
from tests.e2e.conftest import PASSWORD
from tests.e2e.states import STATES, show

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Words that only an English interface writes.
ENGLISH = re.compile(
    r"\b(the|of|and|reports?|members?|units?|assessed|download|log in|sent|year)\b",
    re.I,
)
# Names of the site, of languages, of regulations, of the workbook's two sheets.
OWN_NAMES = (
    "Tự Soi",
    "Tiếng Việt",
    "English",
    "QĐ/TW",
    "“Đơn vị”",
    "“Đảng viên”",
    "Quyết định số 12-QĐ/ĐU, ngày 05/9/2026",  # papers are written in Vietnamese
)


def interface_of(page: Page) -> str:
    """The text of a page without the names that somebody has typed."""
    text = page.locator("html").evaluate(
        """html => {
            for (const folded of html.querySelectorAll("details")) folded.open = true;
            const said = [...html.querySelectorAll("[aria-label], [data-label]")];
            return [document.title, html.innerText, ...said.map(each =>
                each.ariaLabel || each.dataset.label)].join("\\n");
        }"""
    )
    typed = {
        *OWN_NAMES,
        *Campaign.objects.values_list("name", flat=True),
        *CampaignUnit.objects.values_list("name", flat=True),
        *Account.objects.values_list("display_name", flat=True),
        *Member.objects.values_list("full_name", flat=True),
        *ActivityPause.objects.values_list("document", flat=True),
        *Transfer.objects.values_list("document", flat=True),
        *Transfer.objects.exclude(comment="").values_list("comment", flat=True),
    }
    for name in sorted(typed, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def lines_in(wrong: re.Pattern[str], page: Page, language: str) -> list[str]:
    """The lines of the page in this language that are in the other one."""
    button = page.locator(f"button[lang={language}]")
    if not button.is_visible():
        page.locator("details.account summary").click()
    button.click()
    return [line for line in interface_of(page).splitlines() if wrong.search(line)]


def test_every_page_speaks_one_language_in_every_state(site, context, page):
    mixed = {}
    for state in STATES:
        show(state, site, context, page)
        lines = {
            "vi": lines_in(ENGLISH, page, "vi"),
            "en": lines_in(VIETNAMESE, page, "en"),
        }
        mixed |= {state: lines} if any(lines.values()) else {}

    assert mixed == {}


def test_the_language_is_changed_in_the_account_menu_and_stays(site, clerk, page):
    page.goto(site.page_of("Y"))
    page.locator("summary", has_text="Trần Thị Bình").click()
    page.get_by_role("button", name="English").click()

    assert page.url == site.page_of("Y")
    expect(page.get_by_role("button", name="Make the report")).to_be_visible()
    page.get_by_role("link", name="Go back").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.innerText.trim()")


def test_a_report_is_asked_for_by_keyboard_alone(site, page, inbox):
    page.goto(site.url)
    page.keyboard.type("van-thu")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/")

    page.keyboard.press("Tab")
    assert focused(page) == "Đến thẳng nội dung"
    page.keyboard.press("Enter")
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
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached == [
        "Đổi mật khẩu",
        "Phiên đăng nhập",
        "Tiếng Việt",
        "English",
        "Đăng xuất",
    ]
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.address("members:login"))
