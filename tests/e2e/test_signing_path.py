"""Cells and a commune sign, a figure changes, it is sent back; the district signs."""

from playwright.sync_api import Page, expect

from members.models import Account
from members.policy import Role
from reports.models import Submission
from tests.e2e.conftest import Site, enter
from tests.factories import PostFactory
from tests.reports.signing_worlds import change_a_figure
from tests.small_worlds import unit_of

REASON = "Rà soát số đồng chí hoàn thành tốt nhiệm vụ."
SIGN = "Chốt và gửi số liệu lên cấp trên"


def as_somebody(page: Page, account: Account) -> None:
    page.context.clear_cookies()
    enter(page.context, account)


def opens(page: Page, site: Site, code: str, account: Account) -> None:
    as_somebody(page, account)
    page.goto(site.page_of(code))
    page.get_by_role("link", name="Số liệu đã chốt").click()


def signs(page: Page, *, document: str, why: str = "") -> None:
    page.get_by_role("link", name=SIGN).click()
    page.get_by_label("Người ký").select_option(index=1)
    for name, value in (
        ("document", document),
        ("on", "05/01/2025"),
        ("minutes", "3-BB"),
        ("minutes_on", "04/01/2025"),
    ):
        page.locator(f"[name={name}]").fill(value)
    if why:
        page.get_by_label("Vì sao chốt khi còn tổ chức chưa chốt").fill(why)
    page.get_by_role("button", name=SIGN).click()
    expect(page.get_by_role("status")).to_contain_text("Đã chốt và gửi")


def state_of(page: Page, name: str) -> str:
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
    return row.inner_text()


def test_a_district_signs_what_its_units_have_signed(site, page):
    cell = PostFactory(unit=unit_of(site.campaign, "X1").live_unit, role=Role.SECRETARY)
    commune = unit_of(site.campaign, "X").live_unit
    PostFactory(unit=commune, role=Role.SECRETARY)
    office = PostFactory(unit=commune, role=Role.CLERK)
    PostFactory(unit=unit_of(site.campaign, "H").live_unit, role=Role.SECRETARY)

    opens(page, site, "X1", cell.account)
    signs(page, document="1-BC/CB")
    opens(page, site, "X", office.account)
    assert "1-BC/CB" in state_of(page, "Đơn vị X1")

    change_a_figure(site.campaign)
    page.reload()
    assert "Đã thay đổi sau khi gửi" in state_of(page, "Đơn vị X1")
    changed = state_of(page, "Đơn vị X1").replace("\u00a0", " ")
    assert "Hoàn thành tốt nhiệm vụ: 2 → 1" in changed
    page.get_by_role("link", name="Trả lại để rà soát").click()
    page.get_by_label("Nội dung đơn vị cần rà soát").fill(REASON)
    page.get_by_role("button", name="Trả lại, yêu cầu rà soát").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trả lại")

    opens(page, site, "X1", cell.account)
    expect(page.get_by_text(REASON).first).to_be_visible()
    signs(page, document="2-BC/CB")
    opens(page, site, "X", office.account)
    signs(page, document="25-BC/ĐU", why="Chi bộ X2 chưa họp")
    opens(page, site, "H", site.clerk)
    signs(page, document="30-BC/HU", why="Các đơn vị khác chưa họp")

    page.get_by_role("link", name="30-BC/HU").click()
    expect(page.get_by_role("link", name="25-BC/ĐU")).to_be_visible()
    versions = Submission.objects.order_by("pk").values_list("document", "state")
    assert list(versions) == [
        ("1-BC/CB", "RETURNED"),
        ("2-BC/CB", "SIGNED"),
        ("25-BC/ĐU", "SIGNED"),
        ("30-BC/HU", "SIGNED"),
    ]
