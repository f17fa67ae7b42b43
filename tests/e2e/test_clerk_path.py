"""What a clerk comes for: the figures, one level down, the signed-off documents."""

import threading

import pytest
from playwright.sync_api import Page, expect

from reports.models import RollupReport
from reports.services import reporting
from tests.e2e.conftest import (
    PASSWORD,
    enter,
    open_page,
    rows_of,
    table_under,
    texts_of,
)
from tests.e2e.documents import figures_in_workbook, printed_figures, save

LEVELS = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
)
HEADS = ["Mức chất lượng", "Số lượng", "%"]
# Of `small_worlds.DISTRICT`, counted by hand.
FIGURES = {
    "tiles": [
        "Đảng viên có mặt 12",
        "Đã đánh giá 7 58,33% của 12",
        "Hoàn thành tốt nhiệm vụ trở lên 5 71,43% của 7",
        "Hoàn thành xuất sắc nhiệm vụ 1 14,29% của 7",
    ],
    "roll": [
        ["Tình trạng", "Đảng viên"],
        ["Đảng viên có mặt", "12"],
        ["Miễn công tác và sinh hoạt đảng", "1"],
        ["Chưa kiểm điểm", "1"],
        ["Đình chỉ sinh hoạt đảng", "1"],
        ["Kết nạp chưa đủ 6 tháng", "1"],
        ["Khác", "1"],
        ["Đã đánh giá", "7"],
    ],
    "members": [
        HEADS,
        [LEVELS[0], "1", "14,29"],
        [LEVELS[1], "4", "57,14"],
        [LEVELS[2], "1", "14,29"],
        [LEVELS[3], "1", "14,29"],
        ["Chưa ghi lý do", "1", ""],
    ],
    "grassroots": [
        HEADS,
        [LEVELS[0], "1", "50,00"],
        [LEVELS[1], "1", "50,00"],
        [LEVELS[2], "0", "0,00"],
        [LEVELS[3], "0", "0,00"],
    ],
    "cells": [HEADS, *([level, "1", "25,00"] for level in LEVELS)],
    "children": [
        ["Tổ chức đảng", "Có mặt", "Đã đánh giá"]
        + ["HTXSNV", "HTTNV", "HTNV", "KHTNV", "Mức của đơn vị"],
        ["Đơn vị W Chi bộ", "1", "0", "0 –", "0 –", "0 –", "0 –", LEVELS[3]],
        ["Đơn vị X Đảng bộ cơ sở", "6", "5"]
        + ["1 20,00%", "3 60,00%", "0 0,00%", "1 20,00%", LEVELS[1]],
        ["Đơn vị Y Đảng bộ cơ sở", "2", "1"]
        + ["0 0,00%", "0 0,00%", "1 100,00%", "0 0,00%", LEVELS[0]],
        ["Đơn vị Z Chi bộ cơ sở", "3", "1"]
        + ["0 0,00%", "1 100,00%", "0 0,00%", "0 0,00%", "–"],
        ["Tổng số", "12", "7"] + ["1 14,29%", "4 57,14%", "1 14,29%", "1 14,29%", ""],
    ],
}
# Present, exempt, not reviewed, suspended, under six months, other, assessed; then
# each level with its percent: as the documents print the same table.
PRINTED = {
    "Đơn vị W": "1 0 0 0 0 1 0 0 – 0 – 0 – 0 –",
    "Đơn vị X": "6 1 0 0 0 0 5 1 20,00 3 60,00 0 0,00 1 20,00",
    "Đơn vị Y": "2 0 0 0 1 0 1 0 0,00 0 0,00 1 100,00 0 0,00",
    "Đơn vị Z": "3 0 1 1 0 0 1 0 0,00 1 100,00 0 0,00 0 0,00",
    "Tổng số": "12 1 1 1 1 1 7 1 14,29 4 57,14 1 14,29 1 14,29",
}


def tiles_of(page: Page) -> list[str]:
    return [text.replace("\n", " ") for text in texts_of(page.locator(".tile"))]


def names_in_crumbs(page: Page) -> list[str]:
    return texts_of(page.locator(".crumbs li"))


def log_in(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_the_figures_of_a_district_stand_on_its_page(site, page, settings):
    settings.SECOND_FACTOR_ASKED = False
    page.goto(site.url)
    log_in(page, "van-thu")
    page.get_by_role("link", name="Tổng hợp, báo cáo", exact=True).click()
    page.get_by_role("link", name="Mở số liệu").click()

    expect(page).to_have_url(site.page_of("H"))
    shown = {
        "tiles": tiles_of(page),
        "roll": rows_of(table_under(page, "Đảng viên được kiểm điểm")),
        "members": rows_of(table_under(page, "Chất lượng đảng viên")),
        "grassroots": rows_of(table_under(page, "Chất lượng tổ chức cơ sở đảng")),
        "cells": rows_of(table_under(page, "Chất lượng chi bộ")),
        "children": rows_of(table_under(page, "Tổ chức đảng trực thuộc")),
    }
    assert shown == FIGURES


def test_a_clerk_goes_two_levels_down_and_back(site, clerk, page):
    page.goto(site.page_of("H"))
    page.get_by_role("link", name="Đơn vị Y", exact=True).click()
    page.get_by_role("link", name="Đơn vị Y1", exact=True).click()

    expect(page).to_have_url(site.page_of("Y1"))
    assert names_in_crumbs(page) == ["Tổng hợp, báo cáo", "Đơn vị H", "Đơn vị Y"]
    assert tiles_of(page)[0] == "Đảng viên có mặt 2"

    page.get_by_role("link", name="Quay lại").click()
    expect(page).to_have_url(site.page_of("Y"))
    page.locator(".crumbs").get_by_role("link", name="Đơn vị H").click()
    expect(page).to_have_url(site.page_of("H"))


@pytest.fixture
def gate(monkeypatch) -> threading.Event:
    """What the printing waits for."""
    opened = threading.Event()
    print_it = reporting.pdf_of

    def wait_and_print(source):
        assert opened.wait(30)
        return print_it(source)

    monkeypatch.setattr(reporting, "pdf_of", wait_and_print)
    return opened


def test_a_report_is_asked_for_watched_and_downloaded(
    site, clerk, page, inbox, gate, tmp_path
):
    page.goto(site.page_of("H"))
    page.get_by_role("button", name="Lập báo cáo").click()

    expect(page.get_by_text("Báo cáo đang chờ đến lượt.")).to_be_visible()
    with inbox.at_work():
        expect(page.locator(".progress-percent")).to_have_text("40%")
        gate.set()
    expect(page.get_by_text("Báo cáo đã lập xong.")).to_be_visible()
    expect(page.get_by_text("Đồng chí có thể đóng trang này")).to_have_count(0)

    pdf = save(page, "Tải bản PDF", tmp_path)
    xlsx = save(page, "Tải bản Excel", tmp_path)
    assert (pdf.name, xlsx.name) == ("dot-2024-H.pdf", "dot-2024-H.xlsx")
    assert printed_figures(pdf, set(PRINTED)) == PRINTED
    assert figures_in_workbook(xlsx, set(PRINTED)) == PRINTED


def test_the_clerk_of_another_district_finds_nothing_of_it(site, context, page, inbox):
    report = RollupReport.objects.create(
        campaign=site.campaign,
        unit=site.campaign.root_unit,
        requested_at="2024-12-31T05:00:00Z",
    )
    enter(context, site.neighbour)
    addresses = [
        *(site.page_of(code) for code in ("H", "Y", "Y1")),
        site.address("reports:report_detail", report.pk),
        *(site.address("reports:report_file", report.pk, e) for e in ("pdf", "xlsx")),
    ]

    statuses = [open_page(page, address).status for address in addresses]

    assert statuses == [404] * len(addresses)
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Không tìm thấy trang này"
    )
