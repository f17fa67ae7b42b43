"""A clerk at a desk enters the roll from Excel: faults, mended, confirmed, taken out."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from members.models import Member, Membership
from members.workbook.roll import ROLL
from tests.e2e.conftest import rows_of, table_under
from tests.roll_books import row

GOOD = (row("M1", "Y Bhiŏ", sex="Nam"), row("M2", cell="Z", card="38.012345"))
BAD = (
    row("M3", "Hoàng Văn Sơn", born="31/02/1960", sex="Nam"),
    row("M4", "Phạm Thị Lan", cell="K1"),
    row("M5", "Lò Văn Páo", number="0010800"),
)
MENDED = {2: ("C2", "28/02/1960"), 3: ("E3", "X2"), 4: ("I4", "001080012345")}


@pytest.fixture
def rolls(site, clerk, page) -> Page:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site.address("members:member_list"))
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name="Nhập danh sách từ Excel").click()
    return page


def downloaded(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def filled(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book[ROLL.name]
    for at, cells in enumerate(rows, start=2):
        for column, value in enumerate(cells, start=1):
            sheet.cell(at, column).value = value
    book.save(path)
    return path


def send(page: Page, file: Path) -> None:
    page.get_by_label("Tệp Excel").set_input_files(file)
    page.get_by_role("button", name="Gửi và xem trước").click()


def counts(page: Page) -> list[str]:
    heading = page.get_by_role("heading", name="Tệp Excel sẽ thay đổi những gì")
    expect(heading).to_be_visible()
    return [each[1] for each in rows_of(page.locator("table").first)[1:]]


def test_three_bad_rows_are_mended_and_confirmed(rolls, site, inbox, tmp_path):
    send(rolls, filled(downloaded(rolls, "Tải tệp mẫu trống", tmp_path), *GOOD, *BAD))
    expect(rolls.get_by_text("Tệp Excel đang chờ đến lượt.")).to_be_visible()
    inbox.work()

    expect(rolls.get_by_text("Có 3 dòng không được ghi.")).to_be_visible()
    assert counts(rolls)[:4] == ["2", "0", "0", "3"]
    refused = rows_of(table_under(rolls, "Các dòng không được ghi"))
    assert [each[:3] for each in refused[1:]] == [
        ["Danh sách đảng viên, dòng 4", "Ngày sinh", "31/02/1960"],
        ["Danh sách đảng viên, dòng 5", "Mã chi bộ", "K1"],
        ["Danh sách đảng viên, dòng 6", "Số định danh cá nhân", "…800"],
    ]
    copy = downloaded(rolls, "Tải các dòng cần sửa", tmp_path)
    rolls.get_by_role("button", name="Ghi vào danh sách: thêm 2").click()
    inbox.work()
    expect(rolls.get_by_text("Đã ghi danh sách: thêm 2")).to_be_visible()

    book = openpyxl.load_workbook(copy)
    for cell, value in MENDED.values():
        book[ROLL.name][cell] = value
    book.save(copy)
    rolls.get_by_role("link", name="Gửi tệp khác").click()
    send(rolls, copy)
    inbox.work()
    expect(rolls.get_by_role("button", name="thêm 3")).to_be_visible()
    assert counts(rolls)[:4] == ["3", "0", "0", "0"]
    rolls.get_by_role("button", name="thêm 3").click()
    inbox.work()
    rolls.get_by_role("link", name="Mở danh sách đảng viên").click()

    rolls.locator("#q").fill("pao lo")
    expect(rolls.get_by_role("link", name="Lò Văn Páo")).to_be_visible()
    entered = Member.objects.filter(code__startswith="M")
    homes = Membership.objects.filter(member__in=entered).order_by("member__code")
    assert list(homes.values_list("unit__code", flat=True)) == [
        "X1",
        "Z",
        "X1",
        "X2",
        "X1",
    ]


def test_the_roll_taken_out_is_mended_and_sent_again(rolls, inbox, tmp_path):
    rolls.get_by_role("link", name="Xuất danh sách ra Excel").click()
    with rolls.expect_download() as download:
        rolls.get_by_role("button", name="Tải danh sách").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    rolls.go_back()
    send(rolls, file)
    inbox.work()
    expect(rolls.get_by_role("status")).to_have_text(
        "Danh sách đã đúng như tệp; không có gì thay đổi."
    )
    assert rolls.get_by_role("button", name="Ghi vào danh sách").count() == 0

    rolls.get_by_role("link", name="Gửi tệp khác").click()
    send(rolls, filled(file, *_corrected(file)))
    inbox.work()

    corrected = rows_of(table_under(rolls, "Thông tin sẽ sửa"))
    assert [each[1:] for each in corrected[1:]] == [
        ["Giới tính", "Nam", "Nữ"],
        ["Số thẻ đảng viên", "(để trống)", "…345"],
    ]


def _corrected(file: Path) -> list[tuple[object, ...]]:
    first = next(openpyxl.load_workbook(file)[ROLL.name].iter_rows(min_row=2))
    cells = [cell.value for cell in first]
    cells[3], cells[7] = "Nữ", "38.012345"
    return [tuple(cells)]
