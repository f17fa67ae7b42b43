"""July 2025 as the clerk of a province meets it: drafted, carried out, applied, seen."""

import pytest
from playwright.sync_api import Page, expect

from campaigns.services import opening
from members.models import Account, PartyUnit, UnitDecision
from tests.e2e.conftest import Site, clerk_of, enter, rows_of, table_under
from tests.factories import MemberFactory
from tests.small_worlds import BY_COMMAND, live, tree_of

PROVINCE = """
    T    -   PROVINCE              -         -
    D    T   SUPERIOR              -         -
    D.1  D   GRASSROOTS_COMMITTEE  COMMUNE   -
    D.11 D.1 CELL                  -         -
    D.2  D   GRASSROOTS_COMMITTEE  TOWNSHIP  -
    D.21 D.2 CELL                  -         -
"""
BELOW = "Tổ chức đảng trực thuộc"


@pytest.fixture
def campaign(site: Site):
    units = live(PROVINCE)
    for cell in ("D.11", "D.11", "D.21"):
        MemberFactory(cell=units[cell])
    draft = opening.create_campaign(
        code="tinh-2026",
        name="Đợt kiểm điểm năm 2026",
        year=2026,
        root_unit=units["T"],
        rule_set_code="qd366-2025",
    )
    return opening.open_campaign(campaign=draft, **BY_COMMAND)


@pytest.fixture
def province(campaign, page: Page) -> Account:
    """The clerk of the province, logged in at a desk."""
    account = clerk_of("T", login="van-thu-tinh", name="Đỗ Thị Mai")
    enter(page.context, account)
    page.set_viewport_size({"width": 1280, "height": 900})
    return account


def begin(page: Page, site: Site) -> None:
    page.goto(site.url)
    page.get_by_text("Mục khác").click()
    page.get_by_role("link", name="Tổ chức đảng", exact=True).click()
    page.get_by_role("link", name="Quyết định về tổ chức đảng").click()
    page.get_by_role("link", name="Ghi quyết định mới").click()
    page.get_by_label("Số văn bản").fill("15-QĐ/TU")
    page.get_by_label("Ngày ký").fill("2025-06-20")
    page.get_by_label("Trích yếu").fill(
        "Kết thúc đảng bộ cấp huyện, thành lập đảng bộ xã"
    )
    page.get_by_label("Có hiệu lực từ ngày").fill("2025-07-01")
    page.get_by_role("button", name="Ghi bản dự thảo").click()


def add_change(page: Page, act: str, *chosen: str) -> None:
    """Go through the steps: the act, then each unit by a search or from the list."""
    page.get_by_role("link", name="Thêm nội dung").click()
    page.get_by_role("link", name=act, exact=True).click()
    for name in chosen:
        page.get_by_role("link", name=name, exact=True).click()


def found(page: Page, *, name: str, code: str) -> None:
    add_change(page, "Thành lập tổ chức mới", "Đơn vị T")
    page.get_by_label("Tên tổ chức đảng").fill(name)
    page.get_by_label("Mã tổ chức đảng").fill(code)
    page.get_by_label("Loại tổ chức đảng").select_option("SUPERIOR")
    page.get_by_role("button", name="Thêm vào quyết định").click()


def merge(page: Page, old: str, new: str) -> None:
    add_change(page, "Sáp nhập")
    search = page.get_by_label("Tên hoặc mã tổ chức đảng, có dấu hoặc không dấu")
    search.fill(old.replace("Đơn vị", "don vi"))
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name=old, exact=True).click()
    page.get_by_role("link", name=new, exact=True).click()
    page.get_by_role("button", name="Thêm vào quyết định").click()


def names_below(page: Page) -> list[str]:
    return [row[0] for row in rows_of(table_under(page, BELOW))[1:]]


def test_a_district_is_dissolved_into_communes_and_the_tree_is_seen_on_both_days(
    site, campaign, province, page
):
    begin(page, site)
    found(page, name="Đảng bộ xã Tam Hồng", code="C")
    found(page, name="Đảng bộ xã Yên Lạc", code="B")
    merge(page, "Đơn vị D.1", "Đảng bộ xã Tam Hồng")
    merge(page, "Đơn vị D.2", "Đảng bộ xã Yên Lạc")
    add_change(page, "Kết thúc hoạt động", "Đơn vị D")
    page.get_by_role("button", name="Thêm vào quyết định").click()

    page.get_by_role("link", name="Xem trước rồi thực hiện").click()
    expect(page.get_by_text("Chưa có gì thay đổi")).to_be_visible()
    assert not PartyUnit.objects.filter(code="C").exists()
    page.get_by_role("button", name="Thực hiện quyết định").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thực hiện quyết định")

    page.goto(site.address("members:unit_detail", PartyUnit.objects.get(code="T").pk))
    assert names_below(page) == [
        "Đảng bộ xã Tam Hồng", "Đơn vị D.11", "Đảng bộ xã Yên Lạc", "Đơn vị D.21",
    ]  # fmt: skip
    page.get_by_label("Xem như vào ngày").fill("30/06/2025")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_text("vào ngày 30/06/2025")).to_be_visible()
    assert names_below(page) == ["Đơn vị D", "Đơn vị D.1", "Đơn vị D.2"]
    page.get_by_role("link", name="Đơn vị D", exact=True).click()
    assert names_below(page) == [
        "Đơn vị D.1", "Đơn vị D.11", "Đơn vị D.2", "Đơn vị D.21",
    ]  # fmt: skip


def test_a_campaign_takes_it_only_when_somebody_applies_it_there(
    site, campaign, province, page
):
    begin(page, site)
    found(page, name="Đảng bộ xã Tam Hồng", code="C")
    merge(page, "Đơn vị D.1", "Đảng bộ xã Tam Hồng")
    page.get_by_role("link", name="Xem trước rồi thực hiện").click()
    before = tree_of(campaign)
    page.get_by_role("button", name="Thực hiện quyết định").click()

    page.get_by_role("link", name="Đợt kiểm điểm năm 2026").click()
    figures = rows_of(table_under(page, "Số liệu của cả đợt"))
    assert figures[1:] == [
        ["Đơn vị", "6", "6"],
        ["Tổ chức cơ sở đảng", "2", "1"],
        ["Chi bộ trực thuộc đảng ủy cơ sở", "2", "2"],
        ["Đảng viên", "3", "3"],
        ["Đảng viên được xếp loại", "0", "0"],
    ]
    assert tree_of(campaign) == before
    page.get_by_role("button", name="Áp dụng vào đợt này").click()
    expect(page.get_by_text("Đã áp dụng", exact=True)).to_be_visible()
    assert tree_of(campaign) == {
        "T": None, "D": "T", "C": "T", "D.11": "C", "D.2": "D", "D.21": "D.2",
    }  # fmt: skip


def test_of_two_clerks_the_second_is_told_and_loses_nothing(
    site, campaign, province, page
):
    begin(page, site)
    decision = UnitDecision.objects.get()
    page.get_by_role("link", name="Sửa số, ngày, trích yếu").click()
    UnitDecision.objects.update(issuer="Ban Thường vụ Tỉnh ủy", version=2)
    page.get_by_label("Trích yếu").fill("Sắp xếp")
    page.get_by_role("button", name="Ghi nội dung đã sửa").click()

    both = rows_of(page.get_by_role("alert").locator("table"))
    assert [row[0] for row in both[1:]] == ["Cơ quan ban hành", "Trích yếu"]
    page.get_by_role("button", name="Ghi theo nội dung tôi viết").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quyết định 15-QĐ/TU")
    decision.refresh_from_db()
    assert (decision.title, decision.version) == ("Sắp xếp", 3)
