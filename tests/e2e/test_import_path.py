"""Results come in by Excel: the empty template, faults, the preview, the figures."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Campaign
from members.models import Event, Job
from reviews.forms import imports as forms
from reviews.models import ResultsImport
from tests.e2e.conftest import rows_of, table_under

TEMPLATE = "ket-qua-danh-gia-xep-loai.xlsx"
UNITS = (
    ("H", "Đơn vị H", "", "cấp trên trực tiếp cơ sở", "", ""),
    ("X", "Đơn vị X", "H", "đảng bộ cơ sở", "Xã", "Hoàn thành tốt nhiệm vụ"),
    ("X1", "Chi bộ thôn 1", "X", "chi bộ", "", "Hoàn thành tốt nhiệm vụ"),
    ("X9", "Chi bộ thôn 9", "X", "chi bộ", "", "Hoàn thành nhiệm vụ"),
)
GOOD = "Hoàn thành tốt nhiệm vụ"


def person(code: str, cell: str = "X1", *, born="17/05/1960", level: str = GOOD):
    status = "được đánh giá"
    dates = ("03/02/1985", "03/02/1986")
    return (code, "Nguyễn Văn An", born, "Nam", cell, *dates, status, level, "")


MENDED = (person("M1"), person("M2", "X9"), person("M3"), person("M4", "X9"))
FAULTY = (
    person("M1"),
    person("M2", "X7"),
    person("M3", born="31/02/1960"),
    person("M4", "X9", level="Rất tốt"),
)


def template(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp mẫu trống").click()
    assert download.value.suggested_filename == TEMPLATE
    path = folder / TEMPLATE
    download.value.save_as(path)
    return path


def filled(path: Path, people: tuple[tuple[str, ...], ...]) -> Path:
    book = openpyxl.load_workbook(path)
    for name, rows in (("Đơn vị", UNITS), ("Đảng viên", people)):
        for at, row in enumerate(rows, start=2):
            for column, value in enumerate(row, start=1):
                book[name].cell(at, column).value = value
    book.save(path)
    return path


def send(page: Page, file: Path, *, code: str = "dot-2025") -> None:
    page.get_by_label("Tệp Excel").set_input_files(file)
    page.get_by_label("Mã đợt").fill(code)
    page.get_by_label("Tên đợt").fill("Xếp loại năm 2025")
    page.get_by_label("Năm").fill("2025")
    page.get_by_role("button", name="Gửi và xem trước").click()


@pytest.fixture
def imports(site, clerk, page) -> Page:
    page.goto(site.address("reviews:import_list"))
    return page


def test_faults_stand_beside_their_cause_and_in_the_copy(imports, inbox, tmp_path):
    send(imports, filled(template(imports, tmp_path), FAULTY))
    expect(imports.get_by_text("Tệp Excel đang chờ đến lượt.")).to_be_visible()
    inbox.work()

    expect(imports.get_by_role("alert")).to_have_text(
        "Tệp Excel có 3 ô cần sửa. Chưa có gì được ghi lại."
    )
    shown = rows_of(imports.locator("table"))
    assert [row[:3] for row in shown] == [
        ["Trang tính, dòng", "Cột", "Đã nhập"],
        ["Đảng viên, dòng 3", "Mã chi bộ", "X7"],
        ["Đảng viên, dòng 4", "Ngày sinh", "31/02/1960"],
        ["Đảng viên, dòng 5", "Xếp loại chất lượng", "Rất tốt"],
    ]
    with imports.expect_download() as download:
        imports.get_by_role("link", name="Tải tệp Excel đã ghi rõ từng lỗi").click()
    with download.value.path().open("rb") as file:
        copy = openpyxl.load_workbook(file)["Đảng viên"]
    told = {cell.row: cell.value for cell in copy["K"]}
    assert told == {
        1: "Lỗi",
        2: None,
        **{
            at: f"{row[1]}: {row[3]}"
            for at, row in zip((3, 4, 5), shown[1:], strict=True)
        },
    }
    assert not Campaign.objects.filter(code="dot-2025").exists()


def test_a_mended_workbook_is_previewed_and_its_figures_are_shown(
    imports, inbox, tmp_path
):
    send(imports, filled(template(imports, tmp_path), MENDED))
    inbox.work()

    expect(imports.get_by_role("heading", name="Nội dung tệp Excel")).to_be_visible()
    assert rows_of(imports.locator("table")) == [
        ["Trong tệp, so với danh sách hiện có", "Mới", "Giữ nguyên", "Khác danh sách"],
        ["Đơn vị", "1", "2", "1"],
        ["Đảng viên", "4", "0", "0"],
    ]
    imports.get_by_text("giữ nguyên dù tệp ghi khác").click()
    assert imports.locator("details li").all_inner_texts() == [
        "X1, tên: danh sách đang quản lý ghi “Đơn vị X1”, tệp ghi “Chi bộ thôn 1”.",
        "X1, loại hình: danh sách đang quản lý ghi “(để trống)”, tệp ghi “Xã”.",
    ]
    imports.get_by_role("button", name="Ghi kết quả vào đợt").click()
    expect(imports.get_by_text("Tệp Excel đang chờ đến lượt.")).to_be_visible()
    inbox.work()
    imports.get_by_role("link", name="Mở số liệu").click()

    children = rows_of(table_under(imports, "Tổ chức đảng trực thuộc"))
    assert [row[:5] for row in children[1:]] == [
        ["Đơn vị X Đảng bộ cơ sở", "4", "4", "0 0,00%", "4 100,00%"],
        ["Tổng số", "4", "4", "0 0,00%", "4 100,00%"],
    ]


def test_a_double_click_on_confirming_has_one_effect(imports, inbox, tmp_path):
    send(imports, filled(template(imports, tmp_path), MENDED))
    inbox.work()

    imports.get_by_role("button", name="Ghi kết quả vào đợt").dblclick()
    expect(imports.get_by_text("Tệp Excel đang chờ đến lượt.")).to_be_visible()
    inbox.work()

    expect(imports.get_by_role("link", name="Mở số liệu")).to_be_visible()
    expect(imports.get_by_role("alert")).to_have_count(0)
    assert Job.objects.filter(kind="results_import").count() == 1
    assert Event.objects.filter(action="results.confirmed").count() == 1
    assert Campaign.objects.filter(code="dot-2025").count() == 1


def test_what_is_no_workbook_is_said_on_its_page(imports, inbox, tmp_path):
    file = tmp_path / "ket-qua.xlsx"
    file.write_bytes(b"%PDF-1.7 not a workbook at all")
    send(imports, file)
    inbox.work()

    expect(imports.get_by_role("alert")).to_contain_text(
        "Tệp này không phải là tệp Excel"
    )
    expect(imports.get_by_role("link", name="Gửi tệp khác")).to_be_visible()


@pytest.fixture
def too_large(tmp_path) -> Path:
    file = tmp_path / "ket-qua.xlsx"
    file.write_bytes(b"PK" + bytes(forms.ROLL_LIMITS.max_bytes))
    return file


TYPED = {"Mã đợt": "dot-2025", "Tên đợt": "Xếp loại năm 2025", "Năm": "2025"}


def kept(page: Page) -> dict[str, str]:
    return {label: page.get_by_label(label).input_value() for label in TYPED}


def test_a_file_too_large_is_not_even_sent(imports, too_large):
    send(imports, too_large)

    expect(imports.locator(".file-drop-note")).to_have_text(
        "Tệp lớn hơn 30,0 MB, không đọc được ở đây."
    )
    assert kept(imports) == TYPED
    assert not ResultsImport.objects.exists()


def test_a_file_too_large_is_refused_beside_its_field(
    site, clerk, page_without_script, too_large
):
    page = page_without_script
    page.goto(site.address("reviews:import_list"))
    send(page, too_large)

    expect(page.locator(".file-drop .invalid-feedback")).to_have_text(
        "Tệp lớn hơn 30,0 MB, không đọc được ở đây."
    )
    assert kept(page) == TYPED
    assert not ResultsImport.objects.exists()


def test_a_wrong_year_is_refused_beside_its_field(imports, tmp_path):
    file = tmp_path / "ket-qua.xlsx"
    file.write_bytes(b"PK")
    imports.locator("form.form-sheet").evaluate("form => form.noValidate = true")
    imports.get_by_label("Tệp Excel").set_input_files(file)
    imports.get_by_label("Mã đợt").fill("dot-2025")
    imports.get_by_label("Năm").fill("1999")
    imports.get_by_role("button", name="Gửi và xem trước").click()

    refused = imports.locator(".mb-3", has=imports.locator(".invalid-feedback"))
    assert refused.locator("label").all_inner_texts() == [
        "Tên đợt*",
        "Năm*",
    ]
    assert imports.get_by_label("Mã đợt").input_value() == "dot-2025"
