"""The site is plain HTML first: without JavaScript everything is reached as well."""

import pypdf
from playwright.sync_api import expect

from tests.e2e.conftest import rows_of, table_under


def test_a_report_is_made_and_downloaded_without_javascript(
    site, page_without_script, inbox
):
    page = page_without_script
    page.goto(site.page_of("H"))
    total = rows_of(table_under(page, "Tổ chức đảng trực thuộc"))[-1]
    assert total[:3] == ["Tổng số", "12", "7"]

    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_text("Báo cáo đang chờ đến lượt.")).to_be_visible()
    inbox.work()
    page.get_by_role("link", name="Tải lại trang").click()

    expect(page.get_by_text("Báo cáo đã lập xong.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bản PDF").click()
    assert len(pypdf.PdfReader(download.value.path()).pages) > 3
    expect(page.get_by_role("group", name="Cỡ chữ")).to_have_count(0)


def test_the_roll_is_searched_without_javascript(site, page_without_script):
    page = page_without_script
    page.goto(site.address("members:member_list"))
    page.get_by_label("Tìm theo họ tên").fill("nguyen van an")
    page.get_by_role("button", name="Tìm").click()

    expect(page.get_by_role("status")).to_have_text("12 đảng viên")


def test_the_account_menu_opens_without_javascript(site, page_without_script):
    page = page_without_script
    page.goto(site.url)
    page.locator("summary", has_text="Trần Thị Bình").click()
    page.get_by_role("button", name="Đăng xuất").click()

    expect(page).to_have_url(site.address("members:login"))
